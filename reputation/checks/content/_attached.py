"""Where a text says that a file goes with it.

Labels are attached to cartons too, invoices are enclosed in parcels, and the Chinese word for an attachment is also
that for an accessory. So the words for a file, or for the reader who is asked to open it, must stand near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.records.later import holds, later

_FILE = (
    r"(?:files?|documents?|pdf|lists?|quotations?|quotes?|offers?|invoices?|catalog(?:ue)?s?|brochures?|drawings?|photos?"
    r"|pictures?|specifications?|specs?|data ?sheets?|contract|agreement|forms?|certificates?|reports?|tables?|orders?"
    r"|proformas?|p\.?[io]|presentations?|cop(?:y|ies)|schedule|details|statement|receipt|spreadsheet|screenshots?|artwork)"
)
_MAIL = r"(?:(?:this|the|my|our) (?:e ?mail|mail|message|letter)|pdf|excel|word)"
_ELSEWHERE = rf"(?! (?:to|on|onto|with|by|in|inside|at|under) (?!{_MAIL}\b))"
_THING = r"(?:labels?|tags?|stickers?|seals?|plates?|hoses?|handles?|brackets?|screws?|bolts?|straps?|cables?|pipes?)"
_NO_THING = (
    r"(?!(?: [^\s.,;!?]{1,30}){0,5} (?:(?:importance|value|weight|significance|priority|conditions)\b"
    rf"|(?:to|on|onto) (?:an?|each|every|all|both|one|its|the) (?!e ?mail|mail|message|letter))"
    rf"|(?: [^\s.,;!?]{{1,30}}){{0,2}} {_THING}\b)"
)
_PARCEL = (
    r"(?:parcels?|box(?:es)?|cartons?|packages?|packets?|shipments?|goods|envelopes?|containers?|crates?|pallets?)"
)
_NO_PARCEL = rf"(?! (?:in|with|inside|to|on) (?:[^\s.]{{1,30}} ){{0,2}}{_PARCEL}\b)"
_END = r"(?= ?[.,;!?)]| ?$| (?:for|herewith|below|please|thanks?|best|kind|regards)\b)"
_NO_ACCESSORY = "(?<![及和与或、备机器品车泵具常同])"
ATTACHED = later(
    r"(?:\b(?=[abcdefhiklmopqrstwyв])|(?=[见查参看请打下随附放已]))(?:"  # how any of the following begins
    r"(?:please find|(?:pls|you|will|can|may|do|kindly|herewith) find)"
    rf" (?:[^\s.]{{1,30}} ){{0,5}}(?:attached|enclosed){_NO_PARCEL}"
    rf"|(?:i have|we have|i've|we've) (?:also |just )?attached\b{_NO_THING}"
    rf"|(?:i|we) (?:also |just )?(?:attached|enclosed)(?= (?:[^\s.]{{1,30}} ){{0,4}}{_FILE}\b){_NO_THING}"
    rf"|(?:i am|we are|i'm|we're|i|we) attach(?:ing)?\b{_NO_THING}"
    rf"|(?:i am|we are|i'm|we're|i|we) enclos(?:e|ing)\b(?= (?:[^\s.]{{1,30}} ){{0,4}}{_FILE}\b){_NO_PARCEL}"
    r"|(?:attached|enclosed),? (?:you|please) (?:will )?(?:find\b)?|(?:attached herewith|herewith attached)\b"
    rf"|(?:attached|enclosed) (?:is|are) (?=(?:our|the|my|an?|your|some|copies|\d|{_FILE})\b)"
    rf"|(?P<bare>{_FILE} (?:attached|enclosed){_END})"
    rf"|{_FILE}(?: [^\s.,;]{{1,30}}){{0,3}} (?:is|are) (?:attached|enclosed)\b{_ELSEWHERE}"
    rf"|(?:it|they|which|these|both|all|everything) (?:is|are) attached{_END}"
    rf"|(?:is|are) attached (?:to|with|in) (?:this|the|my|our) (?:e ?mail|mail|message)\b"
    rf"|the (?:attached|enclosed) (?:[^\s.]{{1,30}} )?{_FILE}\b"
    r"|(?:see|refer to) (?:the |our |my )?attach(?:ed|ments?)\b"
    r"|(?:please|kindly|pls|plz)(?: kindly)? (?:check|open|view|review|read|download|consult|note|look at|confirm)"
    rf" (?:the |our |my |this |as )?(?:attachments?\b(?! of)|attached(?= ?[.,;!?]| (?:[^\s.]{{1,30}} )?{_FILE}\b))"
    rf"|pfa (?:the |our |my |a )?(?:[^\s.]{{1,30}} ){{0,3}}{_FILE}\b"
    r"|(?P<sent>(?:in|as) (?:the |an )?attachment\b)"
    r"|im anhang\b(?! (?:des|der|zum|zur|[a-z0-9]|[ivx]+)\b)|anbei\b|ci joint|en pièce jointe"
    r"|(?<!tor )(?<!rente )(?<!rio )(?<!sor )\badjunto\b|в приложении|во вложении|em anexo\b"
    r"|(?:(?<!常)见|查收|查看|查阅|参阅|参看|请看|参考|打开|下载)附件|附件请|随附|附上"
    rf"|{_NO_ACCESSORY}附件(?:中|里|内|如下|已(?:上传|添加|附|发(?=[,，。.!！;；]|$|送|给|[到至](?:您的)?邮)))"
    r"|附件[是为][^,，。;；、\s]{0,10}(?:报价|合同|协议|目录|图纸|发票|清单|资料|文件|照片|图片|介绍|证书|报告|申请)"
    r"|附[在于](?:本|此|这封)?邮件|放[在到入进]?了?附件(?![包袋盒箱])|已(?:作为|以)附件)"
)
STEM = later(  # each match of ATTACHED has one of them
    "attach|enclos|pfa |anhang|anbei|joint|adjunto|прилож|влож|anexo|附",
    when=holds("attach", "enclos", "pfa ", "anhang", "anbei", "joint", "adjunto", "прилож", "влож", "anexo", "附"),
)
_BEFORE, _BEHIND = 250, 300  # characters around a stem that decide
_HEAD = 80  # characters of its sentence in which it is denied or asked for
_SENTENCE_END = later(r"[.!?。！？;；:]")
_CLAUSE_END = later(r"[\s.!?。！？;；:,，]")
_DENIED = later(
    r"(?:\b(?:not|never|without|no|avoid|nothing|cannot)|n't)\b(?: [^\s.,;]{1,30}){0,6} ?\Z"
    r"|(?:不要|勿|无需|无须|不必|不用).{0,6}\Z|没有.{0,2}\Z"
)
_ASKED = later(r"\b(?:please|send (?:us|me)|sent by|can|could|may|would|must|should|if)\b(?! (?:see|find)\b)")
_WITH = later(r"\b(?:with|any)(?: [^\s.,;]{1,30}){0,2} ?\Z")
_BY_PARCEL = later(
    r"(?:随(?:货|箱|机|车|样|包|件)|包裹|快递|每[箱台件只个套]|[箱盒][内里中]).{0,6}\Z|(?:货物|产品|样品|设备|机器)\Z"
)


def says_attached(low: str) -> Iterator[re.Match[str]]:
    """Each place in a folded text where a file is said to be attached, and neither denied nor asked for."""
    for start, end in _near(low):
        yield from (match for match in ATTACHED.finditer(low, start, end) if _is_said(match))


def _near(low: str) -> Iterator[tuple[int, int]]:
    """The spans around the stems, those that touch made one: the pattern is too slow for what lies between."""
    start = end = -1
    for match in STEM.finditer(low):
        if match.start() - _BEFORE > end:
            if end > 0:
                yield start, end
            start = max(0, match.start() - _BEFORE)
        end = match.end() + _BEHIND
    if end > 0:
        yield start, end


def _is_said(match: re.Match[str]) -> bool:
    sentence = _head(match, _SENTENCE_END)
    if (match["sent"] and _ASKED.search(sentence)) or (match["bare"] and _WITH.search(sentence)):
        return False
    return not (_DENIED.search(sentence) or _BY_PARCEL.search(_head(match, _CLAUSE_END)))


def _head(match: re.Match[str], end: re.Pattern[str]) -> str:
    """What stands before it in its sentence or clause."""
    return end.split(match.string[max(0, match.start() - _HEAD) : match.start()])[-1]
