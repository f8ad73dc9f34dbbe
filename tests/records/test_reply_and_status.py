"""Quoted replies: code, status, host and command."""

from __future__ import annotations

import pytest

from reputation.records.address import address_of_field, find_addresses, parse_address
from reputation.records.dsn import parse_delivery_status
from reputation.records.reply import parse_reply
from reputation.records.status import find_status

REPLIES = {
    "host mx.x.example[198.51.100.1] said: 550 5.1.1 no (in reply to RCPT TO command)": (
        "550", "5.1.1", "mx.x.example", "RCPT",
    ),
    "550-5.7.26 this mail 550-5.7.26 is bad 550 5.7.26 end": ("550", "5.7.26", "", ""),
    "Connected to 5.1.1.4 but sender was rejected. Remote host said: 553 sorry (#5.7.1)": ("553", "5.7.1", "", ""),
    "the offer of 550 EUR for 4.5.1 units": ("550", "4.5.1", "", ""),
    "sent in 2026-11-24 by 10.550.1.2": ("", "", "", ""),
    "<<< 452 4.2.2 full": ("452", "4.2.2", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("text", REPLIES)
def test_a_quoted_reply_is_taken_apart(text: str) -> None:
    reply = parse_reply(text)
    assert (reply.code, reply.status, reply.host, reply.command) == REPLIES[text]


def test_a_repeated_code_stands_only_once_in_the_text() -> None:
    assert parse_reply("550-5.1.1 no such\n550 5.1.1 user").text == "550-5.1.1 no such user"


def test_an_address_of_the_net_is_no_status() -> None:
    assert find_status("from 5.1.1.4 and 5.7.1.2") == ""


@pytest.mark.parametrize(
    ("value", "address"),
    [("rfc822; a@x.example", "a@x.example"), ("rfc/822;<a@X.Example>", "a@x.example"), ("RFC822;nobody", ""),
     ("utf-8; 张@例子.example", "张@例子.example")],
)  # fmt: skip
def test_the_address_of_a_field_is_found_in_all_its_spellings(value: str, address: str) -> None:
    assert address_of_field(value) == address


def test_a_label_in_front_sticks_to_no_address() -> None:
    assert find_addresses("收件人wang@163.com，李四") == ["wang@163.com"]
    assert parse_address("a@b@c.example") == ""


def test_a_sloppy_report_is_read() -> None:
    """A blank before the colon, no empty line between recipients, a continuation line."""
    report = parse_delivery_status(
        "Reporting-MTA : dns; mx.a.example\n\nFinal-Recipient : rfc822; a@x.example\nAction : failed\nStatus : 5.0.0\n"
        "Diagnostic-Code : smtp; 550\n  user unknown\nFinal-Recipient: rfc822; b@x.example\nAction: delayed\n"
    )
    assert report.reporting_mta == "mx.a.example"
    assert [(r.final, r.action, r.diagnostic) for r in report.recipients] == [
        ("a@x.example", "failed", "550 user unknown"), ("b@x.example", "delayed", ""),
    ]  # fmt: skip
