"""Signals of subject, From and Reply-To. A signal that can not be told is left out."""

from __future__ import annotations

import re

from reputation.checks.content._needs import value
from reputation.facts.draft import DraftFacts, Sender
from reputation.records.later import later
from reputation.records.link import organizational
from reputation.risk.letters import EMOJI, randomness
from reputation.risk.wording import is_latin

_WORD = later(r"[^\W\d_]{2,}")


def header_signals(facts: DraftFacts) -> dict[str, float]:
    """Signals of the headers that there are."""
    signals: dict[str, float] = {}
    line, sender = value(facts.subject), value(facts.sender)
    if line is not None:
        signals |= _subject(line.text) if is_latin(line.text) else {}
    if sender is not None:
        signals |= _sender(sender)
        signals["reply_to_other"] = _answers_elsewhere(sender, value(facts.reply_to))
    return signals


def _subject(text: str) -> dict[str, float]:
    words = _WORD.findall(text)
    return {
        "subject_length": len(text),
        "subject_title_case": sum(w[0].isupper() for w in words) / max(1, len(words)),
        "subject_emoji": len(EMOJI.findall(text)),
    }


def _sender(sender: Sender) -> dict[str, float]:
    box = sender.mailbox
    name, domain = box.name, box.domain
    core = organizational(domain).split(".")[0] if domain else ""
    tokens = [word.lower() for word in _WORD.findall(name) if len(word) > 2]
    squeezed = re.sub(r"[^a-z0-9]", "", domain)
    return {
        "from_name_in_domain": any(token in squeezed for token in tokens if len(token) > 3),
        "from_domain_length": len(core),
        "from_domain_random": randomness(core),
        "from_local_random": randomness(box.local_part.lower()),
        "from_local_length": len(box.local_part),
        "from_digits": sum(c.isdigit() for c in box.local_part),
    }


def _answers_elsewhere(sender: Sender, back: Sender | None) -> bool:
    return back is not None and organizational(back.mailbox.domain) != organizational(sender.mailbox.domain)
