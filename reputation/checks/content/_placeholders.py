"""What stands in a draft for a word that somebody or a tool should have put there.

A bracket around a word is also how a form, a contract or a manual names a field. So what stands around it decides:
a word such as [Date] counts where the value itself would stand, and no bracket that is called a column or a button.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge

from reputation.records.later import holds, later

_WHO = (
    r"(?:(?:your|insert|enter|add|first|last|full|company|customer|client|recipient|contact|receiver|sender|buyer|product"
    r"|m[rs]\.?/m[rs]s?\.?)(?:['’]s)?[ _])"
)
_WHAT = (
    r"(?:(?:company|contact|phone|e-?mail|product)[ _])?"
    r"(?:name|company|title|position|product|person|address|number|phone|e-?mail|amount|date|price|city|country|link)"
)
_SURE = (
    rf"{_WHO}{{1,3}}{_WHAT}(?:[ _]here)?|(?:first|last|full|company|customer|recipient|client|contact)?name|date here"
    r"|phone[ _]number|e-?mail[ _]address|(?:nach|vor|firmen)name|prénom|nombre|apellidos?|имя|фамилия"
    r"|your[ _]contact[ _](?:information|details)|job[ _]title|(?:ihr|dein)e?[ _](?:name|firma|position|telefonnummer)"
    r"|name of (?:the )?(?:company|customer|recipient|person)"
)
_UNSURE = r"company|title|date|product|link|amount|position|address|city|country|price|quantity|firma|x{2,4}"
_SURE_HAN = (
    r"(?:您的|对方|具体)?(?:姓名|名字|公司名称?|客户名称?|客户姓名|称呼|产品名称?|联系人)|收件人姓名|(?:您的|贵)公司"
    r"|您的(?:职位|职务|电话|邮箱)"
)
_NO_LINK = r"(?![=\[(]|:[ \t]?http)"  # [name]= in a target is a field of a form, [name](...) a link of Markdown
BRACKET = later(
    rf"(?=[\[{{｛<«【])(?:\[(?:{_SURE}|(?P<unsure>{_UNSURE}))\]{_NO_LINK}"
    rf"|(?<![{{$])\{{(?:{_SURE}|company|firma)\}}(?!\}})"
    rf"|<(?P<greeted>{_SURE})>(?!>)|\[object object\]"
    r"|«(?:(?:vor|nach)name|anrede|姓名|名字|公司名?称?|客户姓名|职[位务])»"
    rf"|(?P<han>[【\[](?:{_SURE_HAN})[】\]]{_NO_LINK})|[{{｛](?:{_SURE_HAN}|公司|产品|电话|邮箱|日期|金额|职位)[}}｝])",
    re.IGNORECASE,
    when=holds("[", "{", "｛", "<", "«", "【"),
)
CROSSES = later(
    r"(?=[\[某xX×])(?:\[公司\]|(?:某某|[xX×]{2,4})(?:(?P<title>(?:公司)?(?:先生|女士|小姐|经理|老师|公司|总))"
    r"|(?=[ \t]?[,，:：!！])))",
    when=holds("公司]", "某某", "XX", "xx", "Xx", "xX", "×"),
)
_PERSON = r"(?:recipient|subscriber|contact|customer|client|user|lead|person|member|company|account|profile)"
_FIELD = r"[\w.]{0,20}(?:name|company|e_?mail|phone|title|city)\w{0,10}"
TOOL = later(
    r"(?=[{*$<«%\[#@])(?:\{\{[^{}\n]{1,60}\}\}|\{%[^%\n]{1,80}%\}|\*\|[A-Z0-9_:]{2,40}\|\*|\$\{[\w.]{1,40}\}"
    rf"|(?<![\w$\]}}>])\{{[$!]{_FIELD}\}}|\{{{_PERSON}\.\w{{1,40}}\}}|<<[A-Za-z][\w ]{{1,30}}>>|<%=?[^%\n]{{1,60}}%>"
    r"|«(?:[a-z]{1,30}_\w{1,30}|(?:first|last|full)?name|company|title|address|city)»"
    rf"|%%=[^%\n]{{1,80}}=%%|%%[A-Za-z_](?:[A-Za-z_ ]{{1,28}})[A-Za-z_]%%|%(?:FIRST|LAST|FULL)?_?NAME%"
    rf"|%{_PERSON}[._]\w{{1,40}}%|\[[FL]NAME\]{_NO_LINK}|\[{_PERSON}:[\w:|]{{1,40}}\]{_NO_LINK}"
    rf"|##{_FIELD}##|@@{_FIELD}@@)",
    re.IGNORECASE,
    when=holds("{", "*|", "<<", "<%", "«", "%", "[", "##", "@@"),
)
_BEFORE = 24  # characters in which it stands what a bracket is
_GREETING = later(
    r"(?<!\w)(?:dear|hi|hello|hey|good (?:morning|day|afternoon)|hallo|guten tag"
    r"|lieber?|sehr geehrter?|bonjour|ch[eè]re?"
    r"|estimad[oa]|hola|уважаем\w{2})(?: (?:mr|mrs|ms|herr|frau)\.?)?[ \t]{1,3}\Z",
    re.IGNORECASE,
)
_FIELD_BEFORE = later(
    r"(?:\b(?:columns?|fields?|cells?|buttons?|keys?|tabs?|menus?|head(?:er|ing)s?"
    r"|(?:sort|filter|group|order)(?:ed|ing)? by|press|click(?: on)?|select|choose|placeholders?|tags?|variables?"
    r"|parameters?|feld|spalten?|taste|champ|colonne|campo|columna|поле|столбец)"
    r"|字段|列|按钮|一?栏|占位符|点击|选择|打开|进入|填写|输入)[ \t:：]{0,3}[\"'“„(]?\Z",
    re.IGNORECASE,
)
_FIELD_BEHIND = later(
    r"[\"'”)]?[ \t]{0,3}(?:(?:columns?|fields?|cells?|buttons?|keys?|tabs?|menu|row|box|placeholder)\b"
    r"|一?栏|字段|按钮|列|处)",
    re.IGNORECASE,
)
_VALUE_BEFORE = later(  # where the value itself would stand
    r"(?:\b(?:at|for|from|with|of|about|our|dated|until|before|by|on|behalf of|usd|eur|rmb)|[€$=/])[ \t]{0,2}\Z",
    re.IGNORECASE,
)
_HELLO = later(r"[ \t]{0,3}[,，:：]?[ \t]{0,3}(?:您好|你好)")
_GREETED_BEHIND = later(r"[ \t]{0,3}(?:[,，:：!！]|您好|你好)")
_GREETED_BEFORE = later(r"(?:尊敬的|敬爱的|亲爱的|(?:\A|\n)致[:：]?|您好[,，]?)[ \t]{0,3}\Z")
_LABELLED = later(r"[ \t]{0,3}[:：]?[ \t]{0,3}[^\s您你先女小经总老的,，:：!！。.】\]]")


def placeholders(text: str) -> Iterator[re.Match[str]]:
    """Those to be filled by hand and the tags of tools, in the order of the text."""
    by_hand = (match for match in BRACKET.finditer(text) if _is_meant(match, text))
    crosses = (match for match in CROSSES.finditer(text) if _is_greeted(match))
    return merge(TOOL.finditer(text), by_hand, crosses, key=lambda match: match.start())


def is_tag(seen: str) -> bool:
    """Whether a tool fills what was found, so that it is right in a template of the tool."""
    return bool(TOOL.fullmatch(seen))


def _is_meant(match: re.Match[str], text: str) -> bool:
    """Whether it stands for a word, and does not name a field of a form."""
    before, end = _before(match), match.end()
    if match["unsure"]:
        return _is_value(before, text, end)
    if match["greeted"]:
        return bool(_GREETING.search(before))
    if match["han"] and _is_label(before, text, end):
        return False
    return not _FIELD_BEFORE.search(before) and not _FIELD_BEHIND.match(text, end)


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _BEFORE) : match.start()]


def _is_value(before: str, text: str, end: int) -> bool:
    if _FIELD_BEFORE.search(before) or _FIELD_BEHIND.match(text, end):
        return False
    last_of_line = not text[end : end + 40].partition("\n")[0].strip(" \t\r.,;!")
    first_of_line = not before.rpartition("\n")[2].strip()
    if last_of_line and (first_of_line or before.rstrip().endswith(":")):
        return True
    return bool(_VALUE_BEFORE.search(before) or _GREETING.search(before))


def _is_greeted(match: re.Match[str]) -> bool:
    """A greeting alone: elsewhere "a certain company" is how a story leaves the name out."""
    before = _before(match)
    if _GREETED_BEFORE.search(before) or (match["title"] is None and _GREETING.search(before)):
        return True
    if match["title"] is None and match[0][0] != "[":
        return False
    behind = _HELLO if "公司" in match[0] else _GREETED_BEHIND  # "XX公司：" is a label, too
    return not before.rpartition("\n")[2].strip() and bool(behind.match(match.string, match.end()))


def _is_label(before: str, text: str, end: int) -> bool:
    """【联系人】李安娜: the label of a form that has its value behind it."""
    return (not before or before[-1].isspace()) and bool(_LABELLED.match(text, end))
