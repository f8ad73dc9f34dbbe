"""Lines of mail logs: Postfix, Exim, sendmail, and the accounting files of PowerMTA (CSV).

A line about a delivery that worked, or about incoming mail, says nothing here. Written to be quick: most lines of a log
are dismissed after one search for a word.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from reputation.bounces.failure import Failure
from reputation.records.address import address_of_field, clean
from reputation.records.reply import parse_reply

_POSTFIX: Final = re.compile(
    r"\bto=<([^>]*)>,(?: orig_to=<([^>]*)>,)?.*? relay=([^\[, ]*).*? dsn=([245]\.\d+\.\d+), "
    r"status=(bounced|deferred|expired|undeliverable) ?(.*)"
)
_EXIM: Final = re.compile(r" (\*\*|==) ([^\s:]{1,250}@[^\s:]{1,250}?)(?= |: |$)(?: <([^>]{0,300})>)?")
_EXIM_HOST: Final = re.compile(r" H=(\S+)")
_SENDMAIL: Final = re.compile(
    r"\bto=<?([^>,\s]+@[^>,\s]+)>?,.*?(?:relay=([^\s,\[]*))?.*?(?:dsn=([245]\.\d+\.\d+), )?stat=(.*)"
)
_EXIM_HEAD: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_ACTIONS: Final = {"deferred": "delayed", "**": "failed", "==": "delayed"}
_PMTA_CLASSES: Final = {
    "bad-mailbox": "address", "inactive-mailbox": "mailbox-disabled", "bad-domain": "domain", "quota-issues":
    "mailbox-full",
    "spam-related": "content", "spam-block": "content", "spam-content": "content", "virus-related": "attachment",
    "policy-related": "policy", "routing-errors": "network",
    "no-answer-from-host": "network", "bad-connection": "network", "relaying-issues": "relay", "message-expired":
    "expired",
    "protocol-errors": "protocol", "content-related": "content", "bad-configuration": "server",
}  # fmt: skip
_OUTER: Final = re.compile(r"^\((.*)\)\s*$")


def looks_like_log(lines: Iterable[str]) -> bool:
    """Whether the first lines of a file are those of a mail log."""
    return any(_is_log_line(line) for line in lines)


def _is_log_line(line: str) -> bool:
    return (" status=" in line and " to=<" in line) or ("stat=" in line and " to=" in line) or _is_exim(line)


def _is_exim(line: str) -> bool:
    return bool(_EXIM_HEAD.match(line)) and any(flag in line for flag in (" ** ", " == ", " => ", " <= ", " Completed"))


def failure_in_line(line: str) -> Failure | None:
    """The failed or deferred recipient of one log line, or None."""
    if " status=" in line:
        return _postfix(line) if "status=sent" not in line and "NOQUEUE" not in line else None
    if " ** " in line or " == " in line:
        return _exim(line)
    if "stat=" in line and "stat=Sent" not in line:
        return _sendmail(line)
    return None


def _postfix(line: str) -> Failure | None:
    match = _POSTFIX.search(line[:4_000])
    if match is None:
        return None
    to, original, relay, status, state, text = match.groups()
    outer = _OUTER.match(text)
    words, code, host, command = _reply(outer[1] if outer else text)
    return Failure(
        recipient=clean(original or to), original=to if original else "", text=words, status=status, reply=code,
        host=host or ("" if relay in ("none", "local") else relay.lower()), command=command,
        action=_ACTIONS.get(state, "failed"), service_reason="expired" if state == "expired" else "",
    )  # fmt: skip


@lru_cache(maxsize=8_192)
def _reply(text: str) -> tuple[str, str, str, str]:
    parsed = parse_reply(text)
    return parsed.text, parsed.code, parsed.host, parsed.command


def _exim(line: str) -> Failure | None:
    line = line[:4_000]
    match = _EXIM.search(line)
    if match is None:
        return None
    flag, address, original = match.groups()
    fields, _, text = line[match.end() :].partition(": ")
    host = _EXIM_HOST.search(fields)
    reply = parse_reply(text or fields)
    return Failure(
        recipient=address_of_field(original or "") or address_of_field(address), text=reply.text, status=reply.status,
        reply=reply.code, host=(host[1] if host else reply.host).lower(), command=reply.command, action=_ACTIONS[flag],
    )  # fmt: skip


def _sendmail(line: str) -> Failure | None:
    match = _SENDMAIL.search(line[:4_000])
    if match is None:
        return None
    address, relay, status, text = match.groups()
    reply = parse_reply(text)
    return Failure(
        recipient=clean(address), text=reply.text, status=status or reply.status, reply=reply.code,
        host=(relay or reply.host or "").lower().rstrip("."), command=reply.command,
        action="delayed" if text.startswith("Deferred") else "failed",
    )  # fmt: skip


def is_powermta_header(line: str) -> bool:
    """Whether a CSV's first line names the columns of a PowerMTA accounting file."""
    names = {name.strip().strip('"').lower() for name in line.split(",")}
    return {"type", "rcpt"} <= names and bool(names & {"dsnstatus", "dsndiag", "bouncecat"})


def failures_in_powermta(lines: Iterable[str]) -> Iterator[Failure]:
    """The bounces (b, rb) and deferrals (t) of a PowerMTA accounting file; its first line names the columns."""
    try:
        for row in csv.DictReader(lines):
            fields = {(name or "").strip().lower(): value for name, value in row.items() if isinstance(value, str)}
            if fields.get("type") in ("b", "rb", "t", "tq"):
                yield _powermta(fields)
    except csv.Error:
        return


def _powermta(row: Mapping[str, str]) -> Failure:
    reply = parse_reply(row.get("dsndiag", ""))
    return Failure(
        recipient=address_of_field(row.get("rcpt", "")), text=reply.text, reply=reply.code,
        status=(row.get("dsnstatus", "").split() or [""])[0] or reply.status, command=reply.command,
        host=(row.get("dsnmta", "").split() or [""])[0].lower() or reply.host,
        action="delayed" if row.get("type", "").startswith("t") else "failed",
        service_reason=_PMTA_CLASSES.get(row.get("bouncecat", "").lower(), ""),
    )  # fmt: skip
