"""Real bounces: Postfix on loopback sends to a sink that refuses, and what it returns is diagnosed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reputation import diagnose
from reputation.gather.mail_logs import log_failures
from tests.bounces.mail_servers import postfix

CASES = {
    "550_5.1.1_user_unknown@sink.test": ("hard", "address"),
    "550_5.1.10_recipient_not_found@sink.test": ("hard", "address"),
    "552_5.2.2_mailbox_full@sink.test": ("soft", "mailbox-full"),
    "554_Client_host_blocked_using_zen.spamhaus.org@sink.test": ("block", "reputation"),
    "550_5.7.26_this_mail_is_unauthenticated_by_DMARC@sink.test": ("block", "authentication"),
    "data_554_5.6.0_message_considered_spam@sink.test": ("block", "content"),
    "421_4.7.0_try_again_later_too_many_messages@sink.test": ("soft", "rate"),
    "450_4.2.1_receiving_email_too_quickly@sink.test": ("soft", "rate"),
    "large@sink.test": ("soft", "size"),
    "nobody-here@kit.test": ("hard", "address"),
    "anna@closed.test": ("soft", "network"),
}


@pytest.mark.real_server
def test_real_bounces_of_postfix_are_understood(tmp_path: Path) -> None:
    with postfix(tmp_path) as server:
        for recipient in CASES:
            server.send(recipient, size=60_000 if recipient.startswith("large") else 200)
        returned = server.wait_for(len(CASES))
        failures = [found.failures[0] for found in log_failures(server.log)]
    found = {r.recipient: (r.verdict, r.reason) for raw in returned for r in diagnose(raw).recipients}
    assert found == CASES
    assert {diagnose(raw).returned.subject for raw in returned} == {"price list 2026"}
    assert {failure.recipient for failure in failures} == set(CASES)
