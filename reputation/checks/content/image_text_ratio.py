"""The 60/40 rule of text and pictures.

Why: Often repeated: 60 % text and 40 % pictures. SpamAssassin gives its ratio rules 0.001 points, and tests of mail
services found that only the amount of text matters. We explain the rule and do not check it.
Bad:
    counting pixels against letters
Good:
    about 30 words, or 500 characters, of real text
Fix: Forget the ratio; write at least 30 words of real text.
Source: SpamAssassin 4.0.1 HTML_IMAGE_RATIO_02 to _08 (0.001 each); Email on Acid, Does text to image ratio affect
deliverability
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say, say_plural

FOUND = Finder(__doc__, Evidence.FOLKLORE, Severity.INFORMATIONAL)


def judge(known: Known[Body]) -> list[Finding] | None:
    """One picture stands for 150 characters, a common way to count."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    images, characters = known.value.html.images, len(known.value.visible.text)
    if not images or characters > 150 * len(images) * 1.5:
        return []
    message = say_plural(
        "{n} picture to {characters} characters of text; filters do not mind the ratio",
        "{n} pictures to {characters} characters of text; filters do not mind the ratio",
        len(images), characters=characters,
    )  # fmt: skip
    return [FOUND.finding(message, known.value.where(images[0].start, images[0].end))]


CHECK = Check(
    id="image-text-ratio", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("more text than pictures, which does not matter"), needs=html, judge=judge, default=False,
)  # fmt: skip
