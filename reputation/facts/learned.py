"""What was learned from a sender's own delivered campaigns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Learned:
    """The offset that shifts the sum of the risk, and from how many campaigns it comes."""

    offset: float
    mails: int
