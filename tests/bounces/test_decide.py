"""The order of evidence: the provider's words, anyone's words, a telling status, vague words, codes."""

from __future__ import annotations

import pytest

from reputation.bounces.decide import decide
from reputation.bounces.failure import Failure
from reputation.bounces.knowledge import knowledge
from reputation.model import Confidence
from reputation.records.reply import parse_reply

CASES = {
    "the provider's words beat the plain meaning": (
        Failure(text="550 Mailbox unavailable or access denied", reply="550", host="mx3.qq.com"), "soft", "rate",
    ),
    "the same words of somebody else are read plainly": (
        Failure(text="552 mail size limit exceeded", reply="552", host="mx.firma.example"), "soft", "size",
    ),
    "at 263 they mean a full mailbox": (
        Failure(text="552 mail size limit exceeded", reply="552", host="mx.263.net"), "soft", "mailbox-full",
    ),
    "the mail domain binds where no host is named": (
        Failure(text="552 mail size limit exceeded", reply="552", recipient="a@263.net"), "soft", "mailbox-full",
    ),
    "text beats an empty status": (
        Failure(text="552 quota exceeded", status="5.0.0", reply="552"), "soft", "mailbox-full",
    ),
    "text beats a contradicting status": (
        Failure(text="552 5.1.1 mailbox full", status="5.1.1", reply="552"), "soft", "mailbox-full",
    ),
    "a telling status beats vague words": (
        Failure(text="550 rejected", status="5.1.1", reply="550"), "hard", "address",
    ),
    "Microsoft's own codes need Microsoft": (
        Failure(text="550 no", status="5.7.606", host="a-com.mail.protection.outlook.com"), "block", "reputation",
    ),
    "a bare 550 after RCPT is mostly the address": (
        Failure(text="550 go on", reply="550", command="RCPT"), "hard", "address",
    ),
    "a bare 550 without any word condemns nobody": (Failure(text="550", reply="550"), "unknown", "unknown"),
    "550 with words that nobody knows stays open": (Failure(text="550 blue banana", reply="550"), "unknown", "unknown"),
    "a 4xx of a single reply may pass": (
        Failure(text="450 4.1.1 user unknown", reply="450", status="4.1.1", action=""), "soft", "address",
    ),
    "given up after 4xx, an unknown user is dead": (
        Failure(text="450 4.1.1 user unknown", reply="450", status="4.1.1", action="failed"), "hard", "address",
    ),
    "a delay is never hard": (Failure(text="550 user unknown", reply="550", action="delayed"), "soft", "address"),
    "a delivery is no bounce": (Failure(text="", action="delivered"), "none", "delivered"),
    "a service's class counts only without words": (
        Failure(text="550 blocked using zen.spamhaus.org", service_reason="address"), "block", "reputation",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_stronger_evidence_wins(name: str) -> None:
    failure, verdict, reason = CASES[name]
    decision = decide(failure)
    assert (decision.verdict, decision.reason.under) == (verdict, reason)


def test_a_code_alone_is_said_to_be_unsure() -> None:
    assert decide(Failure(text="550", reply="550")).confidence is Confidence.LOW


def test_every_row_of_the_table_names_a_known_reason_and_its_source() -> None:
    known = knowledge()
    assert len(known.table) >= 626
    contract = {
        "address", "domain", "mailbox-full", "mailbox-disabled", "recipient-filter", "sender-refused", "reputation",
        "reverse-dns", "authentication", "policy", "content", "format", "size", "rate", "network", "expired", "server",
        "relay", "protocol", "tls", "complaint", "auto", "delivered", "unknown",
    }  # fmt: skip
    assert {reason.under for reason in known.reasons.values()} == contract
    for row in known.table:
        assert row.detail in known.reasons, row.match
        assert row.source, row.match
        assert row.checked, row.match


def test_every_text_of_the_table_finds_its_own_row() -> None:
    """A row that nothing could ever match would be dead knowledge: each text, quoted by its own provider, is found."""
    from reputation.bounces.phrases import matches, normalised

    for row in knowledge().table:
        if row.kind == "text" and row.dialect not in ("auto_replies", "complaints"):
            quoted = parse_reply(row.match.split(" | ")[0].replace("*", "x")).text
            found = {phrase.row.match for phrase in matches(normalised(quoted))}
            assert row.match in found or any(row.match in longer for longer in found), row.match
