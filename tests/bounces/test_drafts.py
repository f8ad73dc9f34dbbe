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
