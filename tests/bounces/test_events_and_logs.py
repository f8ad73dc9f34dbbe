"""Events of sending services, and lines of mail logs."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from reputation.bounces.diagnosis import diagnosed
from reputation.bounces.find.events import events_in
from reputation.gather.mail_logs import failures_in_lines

EVENTS = tomllib.loads((Path(__file__).parent / "events.toml").read_text("utf-8"))["event"]
LOG = {
    "Mar  2 10:00:00 mx postfix/smtp[9]: 4F2: to=<a@x.example>, relay=mx.x.example[198.51.100.1]:25, delay=1, "
    "delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.x.example[198.51.100.1] said: 550 5.1.1 <a@x.example>: "
    "Recipient address rejected: User unknown (in reply to RCPT TO command))": ("a@x.example", "hard", "address"),
    "Mar  2 10:00:00 mx postfix/smtp[9]: 4F3: to=<b@x.example>, orig_to=<list@y.example>, relay=none, delay=9, "
    "delays=0/0/9/0, dsn=4.4.1, status=deferred (connect to mx.x.example[198.51.100.1]:25: Connection timed out)": (
        "list@y.example", "soft", "network",
    ),
    "Mar  2 10:00:00 mx postfix/smtp[9]: 4F4: to=<c@x.example>, relay=mx[198.51.100.1]:25, dsn=2.0.0, "
    "status=sent (250 ok)": None,
    "Mar  2 10:00:00 mx postfix/smtpd[9]: NOQUEUE: reject: RCPT from h[198.51.100.1]: 550 5.1.1 <d@x.example>: "
    "User unknown; from=<e@y.example> to=<d@x.example> proto=ESMTP status=": None,
    "2026-03-02 10:00:00 1abcDE-000-XX ** a@x.example R=dnslookup T=remote_smtp H=mx.x.example [198.51.100.1] "
    "X=TLS1.3:ECDHE:256: SMTP error from remote mail server after RCPT TO:<a@x.example>: 550 5.2.2 mailbox is full": (
        "a@x.example", "soft", "mailbox-full",
    ),
    "2026-03-02 10:00:00 1abcDE-000-XX ** a@x.example: Unrouteable address": ("a@x.example", "hard", "domain"),
    "2026-03-02 10:00:00 1abcDE-000-XX == a@x.example R=r T=t defer (-53): retry time not reached for any host": (
        "a@x.example", "soft", "expired",
    ),
    "2026-03-02 10:00:00 1abcDE-000-XX => a@x.example R=r T=t": None,
    "Mar  2 10:00:00 mx sendmail[9]: q1: to=<a@x.example>, delay=00:00:01, mailer=esmtp, relay=mx.x.example. "
    "[198.51.100.1], dsn=5.1.1, stat=User unknown": ("a@x.example", "hard", "address"),
}  # fmt: skip


@pytest.mark.parametrize("event", EVENTS, ids=[e["name"] for e in EVENTS])
def test_an_event_of_a_service_is_understood(event: dict[str, Any]) -> None:
    diagnoses = [diagnosed(found) for found in events_in(event["text"]) or ()]
    assert [[r.recipient, r.verdict, r.reason] for d in diagnoses for r in d.recipients] == event["expected"]


@pytest.mark.parametrize("line", LOG, ids=range(len(LOG)))
def test_a_log_line_is_understood(line: str) -> None:
    found = [diagnosed(one).recipients[0] for one in failures_in_lines([line])]
    wanted = LOG[line]
    assert [(r.recipient, r.verdict, r.reason) for r in found] == ([wanted] if wanted else [])


def test_a_powermta_accounting_file_is_read_by_its_heading() -> None:
    lines = [
        "type,timeLogged,orig,rcpt,dsnAction,dsnStatus,dsnDiag,dsnMta,bounceCat",
        'b,2026-03-02,o@o.example,a@x.example,failed,5.1.1,"smtp;550 5.1.1 user unknown",mx.x.example,bad-mailbox',
        "d,2026-03-02,me@o.example,b@x.example,relayed,2.0.0,,,",
        "rb,2026-03-02,me@o.example,c@x.example,failed,5.0.0,,,inactive-mailbox",
    ]
    found = [diagnosed(one).recipients[0] for one in failures_in_lines(lines)]
    assert [(r.recipient, r.reason) for r in found] == [("a@x.example", "address"), ("c@x.example", "mailbox-disabled")]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1, 2]", '{"event": []}', "[" * 50_000, '{"msys": 1}', '{"data":{"to":1},"type":"email.bounced"}'],
)
def test_json_that_is_no_event_is_survived(text: str) -> None:
    for found in events_in(text) or ():
        diagnosed(found)
