"""The opinion of another filter: read when it answers, unknown in every other case."""

from __future__ import annotations

import email
import email.policy
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from reputation.checks.second_filter import filter_result
from reputation.facts.draft import DraftFacts
from reputation.gather.as_sent import as_sent
from reputation.gather.drafts import from_bytes
from reputation.gather.second_filter import LocalFilter, ask_filter
from reputation.model import Cause, Found, Outcome, Unknown
from tests.servers.filters import rspamd, spamd

SPAMD = b"SPAMD/1.1 0 EX_OK\r\nContent-length: 30\r\nSpam: True ; 7.2 / 5.0\r\n\r\nDEAR_FRIEND,MISSING_SUBJECT\r\n"
RSPAMD = (
    b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n"
    b'{"score": 3.5, "required_score": 15.0, "symbols": {"A": {"score": 1.0}, "B": {"score": 2.5}, "C": {"score": -1}}}'
)


@contextmanager
def _server(answer: bytes, port: int = 0) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", port)) as listener:

        def serve() -> None:
            line, _ = listener.accept()
            with line:
                line.recv(65_536)
                line.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(listener.getsockname()[1])
        thread.join(5)


@pytest.mark.parametrize(
    ("name", "answer", "points", "symbols"),
    [("spamassassin", SPAMD, 7.2, ("DEAR_FRIEND", "MISSING_SUBJECT")), ("rspamd", RSPAMD, 3.5, ("B", "A"))],
)
def test_reads_the_opinion(name: str, answer: bytes, points: float, symbols: tuple[str, ...]) -> None:
    with _server(answer) as port:
        observed = ask_filter(name, b"Subject: x\n\ny", port)
    assert isinstance(observed, Found)
    assert (observed.value.points, observed.value.symbols) == (points, symbols)
    assert filter_result(name, "a.eml", observed).outcome is Outcome.INFO


@pytest.mark.parametrize("name", ["spamassassin", "rspamd"])
@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense",
        b"HTTP/1.0 200 OK\r\n\r\n[]",
        b'x\r\n\r\n{"score": "a"}',
        b"HTTP/1.0 200 OK\r\n\r\n" + b"[" * 200_000,
        RSPAMD.replace(b"3.5", b"1" + b"0" * 400),
        *(
            RSPAMD.replace(old, odd)
            for old in (b"3.5", b"15.0", b"2.5")
            for odd in (b"NaN", b'"nan"', b"1e999", b"-1e999", b'"inf"', b"-Infinity")
        ),
        RSPAMD.replace(b"200 OK", b"500 no"),
        SPAMD.replace(b" 0 EX_OK", b" 76 Bad"),
    ],
)
def test_nonsense_is_unknown(name: str, answer: bytes) -> None:
    with _server(answer) as port:
        observed = ask_filter(name, b"x", port)
    assert isinstance(observed, Unknown)
    assert observed.cause is Cause.MALFORMED_ANSWER


def test_an_absent_server_is_unknown_and_never_a_verdict() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    observed = ask_filter("spamassassin", b"x", port, timeout=2)
    assert isinstance(observed, Unknown)
    assert filter_result("spamassassin", "a.eml", observed).outcome is Outcome.UNKNOWN


@pytest.mark.real_server
@pytest.mark.parametrize(
    ("name", "server", "symbol"), [("spamassassin", spamd, "DEAR_FRIEND"), ("rspamd", rspamd, "SUBJ_ALL_CAPS")]
)
def test_a_real_filter_is_understood(
    name: str, server: Callable[[Path], AbstractContextManager[int]], symbol: str, tmp_path: Path
) -> None:
    """Its rules are named, and none of them is about what only the sending server adds."""
    draft = from_bytes("draft.txt", b"Subject: FREE MONEY NOW\n\nDear friend,\nhttp://192.0.2.1/x\n", ".txt")
    assert isinstance(draft, DraftFacts)
    with server(tmp_path) as port:
        observed = ask_filter(name, as_sent(draft), port)
    assert isinstance(observed, Found)
    assert symbol in observed.value.symbols
    assert observed.value.limit == {"spamassassin": 5.0, "rspamd": 15.0}[name]
    assert not {"MISSING_DATE", "MISSING_MID", "MISSING_TO", "MISSING_SUBJECT"} & set(observed.value.symbols)


@pytest.mark.parametrize("pause", [0.05, 0.0005])
def test_a_filter_that_answers_byte_by_byte_is_left_in_time(pause: float) -> None:
    """However short the pauses: what comes behind the deadline is not read, though it be there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            line, _ = listener.accept()
            with line:
                line.recv(65_536)
                for _ in range(4_000):
                    try:
                        line.sendall(b"S")
                    except OSError:
                        return
                    time.sleep(pause)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        observed = ask_filter("spamassassin", b"x", int(listener.getsockname()[1]), timeout=0.5)
        thread.join(15)
    assert isinstance(observed, Unknown)
    assert observed.cause is Cause.TIMEOUT


def test_a_filter_that_breaks_off_is_not_called_absent() -> None:
    """Something listens there; what it makes of the next draft is another matter."""
    with _server(b"") as port:
        local = LocalFilter("spamassassin", port, timeout=5)
        first = local.opinion(b"x" * 10_000_000)  # closed with most of it unread, which resets the connection
    assert isinstance(first, Unknown) and first.cause is Cause.MALFORMED_ANSWER
    told = str(filter_result("spamassassin", "a.eml", first))
    assert "nothing listens" not in told and "resolver" not in told
    with _server(SPAMD, port):
        assert isinstance(local.opinion(b"x"), Found)


@pytest.mark.parametrize(
    ("raw", "suffix"),
    [
        (b"Subject: Offer\n\nGood morning\n", ".txt"),
        ("Subject: 报价\n\n您好\n".encode(), ".txt"),
        (b"<p>Good morning</p>", ".html"),
        (b"# Good morning\n", ".md"),
        (b"From: a@b.example\nSubject: x\n\nGood morning\n", ".eml"),
    ],
)
def test_any_draft_goes_to_a_filter_as_a_whole_message(raw: bytes, suffix: str) -> None:
    draft = from_bytes("draft" + suffix, raw, suffix)
    assert isinstance(draft, DraftFacts)
    again = from_bytes("sent.eml", as_sent(draft), ".eml")
    assert isinstance(again, DraftFacts)
    assert isinstance(again.message, Found)
    for name in ("From", "To", "Date", "Message-ID"):
        assert again.message.value.header(name)
    if isinstance(draft.subject, Found):
        assert isinstance(again.subject, Found)
        assert again.subject.value.text == draft.subject.value.text
    for then, now in ((draft.html, again.html), (draft.plain, again.plain)):
        if isinstance(then, Found) and suffix != ".md":
            assert isinstance(now, Found)
            assert now.value.visible.text.split() == then.value.visible.text.split()


def _sent(raw: bytes, suffix: str = ".txt") -> bytes:
    draft = from_bytes("draft" + suffix, raw, suffix)
    assert isinstance(draft, DraftFacts)
    return as_sent(draft)


@pytest.mark.parametrize(
    ("text", "charset", "encoding"),
    [
        ("Good morning\nFrom here = all is well\n", "us-ascii", "7bit"),
        ("Grüße = aus Köln\nFrom here\n", "utf-8", "quoted-printable"),
        ("您好，\n我们的报价单\n", "utf-8", "quoted-printable"),
        ("long " * 400 + "\n", "us-ascii", "quoted-printable"),
        ("a\r\nb\r\n", "us-ascii", "7bit"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".html", ".md"])
def test_a_text_is_not_encoded_more_than_it_needs(text: str, charset: str, encoding: str, suffix: str) -> None:
    """Base64 around a plain text would be held against the draft."""
    text = f"<p>{text}</p>\n" if suffix == ".html" else text
    sent = email.message_from_bytes(_sent(text.encode(), suffix))
    assert (sent.get_content_charset(), sent["Content-Transfer-Encoding"]) == (charset, encoding)
    assert sent.get_content_subtype() == ("html" if suffix == ".html" else "plain")
    body = sent.get_payload(decode=True)
    assert isinstance(body, bytes) and body.decode(charset) == text.replace("\r\n", "\n")


PASTED = (
    "From: Anna <anna@lotus.de>\nTo: Bob <bob@rose.example>\nReply-To: sales@lotus.de\nSubject: {}\n\nGood morning\n"
)


@pytest.mark.parametrize("subject", ["Our offer", "报价单 2026", "Offer " * 40])
def test_the_fields_that_a_text_names_are_its_own(subject: str) -> None:
    sent = email.message_from_bytes(_sent(PASTED.format(subject).encode()), policy=email.policy.default)
    named = [str(sent[name]) for name in ("From", "To", "Reply-To", "Subject")]
    assert named == ["Anna <anna@lotus.de>", "Bob <bob@rose.example>", "sales@lotus.de", subject.strip()]
    assert all(len(sent.get_all(name) or ()) == 1 for name in ("From", "To", "Subject", "Date", "Message-ID"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("发件人：李安 <li@lotus.de>；王芳 <wang@lotus.de>", "李安 <li@lotus.de>, 王芳 <wang@lotus.de>"),
        ('From: "Zoë B." <z@lotus.de>', '"Zoë B." <z@lotus.de>'),
    ],
)
def test_a_name_is_encoded_and_its_address_is_not(written: str, read: str) -> None:
    raw = _sent(f"{written}\nSubject: x\n\nGood morning\n".encode())
    assert raw.partition(b"\n\n")[0].isascii() and b"@lotus.de>" in raw
    assert str(email.message_from_bytes(raw, policy=email.policy.default)["From"]) == read


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("first", ["", "From bob@x Mon Jun  1 10:00:00 2026{}"])
def test_the_separator_of_a_mailbox_is_no_field(newline: str, first: str) -> None:
    """Its line would end the header, or stand in it as nonsense."""
    mail = newline.join(["From: a@b.de", "Subject: x", "", "Good morning", ""])
    sent = _sent((first.format(newline) + mail).encode(), ".eml")
    assert sent.endswith(mail.encode()) and b"bob@x" not in sent
    assert sent.count(b"\n") == sent.count(newline.encode())
    assert set(email.message_from_bytes(sent)) == {"To", "Date", "Message-ID", "From", "Subject"}


def test_a_message_without_any_field_is_all_text() -> None:
    sent = email.message_from_bytes(_sent(b"Dear Bob, hello\n\nGood morning\n", ".eml"))
    assert sent.get_payload() == "Dear Bob, hello\n\nGood morning\n"
