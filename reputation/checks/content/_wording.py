"""The listed phrases of subject and text together: they are counted as one finding, since none tells much alone."""

from __future__ import annotations

from typing import NamedTuple

from reputation.checks.content._finding import Evidence
from reputation.checks.content._needs import Texts
from reputation.checks.content._phrases import find
from reputation.model import Where
from reputation.records.mail_text import folded

VAGUE = frozenset(
    ("here", "click here", "click", "click me", "this link", "link", "read more", "more", "hier", "klicken sie hier",
     "ici", "cliquez ici", "aquí", "haga clic aquí", "clique aqui", "здесь", "нажмите здесь", "点击这里", "点击此处",
     "这里")
)  # fmt: skip


class Wording(NamedTuple):
    """The phrases, each once, in the order of the draft, and where the first stands."""

    phrases: tuple[str, ...]
    first: Where


def wording(texts: Texts, evidence: Evidence) -> Wording | None:
    """The phrases of that evidence; None when there is none."""
    line, text = texts.subject, texts.body
    subject = folded(line.text if line else "")
    in_subject = find(subject, evidence.value)
    links = {link.text.lower() for link in text.html.links if is_vague(link.text)} if text and text.html else set()
    in_text = [hit for hit in find(text.folded, evidence.value) if hit.phrase.text not in links] if text else []
    phrases = tuple(dict.fromkeys(hit.phrase.text for hit in (*in_subject, *in_text)))
    if line and in_subject:
        return Wording(phrases, line.spot(*subject.span(in_subject[0].start, in_subject[0].end)))
    if text and in_text:
        return Wording(phrases, text.where_visible(in_text[0].start, in_text[0].end))
    return None


def is_vague(words: str) -> bool:
    """Whether the text of a link says nothing of what is behind it; another check reports those."""
    return words.strip(" .!>»→›").lower() in VAGUE
