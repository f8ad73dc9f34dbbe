"""Nothing from outside raises or hangs: mutated bounces, extreme shapes, attack strings against every pattern."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest

from reputation import diagnose
from reputation.bounces.find.logs import failure_in_line

SAMPLES = [
    s["message"].lstrip("\n").encode(s.get("charset", "utf-8"))
    for s in tomllib.loads((Path(__file__).parent / "samples.toml").read_text("utf-8"))["sample"]
]
EXTREME = {
    "deep": b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(5_000)),
    "many parts": b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\n\nx\n" * 50_000,
    "nested messages": b"Content-Type: message/rfc822\n\n" * 5_000,
    "comments in From": b"From: " + b"(" * 5_000 + b"\nTo: a@x.example\nSubject: Undelivered\n\nx\n",
    "one long line": b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n" + b"550 a@x.example " * 60_000,
    "no line end": b"From: a\nTo: b\n\n" + b"=" * 1_000_000,
    "many recipients": b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n\nThe following addresses failed:\n"
    + b"".join(b"<u%d@x.example>: 550 5.1.1 no\n" % n for n in range(20_000)),
    "many groups": b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
    + b"Final-Recipient: rfc822; a@x.example\nAction: failed\n\n" * 20_000,
    "zero bytes": b"From: MAILER-DAEMON@x\nSubject: bounce\n\n" + b"\0" * 300_000,
    "codec names": b"From: a@x\nSubject: bounce\nContent-Type: text/plain; charset=unicode_escape\n\n\\x41\n",
}
ATTACKS = [text * (100_000 // len(text)) for text in ("a", "a@", "<", "<a@b>", " ", "a.", "550 ", "5.1.1", "(", ": ", "\t|", "-a@b-")]  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("seed", range(20))
def test_a_mutated_bounce_is_survived(seed: int) -> None:
    """Flipped bits, cuts, doubled pieces and swapped pieces of real shapes."""
    chance = random.Random(seed)
    for _ in range(40):
        raw = bytearray(chance.choice(SAMPLES))
        for _ in range(chance.randint(1, 30)):
            at = chance.randrange(len(raw))
            kind = chance.randrange(4)
            if kind == 0:
                raw[at] ^= 1 << chance.randrange(8)
            elif kind == 1:
                del raw[at : at + chance.randrange(1, 40)]
            elif kind == 2:
                raw[at:at] = raw[at : at + chance.randrange(200)]
            else:
                raw[at:at] = chance.choice(SAMPLES)[: chance.randrange(1, 300)]
            if not raw:
                raw = bytearray(b"x")
        assert diagnose(bytes(raw)).verdict


@pytest.mark.parametrize("name", EXTREME)
def test_an_extreme_shape_is_survived(name: str) -> None:
    assert diagnose(EXTREME[name]).verdict


@pytest.mark.parametrize("text", ATTACKS, ids=[t[:6] for t in ATTACKS])
def test_an_attack_string_is_survived_as_mail_text_and_log(text: str) -> None:
    assert diagnose(text).verdict
    assert diagnose(b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n" + text.encode()).verdict
    failure_in_line(f"postfix to=<{text}, relay=x dsn=5.1.1, status=bounced ({text}")
    failure_in_line(f"2026-01-01 10:00:00 x ** {text}")
    failure_in_line(f"sendmail to={text} stat={text}")


def test_a_lone_surrogate_in_a_text_is_survived() -> None:
    assert diagnose("550 5.1.1 \udc80 user unknown").verdict == "hard"
