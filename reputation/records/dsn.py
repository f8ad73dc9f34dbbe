"""Delivery status notifications (RFC 3464; internationalised by RFC 6533): the machine part of a bounce."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from reputation.records.address import address_of_field
from reputation.records.report_fields import Fields, read_groups
from reputation.records.status import parse_status

ACTIONS: Final = ("failed", "delayed", "delivered", "relayed", "expanded")
_TYPE: Final = re.compile(r"^\s*[A-Za-z][\w-]*\s*;\s*")
_HOST: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientStatus:
    """One recipient group (RFC 3464 section 2.3). Everything is "" when it is not given.

    `original` is the address that the sender used, `final` the one at which it failed. `diagnostic_type` is "smtp",
    "x-postfix", "x-unix"...; `remote_mta` and the reporting MTA are bare host names in lower case.
    """

    original: str = ""
    final: str = ""
    action: str = ""
    status: str = ""
    diagnostic_type: str = ""
    diagnostic: str = ""
    remote_mta: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """The whole part: who reports, and each recipient."""

    reporting_mta: str
    recipients: tuple[RecipientStatus, ...]


def parse_delivery_status(text: str) -> DeliveryStatus:
    """The report in the text of a message/delivery-status part. A text without any recipient gives none."""
    groups = read_groups(text)
    reporter = next((host_of_field(g["reporting-mta"]) for g in groups if "reporting-mta" in g), "")
    return DeliveryStatus(reporter, tuple(_recipient(g) for g in groups if _is_recipient(g)))


def looks_like_delivery_status(text: str) -> bool:
    """Whether a plain text carries the fields of a report, as some systems send it without the right type."""
    head = text[:20_000].lower()
    return "final-recipient:" in head.replace(" :", ":") and ("action:" in head or "status:" in head)


def _is_recipient(group: Fields) -> bool:
    return "final-recipient" in group or "original-recipient" in group or ("action" in group and "status" in group)


def _recipient(group: Fields) -> RecipientStatus:
    diagnostic = group.get("diagnostic-code", "")
    typed = _TYPE.match(diagnostic)
    return RecipientStatus(
        original=address_of_field(group.get("original-recipient", "")),
        final=address_of_field(group.get("final-recipient", ""))
        or address_of_field(group.get("x-actual-recipient", "")),
        action=_action(group.get("action", "")),
        status=parse_status(group.get("status", "")),
        diagnostic_type=diagnostic[: typed.end()].strip(" ;\t").lower() if typed else "",
        diagnostic=(diagnostic[typed.end() :] if typed else diagnostic).strip(),
        remote_mta=host_of_field(group.get("remote-mta", "")),
    )


def _action(value: str) -> str:
    words = value.lower().replace("(", " ").split()
    known = next((word for word in words if word in ACTIONS), "")
    return known or ("failed" if words and words[0].startswith(("fail", "undeliver", "reject")) else "")


def host_of_field(value: str) -> str:
    """The host of "dns; mx.example.org (192.0.2.1)" in lower case, or ""."""
    match = _HOST.search(_TYPE.sub("", value))
    return match[0].lower() if match and not match[0].replace(".", "").isdigit() else ""
