"""The texts to send after a bounce: what is known of the lost mail is said, what is not known is no gap."""

from __future__ import annotations

import pytest

from reputation import diagnose

BLOCKED = "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"
UNKNOWN = "550 5.1.1 <john@acme.example>: Recipient address rejected: User unknown"


@pytest.mark.parametrize(
    ("language", "expected", "forbidden"),
    [
        (
            "en",
            ("our mail to one of our contacts was refused", "Mail to one of our contacts"),
            ("your address", "YOUR"),
        ),
        ("zh", ("我们发给一位联系人的邮件被拒收", "发往联系人的邮件", "check 我们的域名"), ("您的邮箱", "您的域名")),
    ],
)
def test_a_colleague_is_never_told_that_his_own_address_was_refused(
    language: str, expected: tuple[str, ...], forbidden: tuple[str, ...]
) -> None:
    """The reply named no recipient."""
    diagnosis = diagnose(BLOCKED)
    draft = str(diagnosis.draft_for(diagnosis.recipients[0], language))
    assert all(words in draft for words in expected), draft
    assert not any(words in draft for words in forbidden) and " - " not in draft


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "e-mail to john@acme.example, and it came back"), ("zh", "我发到 john@acme.example 的邮件被退回了")],
)
def test_a_subject_that_is_not_known_is_not_spoken_of(language: str, expected: str) -> None:
    """A pasted reply has none."""
    diagnosis = diagnose(UNKNOWN)
    assert expected in str(diagnosis.draft_for(diagnosis.recipients[0], language))


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", 'with the subject "Offer 17"'), ("zh", "我发到 john@acme.example 的邮件（主题：Offer 17）被退回了")],
)
def test_the_subject_of_the_lost_mail_is_named(language: str, expected: str) -> None:
    """A bounce that quotes the mail."""
    raw = (
        "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nIt failed.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        "Final-Recipient: rfc822; john@acme.example\nAction: failed\nStatus: 5.1.1\n"
        f"Diagnostic-Code: smtp; {UNKNOWN}\n\n"
        "--b\nContent-Type: message/rfc822\n\nFrom: me@own.example\nTo: john@acme.example\nSubject: Offer 17\n\nText.\n"
        "--b--\n"
    )
    diagnosis = diagnose(raw)
    assert expected in str(diagnosis.draft_for(diagnosis.recipients[0], language))


PASTED = """Hi. This is the qmail-send program at mail.hosting.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<sales@oldfirm.example>:
203.0.113.77 does not like recipient.
Remote host said: 550 5.7.1 Service unavailable; Client host [198.51.100.30] blocked using zen.spamhaus.org
Giving up on 203.0.113.77.

--- Below this line is a copy of the message.

Return-Path: <lily@own.example>
From: Lily <lily@own.example>
To: sales@oldfirm.example
Subject: Offer
"""


def test_the_colleague_gets_the_command_with_our_domain_and_the_refused_address() -> None:
    """Both stand in the bounce: he has nothing to look up."""
    diagnosis = diagnose(PASTED)
    draft = str(diagnosis.draft_for(diagnosis.recipients[0], "zh"))
    assert "reputation check own.example --ip 198.51.100.30" in draft
    assert diagnosis.returned.subject == "Offer"


def test_a_bounce_without_the_lost_mail_came_back_to_our_domain() -> None:
    raw = (
        "From: MAILER-DAEMON@mx.example\nTo: <lily@own.example>\nSubject: Undelivered Mail Returned to Sender\n\n"
        f"This is the mail system at host mx.example.\n\n<john@acme.example>: host mx.acme.example said: {BLOCKED}\n"
    )
    diagnosis = diagnose(raw)
    assert "check own.example --ip 192.0.2.1" in str(diagnosis.draft_for(diagnosis.recipients[0], "en"))


def test_where_we_are_refused_the_customer_gets_a_text_too() -> None:
    """He is told of a problem on our side, by another channel, and nothing technical."""
    diagnosis = diagnose(PASTED)
    texts = diagnosis.drafts_for(diagnosis.recipients[0], "en")
    assert [one.audience for one in texts] == ["colleague", "channel"]
    assert "sales@oldfirm.example" in texts[1].body and "zen.spamhaus.org" not in texts[1].body


@pytest.mark.parametrize(
    "text",
    [
        "451 4.7.1 <buyer@firma.example>: Recipient address rejected: Greylisted, see http://postgrey.example/",
        "This is the mail system at host mail.own.example.\n\nTHIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR "
        "MESSAGE.\n\n<info@slow.example>: connect to mx.slow.example[203.0.113.40]:25: Connection timed out\n",
    ],
)
def test_what_is_still_being_tried_is_not_sent_again(text: str) -> None:
    """A second copy would arrive beside the first one."""
    diagnosis = diagnose(text)
    assert diagnosis.recipients[0].verdict == "soft"
    assert diagnosis.draft_for(diagnosis.recipients[0], "en") is None


def test_a_delay_says_that_the_system_goes_on_trying() -> None:
    diagnosis = diagnose(
        "Your message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n"
        "<info@slow.example>: connect to mx.slow.example[203.0.113.40]:25: Connection timed out\n"
    )
    assert "still trying" in str(diagnosis.recipients[0].next)


def test_an_unknown_cause_accuses_nobody() -> None:
    """The reply does not say that the other side refused the mail."""
    diagnosis = diagnose("550 blue banana")
    draft = str(diagnosis.draft_for(diagnosis.recipients[0], "en"))
    assert "refused" not in draft and "does not say why" in draft


@pytest.mark.parametrize("mark", ["", "> ", ">"])
def test_a_reply_over_several_lines_is_quoted_whole(mark: str) -> None:
    """Postfix breaks it and sets the rest in; whoever answers a mail sets a mark before each line."""
    text = (
        "This is the mail system at host mx.own.example.\n\n"
        "I'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n"
        "<joe@kunde.example>: host mx.kunde.example[203.0.113.9] said: 550 5.1.1\n"
        "    <joe@kunde.example>: Recipient address rejected: User unknown (in reply to\n    RCPT TO command)\n"
    )
    diagnosis = diagnose("".join(f"{mark}{line}" for line in text.splitlines(keepends=True)))
    assert [r.recipient for r in diagnosis.recipients] == ["joe@kunde.example"]
    assert "Recipient address rejected: User unknown" in diagnosis.recipients[0].text


@pytest.mark.parametrize("text", ["Your message couldn't be delivered", "退信原因"])
def test_half_a_bounce_asks_for_the_rest(text: str) -> None:
    """Not "this is no bounce"."""
    diagnosis = diagnose(text)
    assert (diagnosis.verdict, diagnosis.recipients) == ("unknown", ())
    assert "paste the whole" in str(diagnosis.why)


def test_a_challenge_has_not_arrived() -> None:
    """The mail waits for a confirmation; to call it arrived would be wrong."""
    diagnosis = diagnose(
        "From: Guard <verify@guard.example>\nSubject: Re: Offer [verification required]\n"
        "Auto-Submitted: auto-replied\n\n"
        "To control spam, I now allow incoming messages only from senders I have approved beforehand. Please click the "
        "link below to be added to my list of approved senders.\n"
    )
    assert (diagnosis.verdict, diagnosis.recipients[0].detail) == ("auto", "challenge")
    assert "waits" in str(diagnosis.recipients[0].what)


def test_a_reply_that_the_person_has_left_says_so_in_the_diagnosis() -> None:
    diagnosis = diagnose(
        "From: h.meier@kunde.example\nSubject: Automatic reply: Offer\nAuto-Submitted: auto-replied\n\n"
        "Hans Meier no longer works here. Please contact anna.schulz@kunde.example.\n"
    )
    assert (diagnosis.verdict, diagnosis.recipients[0].detail) == ("auto", "left")
    assert "verify" in str(diagnosis.why)


@pytest.mark.parametrize(
    "text",
    [
        "550 5.7.515 Access denied, sending domain own.example doesn't meet the required authentication level.",
        "550-5.7.26 Unauthenticated email from own.example is not accepted due to domain's DMARC policy.",
        "550 5.7.26 DKIM = did not pass SPF [own.example] with ip: [198.51.100.30] = did not pass.",
    ],
)
def test_a_reply_that_names_our_domain_gives_it_to_the_command(text: str) -> None:
    diagnosis = diagnose(text)
    assert "reputation check own.example" in str(diagnosis.draft_for(diagnosis.recipients[0], "en"))


def test_a_reason_that_stands_before_the_address_is_quoted() -> None:
    """Pages of web mail name the reason first."""
    diagnosis = diagnose("退信原因：对方拒收，发件人域名未通过 DMARC 验证\n收件人：kim@kunde.example\n")
    assert "未通过 DMARC 验证" in diagnosis.recipients[0].text
