"""One bounce of each kind of system, as data: who failed, the verdict, the reason."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from reputation import diagnose

FRAMES = tomllib.loads((Path(__file__).parent / "frames.toml").read_text("utf-8"))["frame"]
SAMPLES = tomllib.loads((Path(__file__).parent / "samples.toml").read_text("utf-8"))["sample"]


@pytest.mark.parametrize("sample", SAMPLES, ids=[s["name"] for s in SAMPLES])
def test_a_bounce_names_its_recipients_and_what_happened(sample: dict[str, Any]) -> None:
    raw = sample["message"].lstrip("\n").encode(sample.get("charset", "utf-8"))
    found = [[r.recipient, r.verdict, r.reason] for r in diagnose(raw).recipients]
    assert sorted(found) == sorted(sample["expected"])


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
