"""Results and policy into a score range, a verdict and the fixes ranked by gain. Pure; no number of its own.

The low end counts every unknown as bad, the high end as good. With nothing unknown both meet; in an area where nothing
is known there is no score. So a blocked resolver can widen the range but never raise its low end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest

from reputation.model import Area, Coverage, Fix, Outcome, Range, Result, Score, Severity, Verdict
from reputation.policy import Policy

BAD = (Outcome.FAIL, Outcome.WARN)


def score(results: Sequence[Result], policy: Policy) -> Score:
    """The score of the whole and of each area that was examined."""
    low, high = (_End(results, policy, unknown_is_bad=bad) for bad in (True, False))
    areas = {area: Range(low.areas[area], high.areas[area]) if area in high.known else None for area in high.areas}
    return Score(Range(low.total(), high.total()) if high.known else None, areas)


def coverage(results: Iterable[Result]) -> Coverage:
    """How many checks were asked and how many of them stayed unknown. What does not apply was not asked."""
    outcomes = [r.outcome for r in results if r.outcome is not Outcome.SKIPPED]
    return Coverage(len(outcomes), outcomes.count(Outcome.UNKNOWN))


def verdict(results: Sequence[Result]) -> Verdict:
    """The report in one word: a critical fault stops, an open critical question leaves it undecided."""
    known = [r for r in results if r.outcome not in (Outcome.UNKNOWN, Outcome.SKIPPED)]
    if _stops(known):
        return Verdict.STOP
    if not known or any(_is_open_critical(r) for r in results):
        return Verdict.UNDECIDED
    return Verdict.FIX_FIRST if any(r.outcome is Outcome.FAIL for r in known) else Verdict.READY


def fixes(results: Sequence[Result], policy: Policy) -> tuple[Fix, ...]:
    """What to repair: what stops the mail, then most gain first.

    The gain is the score with the fix applied minus the score now.
    """
    groups: dict[tuple[str, str, str], list[Result]] = defaultdict(list)
    for result in results:
        if result.outcome in BAD:
            groups[(*result.subject_key, result.target)].append(result)
    end = _End(results, policy, unknown_is_bad=False)
    now = end.total()
    found = [(not _stops(rows), _fix(rows, end.total(rows) - now if end.known else 0)) for rows in groups.values()]
    found.sort(key=lambda one: (one[0], -one[1].gain, one[1].outcome is not Outcome.FAIL, one[1].check, one[1].target))
    return tuple(fix for _, fix in found)


def _stops(rows: Iterable[Result]) -> bool:
    return any(row.outcome is Outcome.FAIL and row.severity is Severity.CRITICAL for row in rows)


def _fix(rows: Sequence[Result], gain: int) -> Fix:
    worst = rows[0]
    return Fix(
        worst.check, worst.target, worst.message, worst.remedy, max(0, gain), worst.outcome,
        tuple(row.fingerprint for row in rows),
    )  # fmt: skip


class _End:
    """One end of the score: the sums of which it is made, so that a repair costs a subtraction and no second count."""

    def __init__(self, results: Sequence[Result], policy: Policy, *, unknown_is_bad: bool) -> None:
        self._policy = policy
        self._bad = (*BAD, Outcome.UNKNOWN) if unknown_is_bad else BAD
        self._caps = _Caps(results, unknown_is_bad=unknown_is_bad)
        weighed = (row for row in results if row.outcome is not Outcome.SKIPPED and policy.areas.get(row.area))
        examined = _by_area(weighed)
        self._lost = {area: _Lost(self._bad_of(rows), policy) for area, rows in examined.items()}
        self.areas = {area: max(0, 100 - lost.points) for area, lost in self._lost.items()}
        self.known = {area for area, rows in examined.items() if not _all_unknown(rows)}

    def total(self, mended: Sequence[Result] = ()) -> int:
        """The score of the whole once these are repaired; they are all that is bad about one target of one check."""
        areas = self.areas
        for area, rows in _by_area(self._bad_of(mended)).items():
            if area in areas:
                lost = self._lost[area]
                areas = {**areas, area: max(0, 100 - lost.points + lost.regained(rows))}
        reached = [cap for name, cap in self._policy.caps.items() if self._caps.applies(name, mended)]
        return min([self._mean(areas), 100, *reached])

    def _bad_of(self, rows: Iterable[Result]) -> list[Result]:
        return [row for row in rows if row.outcome in self._bad]

    def _mean(self, areas: Mapping[Area, int]) -> int:
        weights = self._policy.areas
        weight = sum(weights[area] for area in areas) or 1
        return round(sum(weights[area] * points for area, points in areas.items()) / weight)


class _Lost:
    """What an area loses: each check (and each list) counts once, with its worst target; a group adds up to its cap."""

    def __init__(self, rows: Iterable[Result], policy: Policy) -> None:
        self._policy = policy
        self._groups: Counter[str] = Counter()
        by_target: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for row in rows:
            points, targets = self._points(row), by_target[row.subject_key]
            if group := self._group(row):
                self._groups[group] += points
            elif points > targets.get(row.target, -1):
                targets[row.target] = points
        self._worst = {key: nlargest(2, targets.values()) for key, targets in by_target.items() if targets}
        grouped = sum(self._capped(group, points) for group, points in self._groups.items())
        self.points = grouped + sum(worst[0] for worst in self._worst.values())

    def regained(self, rows: Sequence[Result]) -> int:
        """How many points less are lost without these, which are all the bad rows of one target of one check."""
        alone = [self._points(row) for row in rows if not self._group(row)]
        groups = Counter[str]()
        for row in rows:
            groups[self._group(row)] += self._points(row)
        found = self._next_worst(rows[0].subject_key, max(alone)) if alone else 0
        for group in filter(None, groups):
            before = self._groups[group]
            found += self._capped(group, before) - self._capped(group, before - groups[group])
        return found

    def _next_worst(self, key: tuple[str, str], points: int) -> int:
        """What is left to the next target of the check, where this one is the worst."""
        first, *others = self._worst[key]
        return first - max(others, default=0) if points == first else 0

    def _capped(self, group: str, points: int) -> int:
        return min(self._policy.groups[group], points)

    def _group(self, row: Result) -> str:
        """The group of the policy whose points add up; "" where the check stands alone."""
        group = str(row.details.get("group", ""))
        return group if group in self._policy.groups else ""

    def _points(self, row: Result) -> int:
        return self._policy.points_of(row.check, row.severity)


class _Caps:
    """For each cap how many results hold up each of its parts; it needs all of them."""

    def __init__(self, results: Iterable[Result], *, unknown_is_bad: bool) -> None:
        self._bad = (Outcome.FAIL, Outcome.UNKNOWN) if unknown_is_bad else (Outcome.FAIL,)
        self._parts: dict[str, Counter[str]] = defaultdict(Counter)
        for row in results:
            for name, part in _caps_of(row):
                self._parts[name][part] += row.outcome in self._bad

    def applies(self, name: str, mended: Iterable[Result] = ()) -> bool:
        """Whether the cap still holds once these are repaired."""
        held = self._parts.get(name)
        if not held:
            return False
        freed = Counter(held_up for row in mended if row.outcome in self._bad for held_up in _caps_of(row))
        return all(count > freed[name, part] for part, count in held.items())


def _by_area(rows: Iterable[Result]) -> dict[Area, list[Result]]:
    found: dict[Area, list[Result]] = defaultdict(list)
    for row in rows:
        found[row.area].append(row)
    return found


def _caps_of(row: Result) -> list[tuple[str, str]]:
    """("critical-listing", zone) for a critical list; SPF and DKIM are the two parts of the other cap."""
    if row.area is Area.LISTING and row.severity is Severity.CRITICAL and "zone" in row.details:
        return [("critical-listing", "any")]
    return [("no-spf-and-no-dkim", row.check)] if row.check in ("spf-missing", "dkim-missing") else []


def _is_open_critical(row: Result) -> bool:
    critical = row.severity is Severity.CRITICAL or bool(row.details.get("critical"))
    return row.outcome is Outcome.UNKNOWN and critical


def _all_unknown(rows: Sequence[Result]) -> bool:
    return all(row.outcome is Outcome.UNKNOWN for row in rows)
