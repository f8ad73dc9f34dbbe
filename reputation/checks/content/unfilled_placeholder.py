"""A placeholder that was not filled.

Why: {{first_name}}, [Name] or *|FNAME|* that reaches a reader shows that nobody looked. The tags of a sending tool
({{...}}, *|...|*) are right in a template, so they are a note or a warning; [Name] and 【姓名】 no tool fills, so they
must go.
Bad:
    Dear {{first_name}},
Good:
    Dear Anna,
Fix: Send yourself a test with real data, or fill the placeholder by hand.
Source: Mail-merge practice; tag forms of Mailchimp, HubSpot, Sendgrid, Word, Liquid (read 2026)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, named, shown
from reputation.checks.content._needs import (
    value,
    whole,
)
from reputation.checks.content._placeholders import is_tag, placeholders
from reputation.facts.draft import DraftFacts, DraftKind
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.later import later
from reputation.text import say, say_plural

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)
TEMPLATE = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL)
BY_HAND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MAJOR)

_FILLED_FOR_ALL = later(  # ways out, and who the sender is: the tool fills them without knowing the reader
    r"unsub|opt_?out|preferences|update_?profile|profile_center|manage_?subscription|browser|web_?(?:version|view)"
    r"|view_?(?:in_?|e?mail|online)|\b(?:mirror|archive)|forward_?to|track_?(?:open|click|view)|\blist[:_.]|sender"
    r"|organi[sz]ation[._]|(?:postal|mailing|physical|company)_?address|current_?year",
    re.IGNORECASE,
)
_MOST = 200


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """In all that goes out; the tags of a tool are one finding, a note where a tool sends the HTML."""
    if isinstance(known, Absent):
        return None
    found = list(_found(known.value))
    tags = [pair for pair in found if is_tag(pair[0]) and not _FILLED_FOR_ALL.search(pair[0])]
    by_hand = apart((pair for pair in found if not is_tag(pair[0])), lambda pair: pair[0].lower())
    finder = TEMPLATE if known.value.kind is DraftKind.HTML else FOUND
    return [*(_finding(*pair, times) for pair, times in by_hand), *_tags(tags, finder)]


def _found(facts: DraftFacts) -> Iterator[tuple[str, Where]]:
    line = value(facts.subject)
    if line:
        yield from ((match[0], line.spot(*match.span())) for match in placeholders(line.text))
    for text in filter(None, (*facts.texts, facts.targets)):
        for match in islice(placeholders(text.visible.text), _MOST):
            yield match[0], text.where_visible(*match.span())


def _finding(seen: str, where: Where, times: int) -> Finding:
    return BY_HAND.finding(say("the placeholder {seen} is not filled", seen=shown(seen)), where, seen, times=times)


def _tags(tags: list[tuple[str, Where]], finder: Finder) -> list[Finding]:
    words = list(dict.fromkeys(seen for seen, _ in tags))
    if not words:
        return []
    message = say_plural(
        "{n} tag of a sending tool: {words}; a message sent by hand keeps it as it is",
        "{n} tags of a sending tool: {words}; a message sent by hand keeps them as they are", len(words),
        words=named(words),
    )  # fmt: skip
    return [finder.finding(message, tags[0][1], *words[:5])]


CHECK = Check(
    id="unfilled-placeholder", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no placeholder is left"), needs=whole, judge=judge,
)  # fmt: skip
