"""The risk of a draft: its tables can be read, it can be explained, and it never judges what it has not seen."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from reputation.facts.draft import DraftFacts
from reputation.gather.draft_reading import kind_of, read_draft
from reputation.risk.model import Band, built_in, pushes_of, risk_of
from reputation.risk.names import MEASURES, THINGS
from reputation.risk.sentences import risk_lines, risk_note
from reputation.risk.signals import signals_of
from reputation.text import render

LETTER = b"""From: Anna Li <anna@pumps.example>
Subject: Drawings for the new housing

Hello Bob,

thanks for the call on Tuesday. I talked to our workshop about the two housings, and they can mill the first
one next week. The second needs a new fixture, which takes about ten days. Could you send the drawing with the
tolerances for the flange? Then we will send the quotation on Friday.

Best regards
Anna
"""
LURE = b"""From: "Account Center" <x8723kq@mail-notice-7fk2.top>
Subject: =?utf-8?B?VVJHRU5UISEgWW91ciBtYWlsYm94IGlzIHN1c3BlbmRlZCAhIQ==?=
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<center><font color=red size=5>Dear user@pumps.example,</font><br>
<a href="http://a8f3k29d7qx1.top/x"><img src="http://a8f3k29d7qx1.top/i.png"></a>
<a href="http://a8f3k29d7qx1.top/x">CLICK HERE</a> to claim your 100% free gift now!!!</center>
"""


def _draft(raw: bytes, suffix: str = ".eml") -> DraftFacts:
    return read_draft("draft" + suffix, raw, kind_of(raw, suffix))


def test_a_letter_is_low_and_a_lure_is_high() -> None:
    letter, lure = risk_of(_draft(LETTER)), risk_of(_draft(LURE))
    assert letter and lure
    assert letter.band is Band.LOW
    assert lure.band is Band.HIGH
    assert 0 <= letter.score < lure.score <= 1


def test_says_what_moved_it_in_both_languages() -> None:
    risk = risk_of(_draft(LURE))
    assert risk and risk.up
    for sentence in risk_lines(risk):
        assert render(sentence, "en")
        assert render(sentence, "zh")


def test_the_score_is_the_sum_of_the_table() -> None:
    """Additive and open: the number can be worked out by hand from the data file."""
    tables = json.loads((Path(__file__).parents[2] / "reputation" / "risk" / "tables.json").read_text("utf-8"))
    signals = signals_of(_draft(LETTER))
    pushes = {push.signal: push.amount for push in pushes_of(_draft(LETTER), built_in())}
    for name, row in tables["signals"].items():
        if name in signals:
            at = sum(signals[name] >= cut for cut in row["cuts"])
            assert pushes[name] == row["scores"][at]
    assert set(pushes) == set(signals) & set(tables["signals"])


def test_the_tables_are_whole() -> None:
    tables = built_in()
    assert 0 < tables.bands[0] < tables.bands[1] < 1
    assert set(tables.signals) == set(THINGS) | set(MEASURES)
    for cuts, scores in tables.signals.values():
        assert len(scores) == len(cuts) + 1
        assert cuts == sorted(cuts)


def test_what_is_too_complex_has_no_risk() -> None:
    assert risk_of(_draft(b"Subject: x\nContent-Type: text/html\n\n" + b"<div>" * 1_000)) is None


@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
def test_a_bare_text_is_not_judged_by_headers_that_it_can_not_have(suffix: str) -> None:
    assert not [name for name in signals_of(_draft(b"<p>Hello</p>", suffix)) if name.startswith(("subject", "from"))]


def test_a_draft_without_a_sender_is_taken_for_one_with_an_ordinary_sender() -> None:
    """Its sum begins where the usual scores of a sender leave it, so that a page is not risky for want of a head."""
    draft, tables = _draft(b"<p>Hello Bob, the drawing of the pump is ready.</p>", ".html"), built_in()
    ordinary = sum(usual for name, usual in tables.usual.items() if name.startswith("from_"))
    total = tables.intercept + ordinary + sum(push.amount for push in pushes_of(draft, tables))
    risk = risk_of(draft)
    assert risk
    assert ordinary < 0
    assert risk.score == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-6)


def test_an_offset_shifts_the_score() -> None:
    plain, shifted = risk_of(_draft(LURE)), risk_of(_draft(LURE), offset=-5.0)
    assert plain and shifted
    assert shifted.score < plain.score


def test_wording_that_can_not_be_judged_pushes_neither_way() -> None:
    """Chinese text: the score is what structure and links alone add, and the sentences say so."""
    text = "您好，附上八月的报价单，请查收。价格有效期三十天，交货期约四周。"
    draft = _draft(f"From: Li <li@pumps.example>\nSubject: 报价单\n\n{text}".encode())
    risk, tables = risk_of(draft), built_in()
    assert risk and not risk.wording_judged
    total = tables.intercept + sum(push.amount for push in pushes_of(draft, tables))
    assert risk.score == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-6)
    said = " ".join(render(line, "en") for line in risk_lines(risk))
    assert "the wording was not judged" in said
    assert "structure and links alone" in said
    assert "not judged" in render(risk_note(draft), "en")
    assert "not judged" not in render(risk_note(_draft(LETTER)), "en")


def test_structure_alone_is_never_called_high() -> None:
    """The lure again, its text in Chinese: as suspicious in build, but its wording was not judged."""
    chinese = (
        LURE.replace(b"CLICK HERE", "点击这里".encode())
        .replace(
            b"to claim your 100% free gift now!!!",
            "请立即领取您的赠品，数量有限，先到先得，逾期不候，祝您生活愉快。".encode(),
        )
        .replace(b"Dear user@pumps.example", "尊敬的用户".encode())
    )
    risk = risk_of(_draft(chinese))
    assert risk and not risk.wording_judged
    assert risk.score >= built_in().bands[1]
    assert risk.band is Band.MEDIUM
