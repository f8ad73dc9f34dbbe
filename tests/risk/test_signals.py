"""Signals of a draft: what they count, and that what can not be told is left out."""

from __future__ import annotations

from email.header import Header

import pytest

from reputation.gather.draft_reading import kind_of, read_draft
from reputation.risk.signals import signals_of


def _signals(raw: str, suffix: str = ".eml") -> dict[str, float]:
    data = raw.encode()
    return signals_of(read_draft("draft" + suffix, data, kind_of(data, suffix)))


def _message(sender: str = "Anna Li <anna@pumps.com>", subject: str = "Drawings", body: str = "Hello Bob,") -> str:
    name, _, address = sender.rpartition(" ")
    shown = f"{Header(name, 'utf-8').encode()} {address}" if name and not name.isascii() else sender
    line = subject if subject.isascii() else Header(subject, "utf-8").encode()
    return f"From: {shown}\nSubject: {line}\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{body}\n"


@pytest.mark.parametrize(
    ("sender", "fits"),
    [
        ("Brightway LED <sales@brightway-led.com>", 1),
        ("IBM News <news@mail.ibm.com>", 1),
        ("Bank of Kent <info@bok.co.uk>", 1),
        ("Parcel Desk <notice@q7-track.top>", 0),
        ("Support <it@cheap.support>", 0),  # the ending is no name
        ("王经理 <wang@brightway-led.com>", None),  # letters that no domain has
        ("<sales@brightway-led.com>", None),
        ("Anna Li <anna.li@gmail.com>", None),  # everybody has such a domain
    ],
)
def test_a_name_fits_its_domain_or_can_not_be_compared(sender: str, fits: int | None) -> None:
    assert _signals(_message(sender)).get("from_name_fits") == fits


@pytest.mark.parametrize(
    ("sender", "least"),
    [
        ("Anna Li <anna@pumps.com>", 0),
        ("PayPal Service <service@bill-24.com>", 1),  # the name of another
        ("PayPal <service@paypal.com>", 0),
        ("paypal.com <x@bill.com>", 2),  # a brand and a domain that are not its own
        ("Anna <x8723kq91@mail-notice-desk.top>", 3),
    ],
)
def test_odd_traits_of_a_sender_are_counted(sender: str, least: int) -> None:
    found = _signals(_message(sender))["from_oddities"]
    assert (found == 0) if least == 0 else (found >= least)


@pytest.mark.parametrize(
    ("target", "odd"),
    [
        ("https://www.pumps.com/drawing", 0),
        ("http://192.0.2.7/x", 1),
        ("https://bit.ly/x", 1),
        ("https://www.pumps.com:8443/", 1),
        ("https://news.pumps.top/", 1),
        ("https://drawing.web.app/", 1),
        ("https://www.pumps.com/?m=bob@example.com", 1),
        ("https://pumps.com@203.0.113.9:81/", 3),  # user, bare address, port
    ],
)
def test_odd_traits_of_links_are_counted(target: str, odd: int) -> None:
    assert _signals(_message(body=f'<p>See <a href="{target}">it</a></p>'))["link_oddities"] == odd


def test_links_to_the_senders_own_domain() -> None:
    both = '<a href="https://www.pumps.com/a">a</a> <a href="https://shop.example.com/b">b</a>'
    signals = _signals(_message(body=both))
    assert (signals["link_own"], signals["link_own_any"], signals["link_one_strange_domain"]) == (0.5, 1, 0)
    strange = _signals(_message(body='<a href="https://x.example.com/">a</a>'))
    assert (strange["link_own_any"], strange["link_one_strange_domain"], strange["link_one_target"]) == (0, 1, 1)


@pytest.mark.parametrize(
    ("body", "topics"),
    [
        ("Thank you for the drawing of the pump; the workshop begins on Monday.", 0),
        ("Your mailbox is almost full. Verify your account within 24 hours.", 2),
        ("Ihr Paket wartet auf die Zustellung, es fehlt noch die Zollgebühr.", 1),
        ("Su cuenta ha sido limitada.", 1),
        ("We can bring your website to the first page of Google with backlinks.", 1),
        ("I am the barrister of your next of kin, who left 4.5 million dollars in Bitcoin.", 2),
        ("Our casinography lens of inheritors", 0),  # whole words only
    ],
)
def test_topics_of_lures_at_the_beginning(body: str, topics: int) -> None:
    assert _signals(_message(body=f"<p>{body}</p>"))["lure_first"] == topics


@pytest.mark.parametrize(
    ("sender", "subject", "body", "least"),
    [
        ("Anna <a@b.com>", "Offer", "Plain words", 0),
        ("Аmazоn Team <a@b.com>", "Offer", "Plain words", 1),
        ("Anna <a@b.com>", "Ⓜedicare", "Plain words", 1),
        ("Anna <a@b.com>", "Offer", "pay\u200bpal and раураl", 2),
        ("Anna <a@b.com>", "Предложение", "Обычные слова и 5 µm", 0),
    ],
)
def test_disguised_words(sender: str, subject: str, body: str, least: int) -> None:
    found = _signals(_message(sender, subject, f"<p>{body}</p>"))["disguised_words"]
    assert (found == 0) if least == 0 else (found >= least)


def test_what_a_draft_can_not_have_is_left_out() -> None:
    text = _signals("Hello Bob, the drawing is ready.", ".txt")
    assert not [name for name in text if name.startswith(("from_", "link_", "html_", "image", "attach", "subject_"))]
    chinese = _signals(_message(subject="报价单", body="<p>您好，附上八月的报价单，请查收。</p>"))
    assert not [name for name in chinese if name.startswith("lure_") or name in ("yours", "haste", "footer")]
