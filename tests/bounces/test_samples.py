"""One bounce of each kind of system, as data: who failed, the verdict, the reason."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from reputation import diagnose

FRAMES = tomllib.loads((Path(__file__).parent / "frames.toml").read_text("utf-8"))["frame"]
PASTED = tomllib.loads((Path(__file__).parent / "pasted.toml").read_text("utf-8"))["sample"]
SAMPLES = tomllib.loads((Path(__file__).parent / "samples.toml").read_text("utf-8"))["sample"]


@pytest.mark.parametrize("sample", SAMPLES, ids=[s["name"] for s in SAMPLES])
def test_a_bounce_names_its_recipients_and_what_happened(sample: dict[str, Any]) -> None:
    raw = sample["message"].lstrip("\n").encode(sample.get("charset", "utf-8"))
    found = [[r.recipient, r.verdict, r.reason] for r in diagnose(raw).recipients]
    assert sorted(found) == sorted(sample["expected"])


@pytest.mark.parametrize("sample", PASTED, ids=[s["name"] for s in PASTED])
def test_what_a_person_pastes_is_understood(sample: dict[str, Any]) -> None:
    diagnosis = diagnose(sample["message"].lstrip("\n"))
    assert [[r.recipient, r.verdict, r.reason] for r in diagnosis.recipients] == sample["expected"]
    assert diagnosis.returned.subject == sample.get("subject", "")


@pytest.mark.parametrize("frame", FRAMES, ids=[f["name"] for f in FRAMES])
def test_the_words_of_further_systems_are_read(frame: dict[str, Any]) -> None:
    """Plain text from a mail system, whatever the form in which it names the address and the reply."""
    header = f"From: {frame['sender']}\nTo: me@out.example\nSubject: {frame['subject']}\n"
    raw = f"{header}Content-Type: text/plain; charset=utf-8\n\n{frame['words']}".encode()
    assert [[r.recipient, r.verdict, r.reason] for r in diagnose(raw).recipients] == [frame["expected"]]


def test_a_block_never_condemns_the_contact() -> None:
    """Whatever refused the sender, the recipient is not permanently dead."""
    for sample in SAMPLES:
        raw = sample["message"].lstrip("\n").encode(sample.get("charset", "utf-8"))
        for recipient in diagnose(raw).recipients:
            assert recipient.permanent == (recipient.verdict in ("hard", "complaint"))


def test_an_ordinary_mail_gives_no_recipients_and_the_verdict_none() -> None:
    assert diagnose(b"From: a@b.example\r\nSubject: hello\r\n\r\nhow are you\r\n").verdict == "none"
    assert diagnose("thank you for the price list").recipients == ()


def test_a_reply_that_says_the_person_is_gone_is_no_bounce_but_says_verify() -> None:
    raw = "From: anna@firma.example\nSubject: Automatic reply: offer\n\nAnna has left the company.\n"
    diagnosis = diagnose(raw)
    assert diagnosis.verdict == "auto"
    assert "verify the address" in str(diagnosis.why)


@pytest.mark.parametrize(
    "text",
    [
        '{"RecordType":"Bounce","Type":"HardBounce","Email":"a@x.example","Details":"550 5.1.1 user unknown"}',
        "Mar  2 10:00:00 mx postfix/smtp[9]: 4F2: to=<a@x.example>, relay=mx.x.example[198.51.100.1]:25, delay=1, "
        "delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.x.example said: 550 5.1.1 user unknown)",
        "<a@x.example>: host mx.x.example[198.51.100.1] said: 550 5.1.1 user unknown (in reply to RCPT TO command)",
    ],
)
def test_the_library_reads_events_log_lines_and_replies(text: str) -> None:
    assert [(r.recipient, r.verdict) for r in diagnose(text).recipients] == [("a@x.example", "hard")]
