"""The listed phrases of subject and text together: they are counted as one finding, since none tells much alone."""

from __future__ import annotations

from dataclasses import dataclass

from reputation.checks.content._finding import Evidence
from reputation.checks.content._needs import Texts
from reputation.checks.content._phrases import find
from reputation.model import Where
from reputation.records.mail_text import folded


@dataclass(frozen=True, slots=True)
class Wording:
    """The phrases, each once, in the order of the draft, and where the first stands."""

    phrases: tuple[str, ...]
    first: Where


def wording(texts: Texts, evidence: Evidence) -> Wording | None:
    """The phrases of that evidence; None when there is none."""
    line, text = texts.subject, texts.body
    in_subject = find(folded(line.text), evidence.value) if line else []
    in_text = find(text.folded, evidence.value) if text else []
    phrases = tuple(dict.fromkeys(hit.phrase.text for hit in (*in_subject, *in_text)))
    if line and in_subject:
        return Wording(phrases, line.where)
    if text and in_text:
        return Wording(phrases, text.where_visible(in_text[0].start, in_text[0].end))
    return None
