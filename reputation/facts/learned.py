"""What was learned from a sender's own delivered campaigns."""

from __future__ import annotations

from typing import NamedTuple


class Learned(NamedTuple):
    """The offset that shifts the sum of the risk, and from how many campaigns it comes."""

    offset: float
    mails: int
