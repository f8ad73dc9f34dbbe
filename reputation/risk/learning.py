"""Fits the risk to the mail of one sender: campaigns that were delivered must not look risky.

Only one number is learned, an offset that shifts the sum, and it can only calm: it puts all but a twentieth of the
delivered campaigns below "medium", within bounds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from reputation.facts.draft import DraftFacts
from reputation.facts.learned import Learned
from reputation.risk.model import base_of, built_in, pushes_of

LEAST_MAILS = 20
_FURTHEST = 3.0
_SHARE_BELOW = 0.95


def learn(drafts: Sequence[DraftFacts]) -> Learned | None:
    """The offset of these delivered campaigns; None when there are too few to say anything."""
    tables = built_in()
    read = [draft for draft in drafts if not draft.incomplete]
    sums = sorted(base_of(draft, tables) + sum(push.amount for push in pushes_of(draft, tables)) for draft in read)
    if len(sums) < LEAST_MAILS:
        return None
    medium = math.log(tables.bands[0] / (1 - tables.bands[0]))
    upper = sums[min(len(sums) - 1, int(_SHARE_BELOW * len(sums)))]
    return Learned(round(max(-_FURTHEST, min(0.0, medium - upper - 0.01)), 3), len(sums))
