"""All signals of a draft: numbers that a sender can see and change. What can not be told is left out, never guessed."""

from __future__ import annotations

from reputation.checks.content._needs import value
from reputation.facts.draft import DraftFacts
from reputation.risk.headers import disguised_header_words, header_signals
from reputation.risk.links import link_signals
from reputation.risk.structure import structure_signals
from reputation.risk.wording import disguised_body_words, wording_signals


def signals_of(facts: DraftFacts) -> dict[str, float]:
    """Signal name -> value."""
    found = header_signals(facts) | structure_signals(facts) | link_signals(facts) | wording_signals(facts)
    body = value(facts.html) or value(facts.plain)
    found["disguised_words"] = min(3, disguised_header_words(facts) + (disguised_body_words(body) if body else 0))
    return {name: float(value) for name, value in found.items()}
