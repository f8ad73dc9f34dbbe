"""DMARC records to publish, made from what is known and accepted by our own parser."""

from __future__ import annotations

from reputation.records.dmarc import POLICIES, REMOVED_TAGS, DmarcRecord, parse_dmarc


def first_policy(domain: str) -> str:
    """The first step: watch, and have the reports sent to a mailbox of the domain itself."""
    return f"v=DMARC1; p=none; rua=mailto:dmarc@{domain}"


def with_tag(text: str, name: str, value: str) -> str:
    """The record with one tag set and without the tags that mean nothing; p comes second, any other at the end."""
    tags = [(tag, kept) for tag, kept in _sound_tags(text) if tag != name]
    tags.insert(0 if name == "p" else len(tags), (name, value))
    return "; ".join(["v=DMARC1", *(f"{tag}={kept}" for tag, kept in tags)])


def without_removed_tags(text: str) -> str:
    """The record without the tags that RFC 9989 dropped, nor those whose value means nothing."""
    kept = [(tag, value) for tag, value in _sound_tags(text) if tag not in REMOVED_TAGS]
    return "; ".join(["v=DMARC1", *(f"{tag}={value}" for tag, value in kept)])


def stricter(record: DmarcRecord) -> str:
    """The record one step further: none, quarantine, reject. The last step stays where it is."""
    following = POLICIES[min(POLICIES.index(record.policy) + 1, len(POLICIES) - 1)] if record.policy else "none"
    return with_tag(without_removed_tags(record.text), "p", following)


def _sound_tags(text: str) -> list[tuple[str, str]]:
    record = parse_dmarc(text)
    return [(tag, value) for tag, value in record.tags.tags if tag != "v" and (tag, value) not in record.faults]
