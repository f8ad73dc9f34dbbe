"""Hostile drafts: bombs and mutations go through reading, judging and risk without an exception."""

from __future__ import annotations

import importlib
import os
import random
import re
import time

import pytest

from reputation.checks.drafts import judge_draft
from reputation.checks.registry import modules_of
from reputation.facts.draft import DraftFacts
from reputation.gather.drafts import DraftProblem, from_bytes
from reputation.model import Cause, Outcome
from reputation.records.later import Later
from reputation.risk.kinds import finder, ways_of
from reputation.risk.model import risk_of

HEAD = b"From: Anna <anna@example.com>\nSubject: offer\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
SEED = (
    b"From: =?utf-8?B?5byg5LiJ?= <anna@example.com>\r\nReply-To: b@gmail.com\r\n"
    b"Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= 100%\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\nContent-Type: text/plain; '
    b"charset=gb18030\r\nContent-Transfer-Encoding: base64\r\n\r\n1tDOxLLiytSjrLT6v6q3osaxo6E=\r\n"
    b"--b1\r\nContent-Type: "
    b"text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body style=3D\"color:#fff;"
    b"background:#fff\"><p>Dear {{name}}, act now!!!</p><a href=3D\"http://203.0.113.7:81/x\">www.example.com</a>"
    b"<img src=3D\"a.png\"></body></html>\r\n"
    b"--b1\r\nContent-Type: application/x-dosexec; name=\"a.exe\"\r\n\r\nMZ\r\n--b1--\r\n"
)  # fmt: skip
BOMBS = {
    "unclosed comments": HEAD + b"<!" * 500_000,
    "unclosed tags": HEAD + b"<a<a" * 250_000,
    "deep divs": HEAD + b"<div>" * 100_000,
    "one long line": HEAD + b"a" * 5_000_000,
    "links": HEAD + b'<a href="http://e.example/x">l</a>' * 30_000,
    "images": HEAD + b"<img src=x>" * 90_000,
    "references": HEAD + b"&amp;&#65;" * 100_000,
    "styles": HEAD + b'<p style="color:#fff;background:#eee">x</p>' * 20_000,
    "open quote": HEAD + b'<a href="' + b"x" * 900_000,
    "capitals": HEAD + b"FREE MONEY NOW !!! " * 50_000,
    "han": HEAD + "代开发票 ".encode() * 60_000,
    "zero width": HEAD + "f\u200br\u200be\u200be ".encode() * 60_000,
    "pictures": HEAD + b"![a](<" * 20_000,
    "targets": HEAD + b"[a](" * 30_000,
    "placeholders": HEAD + b"{{x}} [Name] %%x%% <<Y>> " * 40_000,
    "blanks": HEAD
    + b'<p style="color:#fff">x<p style="background:'
    + b" " * 30_000
    + b'">'
    + b'<p style="color:'
    + b" " * 30_000
    + b'"><img width="1'
    + b" " * 60_000
    + b'x"><style>@import'
    + b" " * 30_000
    + b"x</style><!-- reputation: ignore"
    + b" " * 400_000,
    "gaps": HEAD + b"a b c d e f g " * 70_000,
    "signs": HEAD + b"$ % ! ? @ # 1 " * 70_000,
    "subject": b"Subject: " + b"!" * 60_000 + b"\n\nx",
    "folded placeholders": b"Subject: " + b"[Name]\n " * 7_000 + b"\n\nx",
    "encoded words": b"Subject: " + b"=?utf-8?Q?=C3=A4?= " * 3_000 + b"\n\nx",
    "addresses": b"From: " + b"(" * 60_000 + b"\n\nx",
    "parameters": b"Content-Type: text/plain" + b"; a=b" * 12_000 + b"\n\nx",
    "parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000,
    "messages": b"Content-Type: message/rfc822\n\n" * 20_000,
}


def _run(raw: bytes, suffix: str = ".eml") -> None:
    facts = from_bytes("draft" + suffix, raw, suffix)
    if isinstance(facts, DraftProblem):
        return
    results = judge_draft(facts)
    assert not [r for r in results if r.cause is Cause.INTERNAL_ERROR]
    risk_of(facts)


@pytest.mark.parametrize("name", BOMBS)
def test_survives_a_bomb(name: str) -> None:
    _run(BOMBS[name])


@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
@pytest.mark.parametrize("name", ["unclosed tags", "deep divs", "placeholders", "gaps", "pictures", "targets"])
def test_survives_a_bomb_in_other_kinds(name: str, suffix: str) -> None:
    _run(BOMBS[name], suffix)


def test_what_was_cut_is_unknown_and_never_passed() -> None:
    facts = from_bytes("draft.eml", BOMBS["deep divs"], ".eml")
    assert isinstance(facts, DraftFacts)
    outcomes = {r.check: r.outcome for r in judge_draft(facts)}
    assert outcomes["ip-address-link"] is Outcome.UNKNOWN
    assert outcomes["image-without-text"] is Outcome.UNKNOWN
    assert outcomes["subject-capitals"] is Outcome.PASS


def test_survives_mutations() -> None:
    """Bit flips, cuts, doubled pieces, from a seed of this run: a failure prints it, and that it can be set again."""
    seed = int(os.environ.get("MUTATION_SEED") or random.SystemRandom().randrange(2**32))
    print(f"MUTATION_SEED={seed}")
    chance = random.Random(seed)
    for _ in range(5_000):
        raw = bytearray(SEED)
        for _ in range(chance.randint(1, 15)):
            at = chance.randrange(max(1, len(raw)))
            kind = chance.randrange(3)
            if kind == 0 and raw:
                raw[at] = chance.randrange(256)
            elif kind == 1:
                del raw[at : at + chance.randint(1, 60)]
            else:
                raw[at:at] = raw[at : at + chance.randint(1, 80)]
        _run(bytes(raw), chance.choice([".eml", ".html", ".txt", ".md"]))


READERS = (
    "records.link", "records.mixed_script", "checks.draft_edits", "gather.markdown", "gather.draft_reading",
    "risk.headers", "risk.host_names", "risk.letters", "risk.links", "risk.lures", "risk.structure", "risk.wording",
)  # fmt: skip


def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    modules = [*modules_of("content"), *(importlib.import_module(f"reputation.{name}") for name in READERS)]
    found = [(f"{m.__name__}.{n}", v.compiled()) for m in modules for n, v in vars(m).items() if isinstance(v, Later)]
    kinds = finder(ways_of("kinds") | ways_of("footer")), finder(ways_of("lures"))
    found += [("wording.toml", pattern) for pattern in kinds]
    return [(name, value) for name, value in found if isinstance(value.pattern, str)]


ATTACKS = (
    "a",
    "a ",
    "!",
    "{{",
    "[",
    "1",
    "= ",
    "<<a",
    "http://",
    "re: ",
    "0a",
    "A.",
    "a@a.",
    "\u200b",
    "代",
    "color:#fff;",
    "![a](<",
    "[a](",
    "[a]( ",
    "](",
    "https://www.",
    "www.代.",
    "mailbox a ",
    "view a ",
    "order order ",
    "verify your a ",
    "add a@",
    "12345 ",
)
LONGEST_SEARCH = 0.5  # seconds; ten times what a pattern may need here, for machines that are slow or busy


@pytest.mark.parametrize(("name", "pattern"), _patterns(), ids=lambda v: v if isinstance(v, str) else "")
def test_every_pattern_ends_on_attack_strings(name: str, pattern: re.Pattern[str]) -> None:
    """Linear: a hundred thousand characters of each attack string are searched to the end."""
    for attack in ATTACKS:
        text = (attack * 100_000)[:100_000]
        start = time.process_time()
        assert sum(1 for _ in pattern.finditer(text)) >= 0
        assert time.process_time() - start < LONGEST_SEARCH, attack


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: text/html (a page); charset=utf-8\n\n",
        b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 7bit;\n\n<!-->",
        b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: (plain) 7bit\n\n<!--->",
    ],
)
def test_what_a_mail_program_shows_is_read(raw: bytes) -> None:
    head, _, body = raw.partition(b"\n\n")
    draft = from_bytes("a.eml", head + b"\n\n" + body + b'<a href="http://203.0.113.7/">x</a>', ".eml")
    assert isinstance(draft, DraftFacts)
    assert [link.target.host for link in draft.links] == ["203.0.113.7"]
