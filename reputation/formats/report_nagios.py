"""One status line for Nagios and Icinga, performance data behind it, the findings below (nagios.org plugin API).

Codes: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. UNKNOWN only when nothing worse is known and nothing could be found out,
or with --strict anything could not. "|" begins the performance data, so no text may hold one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from reputation.formats import RenderOptions
from reputation.formats.clean import one_line
from reputation.formats.columns import columns
from reputation.formats.summary import CAUSES, subject_names
from reputation.model import Area, Outcome, Report, Result
from reputation.plugin_range import PluginRange
from reputation.text import Text, say, say_plural
from reputation.text import render as render_text

OK, WARNING, CRITICAL, UNKNOWN = range(4)
NAMES: Final = ("OK", "WARNING", "CRITICAL", "UNKNOWN")
WIDEST: Final = 79
WIDEST_SAID: Final = 160  # of a plugin whose words are older than ours
_MARKS: Final = {Outcome.FAIL: "FAIL", Outcome.WARN: "WARN", Outcome.UNKNOWN: "?"}
_SHOWN: Final = 50
_BAD: Final = (Outcome.FAIL, Outcome.WARN)


def render(report: Report, options: RenderOptions) -> str:
    """The plugin's output."""
    return plugin_output(report, options, "REPUTATION", None)


def plugin_output(report: Report, options: RenderOptions, name: str, said: str | None) -> str:
    """The same under another name; `said` takes the place of our own words."""
    code = report_code(report, options)
    words = said if said is not None else _plain(_words(report), options)
    head = _cut(f"{name} {NAMES[code]} - {words}", WIDEST if said is None else WIDEST_SAID)
    return "\n".join([f"{head} | {_performance(report, options)}", *_details(report, options)]) + "\n"


def report_code(report: Report, options: RenderOptions) -> int:
    """The exit code of a whole report: a draft that could not be read leaves it open."""
    return plugin_code(report.results, options) or (UNKNOWN if report.problems else OK)


def plugin_code(results: Sequence[Result], options: RenderOptions) -> int:
    """The exit code of the plugin. Thresholds count listings; without them their severity decides."""
    known = [r for r in results if r.outcome is not Outcome.SKIPPED]
    limits = (options.warning, options.critical)
    judged = [r for r in known if not (any(limits) and r.area is Area.LISTING)]
    code = max([_limited(len(listed(known)), *limits), *(_CODES.get(r.outcome, OK) for r in judged)])
    open_questions = [r for r in known if r.outcome is Outcome.UNKNOWN]
    if code == OK and (len(open_questions) == len(known) or (options.strict and open_questions)):
        return UNKNOWN
    return code


_CODES: Final = {Outcome.FAIL: CRITICAL, Outcome.WARN: WARNING}


def _limited(count: int, warning: PluginRange | None, critical: PluginRange | None) -> int:
    if critical and critical.alerts(count):
        return CRITICAL
    return WARNING if warning and warning.alerts(count) else OK


def listed(results: Iterable[Result]) -> list[Result]:
    """The listings that speak against the sender."""
    return [r for r in results if r.outcome in _BAD and r.details.get("state") == "listed"]


def zones(results: Iterable[Result]) -> list[str]:
    """The lists that these results come from, each once."""
    return list(dict.fromkeys(str(r.details["zone"]) for r in results if "zone" in r.details))


def _words(report: Report) -> Text:
    """Who, how many listings and where, what else failed, and what stayed open."""
    names, asked = subject_names(report), [r for r in report.results if r.outcome is not Outcome.SKIPPED]
    who = say("{name} and {n} more", name=names[0], n=len(names) - 1) if len(names) > 1 else (names or ("?",))[0]
    parts: list[Text | str] = []
    hits, others = listed(asked), [r for r in asked if r.area is not Area.LISTING and r.outcome in _BAD]
    if any(r.area is Area.LISTING for r in asked):
        parts.append(say("listed by {n} of {lists}", n=len(zones(hits)), lists=len(zones(asked))))
    if others:
        parts.append(say_plural("{n} check failed", "{n} checks failed", len(others)))
    unknown = sum(r.outcome is Outcome.UNKNOWN for r in asked) + len(report.problems)
    if unknown:
        parts.append(say("{n} not checked", n=unknown))
    if hits:
        parts.append(say("on {lists}", lists=tuple(zones(hits))))
    if not asked:
        return say("{who}: nothing was asked, no list and no check is meant for it", who=who)
    return say("{who}: {parts}", who=who, parts=tuple(parts)) if parts else say("{who}: fine", who=who)


def _performance(report: Report, options: RenderOptions) -> str:
    asked = [r for r in report.results if r.outcome is not Outcome.SKIPPED]
    lists, hits = len(zones(asked)), len(listed(asked))
    warning, critical = (limit.text if limit else "" for limit in (options.warning, options.critical))
    unknown = sum(r.outcome is Outcome.UNKNOWN for r in asked)
    return f"servers={hits};{warning};{critical};0 time={report.run.duration_s:.2f}s;;;0 unknown={unknown};;;0 lists={lists};;;0"  # fmt: skip  # noqa: E501


def _details(report: Report, options: RenderOptions) -> Iterator[str]:
    findings = [r for r in report.results if r.outcome in _MARKS]
    findings.sort(key=lambda r: list(_MARKS).index(r.outcome))
    for result in findings[:_SHOWN]:
        name = str(result.details.get("list", "")) or result.check
        cause = render_text(CAUSES[result.cause], options.language) if result.cause else ""
        message = cause if result.outcome is Outcome.UNKNOWN else render_text(result.message, options.language)
        yield _safe(f"[{_MARKS[result.outcome]}] {result.target} {name}: {message}")
    if len(findings) > _SHOWN:
        yield _plain(say("and {n} more", n=len(findings) - _SHOWN), options)


def _plain(text: Text, options: RenderOptions) -> str:
    return _safe(render_text(text, options.language))


def _safe(text: str) -> str:
    return one_line(" ".join(text.split())).replace("|", "/")


def _cut(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    cut = text
    while columns(cut) > width - 3:
        cut = cut[:-1]
    whole = max(cut.rfind(", "), cut.rfind(" ("))  # half a number or half a name would mislead
    return (cut[:whole] if whole > width // 2 else cut).rstrip(" ,:(") + "..."
