"""How good the evidence behind a finding about a draft is, in the words that every format for people uses."""

from __future__ import annotations

from reputation.model import Result
from reputation.text import Text, say

LABELS: dict[str, Text] = {
    "measured": say("measured"),
    "measured-old": say("measured on old mail only"),
    "filter": say("a filter scores it"),
    "documented": say("documented by a provider, a standard or a law"),
    "folklore": say("folklore"),
}


def label_code(result: Result) -> str:
    """The label for machines; "" where the check has none."""
    return str(result.details.get("evidence_label", ""))


def label_of(result: Result) -> Text | None:
    """The label in words, if the finding has one."""
    return LABELS.get(label_code(result))


def labelled(result: Result) -> Text:
    """The message of the finding, with its label behind it."""
    label = label_of(result)
    return say("{message} ({label})", message=result.message, label=label) if label else result.message
