"""Results and policy into a score range, a verdict and the fixes ranked by gain. Pure; no number of its own.

The low end counts every unknown as bad, the high end as good. With nothing unknown both meet; in an area where nothing
is known there is no score. So a blocked resolver can widen the range but never raise its low end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from reputation.model import Area, Coverage, Fix, Outcome, Range, Result, Score, Severity, Verdict
from reputation.policy import Policy

BAD = (Outcome.FAIL, Outcome.WARN)


def score(results: Sequence[Result], policy: Policy) -> Score:
    """The score of the whole and of each area that was examined."""
    by_area: dict[Area, list[Result]] = defaultdict(list)
    for result in results:
        if policy.areas.get(result.area) and result.outcome is not Outcome.SKIPPED:
            by_area[result.area].append(result)
    ranges = {area: _area_range(rows, policy) for area, rows in by_area.items()}
    areas = {area: None if _all_unknown(by_area[area]) else found for area, found in ranges.items()}
    known = [area for area, found in areas.items() if found is not None]
    if not known:
        return Score(None, areas)
    low = min(_mean(ranges, policy, "low"), _cap(results, policy, unknown_is_bad=True))
    high = min(_mean(ranges, policy, "high"), _cap(results, policy, unknown_is_bad=False))
    return Score(Range(low, high), areas)


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
    alike = Counter((key[:2], _sort(rows)) for key, rows in groups.items())
    now = _total(results, policy)
    found = []
    for key, rows in groups.items():  # where another target is as bad, mending one gains nothing: a check counts once
        gains = alike[key[:2], _sort(rows)] == 1 or _is_summed(rows, policy)
        found.append((not _stops(rows), _fix(rows, _mended(rows, results, policy) - now if gains else 0)))
    found.sort(key=lambda one: (one[0], -one[1].gain, one[1].outcome is not Outcome.FAIL, one[1].check, one[1].target))
    return tuple(fix for _, fix in found)


def _stops(rows: Iterable[Result]) -> bool:
    return any(row.outcome is Outcome.FAIL and row.severity is Severity.CRITICAL for row in rows)


def _sort(rows: Iterable[Result]) -> frozenset[tuple[Outcome, Severity]]:
    """What the points of one group depend on."""
    return frozenset((row.outcome, row.severity) for row in rows)


def _is_summed(rows: Iterable[Result], policy: Policy) -> bool:
    """Whether the points of several targets add up."""
    return any(str(row.details.get("group", "")) in policy.groups for row in rows)


def _fix(rows: Sequence[Result], gain: int) -> Fix:
    worst = rows[0]
    return Fix(
        worst.check, worst.target, worst.message, worst.remedy, max(0, gain), worst.outcome,
        tuple(row.fingerprint for row in rows),
    )  # fmt: skip


def _mended(rows: Sequence[Result], results: Sequence[Result], policy: Policy) -> int:
    """The score once these are repaired."""
    mending = {id(row) for row in rows}
    return _total([r._replace(outcome=Outcome.PASS) if id(r) in mending else r for r in results], policy)


def _total(results: Sequence[Result], policy: Policy) -> int:
    total = score(results, policy).total
    return total.high if total else 0


def _area_range(rows: Sequence[Result], policy: Policy) -> Range:
    return Range(_area_score(rows, policy, unknown_is_bad=True), _area_score(rows, policy, unknown_is_bad=False))


def _area_score(rows: Sequence[Result], policy: Policy, *, unknown_is_bad: bool) -> int:
    """100 minus the points of what is wrong; each check (and each list) counts once, with its worst target."""
    worst: dict[tuple[str, str], int] = {}
    groups: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.outcome in BAD or (unknown_is_bad and row.outcome is Outcome.UNKNOWN):
            points = policy.points_of(row.check, row.severity)
            group = str(row.details.get("group", ""))
            if group in policy.groups:
                groups[group] = min(policy.groups[group], groups[group] + points)
            else:
                worst[row.subject_key] = max(worst.get(row.subject_key, 0), points)
    return max(0, 100 - sum(worst.values()) - sum(groups.values()))


def _mean(ranges: dict[Area, Range], policy: Policy, end: str) -> int:
    weight = sum(policy.areas[area] for area in ranges)
    return round(sum(policy.areas[area] * int(getattr(found, end)) for area, found in ranges.items()) / weight)


def _cap(results: Sequence[Result], policy: Policy, *, unknown_is_bad: bool) -> int:
    reached = [cap for name, cap in policy.caps.items() if _cap_applies(name, results, unknown_is_bad)]
    return min([100, *reached])


def _cap_applies(name: str, results: Sequence[Result], unknown_is_bad: bool) -> bool:
    """A cap of several parts needs all of its parts."""
    parts: dict[str, bool] = defaultdict(bool)
    for row in results:
        for cap, part in _caps_of(row):
            if cap == name:
                bad = row.outcome is Outcome.FAIL or (unknown_is_bad and row.outcome is Outcome.UNKNOWN)
                parts[part] = parts[part] or bad
    return bool(parts) and all(parts.values())


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
