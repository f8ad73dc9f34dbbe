"""Thresholds as monitoring plugins write them: [@]START:END (monitoring-plugins developer guidelines, ranges). Pure."""

from __future__ import annotations

import math
import re
from typing import Final, NamedTuple

from reputation.bad_input import BadInput
from reputation.text import Text, say

_SHAPE: Final = re.compile(r"(@?)(?:(~|-?\d+(?:\.\d+)?)?:)?(-?\d+(?:\.\d+)?)?", re.ASCII)


class PluginRange(NamedTuple):
    """Alerts outside of `low` to `high`, both inclusive; with `inside` within them. `text` is what was given."""

    text: str
    low: float
    high: float
    inside: bool

    def alerts(self, value: float) -> bool:
        """Whether this value is one to alert about."""
        return (self.low <= value <= self.high) is self.inside


def plugin_range(option: str, text: str) -> PluginRange:
    """The range in `text`. Raises BadInput that names the option."""
    match = _SHAPE.fullmatch(text.strip())
    if match is None or text.strip() in ("", "@", ":", "@:"):
        raise BadInput(_expected(option, text))
    at, start, end = match.groups()
    low = -math.inf if start == "~" else float(start or 0)
    high = float(end) if end else math.inf
    if low > high:
        raise BadInput(_expected(option, text))
    return PluginRange(text.strip(), low, high, bool(at))


def _expected(option: str, text: str) -> Text:
    return say("{option} {text}: expected a range such as 0, 2:5 or @1:3", option=option, text=text)
