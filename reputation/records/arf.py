"""Feedback reports (RFC 5965, RFC 6591, RFC 6650): a recipient pressed "this is spam"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reputation.records.address import address_of_field
from reputation.records.report_fields import read_groups

COMPLAINTS: Final = frozenset({"abuse", "fraud", "virus", "other", "opt-out", "opt-out-list"})


@dataclass(frozen=True, slots=True)
class FeedbackReport:
    """The fields that matter. `recipient` is often removed by the reporter and then ""."""

    feedback_type: str
    recipient: str
    reported_domain: str = ""
    source_ip: str = ""
    user_agent: str = ""

    @property
    def is_complaint(self) -> bool:
        """Praise ("not-spam") and authentication reports ("auth-failure") are none."""
        return self.feedback_type in COMPLAINTS


def parse_feedback_report(text: str) -> FeedbackReport | None:
    """The report in the text of a message/feedback-report part, or None when there is no Feedback-Type."""
    fields: dict[str, str] = {}
    for group in read_groups(text):
        fields = {**group, **fields}
    if "feedback-type" not in fields:
        return None
    recipient = (
        fields.get("original-rcpt-to") or fields.get("removal-recipient") or fields.get("original-recipient", "")
    )
    return FeedbackReport(
        fields["feedback-type"].strip().lower(),
        address_of_field(recipient),
        fields.get("reported-domain", "").lower(),
        fields.get("source-ip", ""),
        fields.get("user-agent", ""),
    )
