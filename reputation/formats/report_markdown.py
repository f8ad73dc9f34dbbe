"""The report for a ticket or a chat: Markdown in which no stranger's text becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.formats import RenderOptions
from reputation.formats.clean import one_line, safe_url
from reputation.formats.evidence import labelled
from reputation.formats.summary import (
    OUTCOMES,
    SCORE_MEANS,
    VERDICTS,
    AreaView,
    FindingView,
    also,
    area_counts,
    areas,
    beside,
    grouped,
    headline,
    place_of,
    remarks,
    score_of,
    score_sentence,
    subjects,
    unknowns,
)
from reputation.model import Remedy, Report
from reputation.text import Text, say
from reputation.text import render as words


def render(report: Report, options: RenderOptions) -> str:
    """CommonMark with tables."""
    page = "\n".join(_lines(report, options.language)).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", page) + "\n"


def _lines(report: Report, language: str) -> Iterator[str]:
    names = _text(subjects(report), language)
    yield f"# {names}: {_text(VERDICTS[report.verdict], language)}"
    yield ""
    yield f"**{_text(headline(report), language)}** {_text(score_sentence(report), language)}"
    yield f"{_text(SCORE_MEANS, language)}"
    if report.fixes:
        yield from _fixes(report, language)
    for view in areas(report):
        yield from _area(view, report, language)
    yield from _unknown(report, language)
    for note in remarks(report):
        yield from ("", f"> {_text(note, language)}")


def _fixes(report: Report, language: str) -> Iterator[str]:
    yield from ("", f"## {_text(say('Fix first'), language)}", "")
    for number, fix in enumerate(report.fixes, 1):
        gain = f" ({_text(say('+{n} points', n=fix.gain), language)})" if fix.gain else ""
        yield f"{number}. {_with_target(fix.target, words(fix.message, language))}{gain}"
        if fix.remedy:
            yield from _remedy(fix.remedy, language, " " * (len(str(number)) + 2))


def _with_target(target: str, message: str) -> str:
    named = beside(message, target)
    return f"**{_escape(named)}**: {_escape(message)}" if named else _escape(message)


def _remedy(remedy: Remedy, language: str, indent: str) -> Iterator[str]:
    """A paragraph of its own, so that it does not run into the finding; the record in a fence as long as it needs."""
    yield from ("", f"{indent}{_text(remedy.text, language)}")
    if remedy.record:
        yield from ("", f"{indent}```text", *(f"{indent}{_fenced(line)}" for line in remedy.record.splitlines()))
        yield f"{indent}```"
    if safe_url(remedy.url):
        yield from ("", f"{indent}<{remedy.url}>")
    yield ""


def _area(view: AreaView, report: Report, language: str) -> Iterator[str]:
    found = report.score.areas.get(view.area)
    score = f" ({score_of(found)})" if found else ""
    yield from ("", f"## {_text(view.title, language)}{score}", "", _text(area_counts(view), language))
    if view.findings:
        heading = (_text(word, language) for word in (say("Outcome"), say("Target"), say("Finding")))
        yield from ("", f"| {' | '.join(heading)} |", "| --- | --- | --- |")
        yield from (_row(finding, language) for finding in grouped(view, report.fixes))


def _row(view: FindingView, language: str) -> str:
    result = view.result
    more = f" ({_escape(also(view.others, language))})" if view.others else ""
    outcome, message = _text(OUTCOMES[result.outcome], language), _text(labelled(result), language)
    return f"| {outcome} | {_escape(place_of(result))} | {message}{more} |"


def _unknown(report: Report, language: str) -> Iterator[str]:
    views = unknowns(report)
    if not views:
        return
    coverage = report.coverage
    heading = say("Not checked: {n} of {asked}", n=coverage.unknown, asked=coverage.asked)
    yield from ("", f"## {_text(heading, language)}", "")
    for view in views:
        yield f"- {_text(say('{cause}: {names}', cause=view.title, names=view.names), language)}"
        if view.remedy:
            yield f"  {_text(view.remedy.text, language)}"


def _text(text: Text, language: str) -> str:
    return _escape(words(text, language))


def _escape(text: str) -> str:
    shown = re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", one_line(text))
    return re.sub(r"(?i)\b(https?|ftp)://", r"\1:\\//", shown)


def _fenced(text: str) -> str:
    return one_line(text).replace("```", "'''")
