"""All signals of a draft: numbers that a sender can see and change. What can not be told is left out, never guessed."""

from __future__ import annotations

from reputation.facts.draft import DraftFacts
from reputation.risk.headers import header_signals
from reputation.risk.links import link_signals
from reputation.risk.structure import structure_signals
from reputation.risk.wording import wording_signals


def signals_of(facts: DraftFacts) -> dict[str, float]:
    """Signal name -> value."""
    found = header_signals(facts) | structure_signals(facts) | link_signals(facts) | wording_signals(facts)
    return {name: float(value) for name, value in found.items()}
