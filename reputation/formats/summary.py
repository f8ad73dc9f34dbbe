"""What every format for people says in the same words: the verdict, the score, the areas, what stayed unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reputation.bad_input import called
from reputation.model import Area, Cause, Fix, Outcome, Range, Remedy, Report, Result, Severity, Verdict
from reputation.text import Text, render, say, say_plural

_NAMED_SUBJECTS = 10
VERDICTS: dict[Verdict, Text] = {
    Verdict.READY: say("ready"),
    Verdict.FIX_FIRST: say("fix first"),
    Verdict.STOP: say("stop"),
    Verdict.UNDECIDED: say("undecided"),
}
OUTCOMES: dict[Outcome, Text] = {
    Outcome.FAIL: say("FAIL"),
    Outcome.WARN: say("WARN"),
    Outcome.INFO: say("INFO"),
    Outcome.PASS: say("ok"),
    Outcome.UNKNOWN: say("?"),
    Outcome.SKIPPED: say("-"),
}
AREAS: dict[Area, Text] = {
    Area.LISTING: say("Blocklists"),
    Area.AUTHENTICATION: say("Authentication"),
    Area.CONTENT: say("Content"),
    Area.COMPLIANCE: say("Compliance"),
    Area.BOUNCE: say("Bounces"),
    Area.RECIPIENT: say("Recipients"),
}
CAUSES: dict[Cause, Text] = {
    Cause.TIMEOUT: say("no answer in time"),
    Cause.SERVFAIL: say("name server failed"),
    Cause.REFUSED: say("name server refused"),
    Cause.BLOCKED_BY_OPERATOR: say("the list refuses this resolver"),
    Cause.RATE_LIMITED: say("daily allowance used up"),
    Cause.NO_KEY: say("needs a key"),
    Cause.MALFORMED_ANSWER: say("answer cannot be understood"),
    Cause.LIST_UNTRUSTED: say("list failed its own test"),
    Cause.OFFLINE: say("offline"),
    Cause.TOO_COMPLEX: say("could not be read whole"),
    Cause.INTERNAL_ERROR: say("our own fault"),
}
SCORE_MEANS = say("A summary of this checklist, not a forecast of the inbox.")
NO_SCORE = say("No score: nothing could be found out.")
_DECIDING = {Area.LISTING, Area.AUTHENTICATION}
_UNANSWERED = {Cause.TIMEOUT, Cause.REFUSED, Cause.SERVFAIL}
FEW, MANY = 4, 12  # names in the headline, places of one finding
SHOWN = (Outcome.FAIL, Outcome.WARN, Outcome.INFO)


@dataclass(frozen=True, slots=True)
class AreaView:
    """One area: what to show of it, and how many passed, stayed unknown and were asked."""

    area: Area
    title: Text
    findings: tuple[Result, ...]
    passed: tuple[Result, ...]
    unknown: int
    asked: int


@dataclass(frozen=True, slots=True)
class FindingView:
    """What one check found about one target: the first place in full, and the others of its kind."""

    result: Result
    others: tuple[Result, ...]
    fix: int  # its number among the fixes, from 1; 0 when it is none of them


@dataclass(frozen=True, slots=True)
class UnknownView:
    """All that stayed unknown for one cause, with the one remedy."""

    cause: Cause
    title: Text
    names: tuple[str, ...]
    counts: tuple[Text, ...]
    messages: tuple[Text, ...]
    remedy: Remedy | None


def subject_names(report: Report) -> tuple[str, ...]:
    """What the report is about, as people read it: U-labels where there are some."""
    subject = report.subject
    domains = tuple(subject.display.get(domain, domain) for domain in subject.domains)
    return (*domains, *subject.ips) if domains or subject.ips else subject.drafts


def subjects(report: Report) -> Text:
    """The same in one line; of hundreds only the first and their number."""
    names = subject_names(report)
    if len(names) <= _NAMED_SUBJECTS:
        return say("{names}", names=names)
    return say("{targets} and {n} more", targets=names[:_NAMED_SUBJECTS], n=len(names) - _NAMED_SUBJECTS)


def headline(report: Report) -> Text:
    """The verdict in one sentence."""
    failed = [fix for fix in report.fixes if fix.outcome is Outcome.FAIL]
    if report.verdict is Verdict.STOP:
        return _stop(report)
    if report.verdict is Verdict.UNDECIDED:
        return _undecided(report)
    if report.verdict is Verdict.FIX_FIRST:
        return say_plural("Fix {n} thing before you send.", "Fix {n} things before you send.", len(failed))
    if report.coverage.unknown:
        return say_plural(
            "Nothing was found against sending, but {n} of {asked} checks could not be made.",
            "Nothing was found against sending, but {n} of {asked} checks could not be made.", report.coverage.unknown,
            asked=report.coverage.asked,
        )  # fmt: skip
    looked = {r.area for r in report.results if r.outcome is not Outcome.SKIPPED}
    if looked and _DECIDING - looked:
        only = tuple(AREAS[area] for area in AREAS if area in looked and area is not Area.COMPLIANCE)
        return say("Nothing was found against sending, but only this was looked at: {areas}.", areas=only)
    return say("Nothing was found that keeps the mail from arriving.")


def _stop(report: Report) -> Text:
    critical = [r for r in report.results if r.outcome is Outcome.FAIL and r.severity is Severity.CRITICAL]
    if not critical:
        return say("Do not send yet.")
    what, target = _short(critical[0]), critical[0].target
    several = len(report.subject.domains) > 1 and target in report.subject.domains
    if several and beside(str(what), target):
        what = placed(report.subject.display.get(target, target), what)
    return say("Do not send yet: {what}", what=what)


def _undecided(report: Report) -> Text:
    if report.coverage.unknown == report.coverage.asked and not report.problems:
        return _nothing_known(report)
    names = _open(report)
    shown: Text = say("{names}", names=names[:FEW])
    if len(names) > FEW:
        shown = say_plural("{start} and {n} more", "{start} and {n} more", len(names) - FEW, start=shown)
    return say("No verdict yet: {names} could not be checked, and that decides it.", names=shown)


def _nothing_known(report: Report) -> Text:
    causes = {r.cause for r in report.results if r.outcome is Outcome.UNKNOWN}
    if causes <= _UNANSWERED:
        return say(
            "Nothing could be checked: not one question was answered. Is this computer online? Open any web page to "
            "see, then run this again."
        )
    return say("Nothing could be checked, so nothing can be said.")


def _open(report: Report) -> tuple[Text | str, ...]:
    """What the verdict waits for: lists and drafts by their names, the other checks by their area and number."""
    rows = [r for r in report.results if _is_critical_unknown(r)]
    lists = _names([r for r in rows if "list" in r.details])
    drafts = [called(one.file) for one in report.problems]
    return (*lists, *drafts, *by_area([r for r in rows if "list" not in r.details]))


def by_area(rows: Sequence[Result]) -> tuple[Text, ...]:
    """How many of them belong to each area."""
    counted = [(area, sum(r.area is area for r in rows)) for area in AREAS]
    return tuple(say("{area} ({n})", area=AREAS[area], n=n) for area, n in counted if n)


def _is_critical_unknown(result: Result) -> bool:
    critical = result.severity is Severity.CRITICAL or bool(result.details.get("critical"))
    return result.outcome is Outcome.UNKNOWN and critical


def _short(result: Result) -> Text:
    name = str(result.details.get("list", ""))
    return say("{target} is listed by {list}.", target=result.target, list=name) if name else result.message


def remarks(report: Report) -> tuple[Text, ...]:
    """What is said once, below all findings: first the drafts that could not be read, then the notes."""
    return (*(one.message for one in report.problems), *report.notes)


def score_sentence(report: Report) -> Text:
    """The score as a number or a range."""
    total = report.score.total
    if total is None:
        return NO_SCORE
    if total.low == total.high:
        return say("Score {n} of 100.", n=total.low)
    return say("Score {low} to {high} of 100: the rest is not known.", low=total.low, high=total.high)


def areas(report: Report) -> tuple[AreaView, ...]:
    """The areas that were examined, in the order of the report."""
    found: dict[Area, list[Result]] = defaultdict(list)
    for result in report.results:
        if result.outcome is not Outcome.SKIPPED:
            found[result.area].append(result)
    return tuple(_area(area, found[area]) for area in AREAS if area in found)


def _area(area: Area, rows: Sequence[Result]) -> AreaView:
    outcomes, severities = list(SHOWN), list(Severity)
    findings = sorted(
        (r for r in rows if r.outcome in outcomes),
        key=lambda r: (outcomes.index(r.outcome), severities.index(r.severity), _place(r)),
    )
    passed = tuple(r for r in rows if r.outcome is Outcome.PASS)
    unknown = sum(r.outcome is Outcome.UNKNOWN for r in rows)
    return AreaView(area, AREAS[area], tuple(findings), passed, unknown, len(rows))


def grouped(view: AreaView, fixes: Sequence[Fix]) -> tuple[FindingView, ...]:
    """The findings of an area, those of one check, outcome and target together; an overview keeps its lines."""
    numbers = {name: number for number, fix in enumerate(fixes, 1) for name in fix.results}
    found: dict[tuple[object, ...], list[Result]] = defaultdict(list)
    for result in view.findings:
        line = id(result) if result.area is Area.COMPLIANCE else 0
        found[(*result.subject_key, result.outcome, result.target, line)].append(result)
    return tuple(FindingView(rows[0], tuple(rows[1:]), numbers.get(rows[0].fingerprint, 0)) for rows in found.values())


def place_of(result: Result) -> str:
    """Where it was found, as editors write it: file:line:column, or else the target."""
    where = result.where
    if where is None or not where.line:
        return where.file if where else result.target
    return f"{where.file}:{where.line}:{where.column}"


def also(others: Sequence[Result], language: str) -> str:
    """The other places of a finding, such as `12:4 CLICK HERE, 13:1 no risk`."""
    places = [_also(one, language) for one in others[:MANY]]
    text: Text = say("also {places}", places=tuple(places))
    rest = len(others) - len(places)
    if rest > 0:
        text = say_plural("{start} and {n} more", "{start} and {n} more", rest, start=text)
    return render(text, language)


def _also(result: Result, language: str) -> str:
    place = f"{result.where.line}:{result.where.column}" if result.where and result.where.line else ""
    seen = result.evidence[0][:40] if result.evidence else render(result.message, language)
    return f"{place} {seen}".strip()


def above(number: int) -> Text:
    """Points at a fix further up."""
    return say("(see {n} above)", n=number)


def beside(message: str, target: str) -> str:
    """The target, unless the message names it already."""
    return "" if target in message else target


def placed(place: str, message: Text) -> Text:
    """Where, then what."""
    return say("{place}: {message}", place=place, message=message)


def score_of(found: Range | None) -> str:
    """`84-100/100`, `20/100`, or a hyphen where nothing is known."""
    if found is None:
        return "-"
    return f"{found.low}/100" if found.low == found.high else f"{found.low}-{found.high}/100"


def _place(result: Result) -> tuple[str, int, int]:
    return (result.where.file, result.where.line, result.where.column) if result.where else ("", 0, 0)


def area_counts(view: AreaView) -> Text:
    """ "17 checked: 15 fine, 2 not checked"."""
    parts: list[Text | str] = []
    fails = sum(r.outcome is Outcome.FAIL for r in view.findings)
    warns = sum(r.outcome is Outcome.WARN for r in view.findings)
    clean = say("{n} clean", n=len(view.passed)) if view.area is Area.LISTING else say("{n} fine", n=len(view.passed))
    if fails:
        parts.append(say("{n} failed", n=fails))
    if warns:
        parts.append(say_plural("{n} warning", "{n} warnings", warns))
    if view.passed:
        parts.append(clean)
    if view.unknown:
        parts.append(say("{n} not checked", n=view.unknown))
    return say("{n} asked: {parts}", n=view.asked, parts=tuple(parts))


def unknowns(report: Report) -> tuple[UnknownView, ...]:
    """What could not be checked, grouped by cause, most first."""
    found: dict[Cause, list[Result]] = defaultdict(list)
    for result in report.results:
        if result.outcome is Outcome.UNKNOWN and result.cause:
            found[result.cause].append(result)
    views = [_unknown(cause, rows) for cause, rows in found.items()]
    return tuple(sorted(views, key=lambda view: (-len(view.messages), view.cause)))


def _unknown(cause: Cause, rows: Sequence[Result]) -> UnknownView:
    messages = tuple(dict.fromkeys(row.message for row in rows))
    return UnknownView(cause, CAUSES[cause], _names(rows), by_area(rows), messages, rows[0].remedy)


def _names(rows: Sequence[Result]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row.details.get("list", "")) or row.check for row in rows))


def top_fixes(report: Report, count: int = 3) -> tuple[tuple[Fix, ...], int]:
    """The fixes to show, and how many more there are."""
    return report.fixes[:count], max(0, len(report.fixes) - count)
