"""What the finders bring home: one failed recipient as the bounce tells it, nothing judged yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One recipient of a bounce.

    `text` is the far reply or the mail system's own words, `status` the Status field (RFC 3464) or the code in the
    text, `reply` the three digits, `host` who refused (or who reports, when nobody else is named), `command` the
    SMTP command that was answered, `action` that of RFC 3464: failed, delayed, delivered, relayed, expanded, or ""
    for a reply without a bounce around it. `hint` is prose of the report that may explain more than `text`.
    `service_reason` and `service_verdict` are what a sending service made of it, in our words, for the case that its
    text says nothing.
    """

    recipient: str = ""
    original: str = ""
    text: str = ""
    status: str = ""
    reply: str = ""
    host: str = ""
    command: str = ""
    action: str = "failed"
    hint: str = ""
    service_reason: str = ""
    service_verdict: str = ""
