"""SARIF 2.1.0 for code scanning: stable rules, fingerprints, and no result for what could not be checked.

OASIS SARIF 2.1.0 sections 3.19, 3.20, 3.27 and 3.58 (notifications).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from reputation.checks.about import About, about
from reputation.formats import RenderOptions
from reputation.formats.evidence import LABELS, label_code
from reputation.formats.json_pieces import Fields, json_pieces
from reputation.formats.places import from_folder, result_from_folder
from reputation.model import OUTCOME_OF_SEVERITY, UNREADABLE, DraftProblem, Json, Outcome, Report, Result
from reputation.text import Text, say
from reputation.text import render as words

_LEVELS = {Outcome.FAIL: "error", Outcome.WARN: "warning", Outcome.INFO: "note"}
_RFC = re.compile(r"\bRFC (\d{3,5})\b")
_ADDRESS = re.compile(r"\b(?:[a-z0-9-]+\.)+[a-z]{2,4}/[^\s,;)]+")


def render(report: Report, options: RenderOptions) -> str:
    """One run with its rules, results, and a notification for each thing that stayed unknown."""
    found = [r for r in report.results if r.outcome in _LEVELS]
    unknown = [r for r in report.results if r.outcome is Outcome.UNKNOWN]
    rules = sorted({r.check for r in found})
    driver: dict[str, Json] = {
        "name": "reputation", "version": report.tool_version,
        "rules": [_rule(rule, options.language) for rule in rules],
    }  # fmt: skip
    run: Fields = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.problems,
                "toolExecutionNotifications": [
                    *(_unread(one, options) for one in report.problems),
                    *(_notification(r, options) for r in unknown),
                ],
            }
        ],
        "results": (_result(r, rules.index(r.check), options) for r in found),
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return "".join(json_pieces({"$schema": schema, "version": "2.1.0", "runs": iter([run])})) + "\n"


def _rule(check: str, language: str) -> Json:
    """What is known of a check; of one that is not ours (a second filter) only its name."""
    named: dict[str, Json] = {"id": check, "name": "".join(part.capitalize() for part in check.split("-"))}
    known = about(check)
    if known is None:
        return {**named, "shortDescription": {"text": check}, "fullDescription": {"text": check}}
    page = known.page
    title, why, fix, source = (words(Text(part), language) for part in (page.title, page.why, page.fix, page.source))
    address = _address(page.source)
    return {
        **named, "shortDescription": {"text": title}, "fullDescription": {"text": why},
        "help": {"text": f"{why}\n\n{fix}\n\n{source}", "markdown": "\n\n".join(_help(known, language))},
        **({"helpUri": address} if address else {}),
        "defaultConfiguration": {
            "enabled": known.default, "level": _LEVELS[OUTCOME_OF_SEVERITY[known.severities[0]]],
        },
        "properties": {"evidence_labels": list(known.evidence)},
    }  # fmt: skip


def _help(known: About, language: str) -> Iterator[str]:
    """The page of the check in Markdown."""
    page = known.page
    yield words(Text(page.why), language)
    for heading, example in ((say("Bad"), page.bad), (say("Good"), page.good)):
        yield f"**{words(heading, language)}**\n\n```text\n{words(Text(example), language)}\n```"
    labels = say("{names}", names=tuple(LABELS[one] for one in known.evidence))
    for heading, text in (
        (say("What to do"), Text(page.fix)), (say("Source"), Text(page.source)), (say("Evidence"), labels),
    ):  # fmt: skip
        if text is not labels or known.evidence:
            yield f"**{words(heading, language)}** {words(text, language)}"


def _address(source: str) -> str:
    """The first page that the source names, where it names one."""
    rfc, written = _RFC.search(source), _ADDRESS.search(source)
    if written and (rfc is None or written.start() < rfc.start()):
        return f"https://{written[0]}"
    return f"https://www.rfc-editor.org/rfc/rfc{rfc[1]}" if rfc else ""


def _result(found: Result, rule: int, options: RenderOptions) -> Json:
    result = result_from_folder(found, options.folder)
    return {
        "ruleId": result.check, "ruleIndex": rule, "level": _LEVELS[result.outcome],
        "message": {"text": words(result.message, options.language)}, "locations": [_location(result)],
        "partialFingerprints": {"reputation/v1": result.fingerprint},
        "properties": {
            "target": result.target, "observed": list(result.evidence), "list": result.details.get("zone"),
            "evidence_label": label_code(result) or None,
        },
    }  # fmt: skip


def _location(result: Result) -> Json:
    """A place in the draft; what was found in DNS has no file and points at the configuration that names it."""
    where = result.where
    if where is None:
        return {"physicalLocation": {"artifactLocation": {"uri": "reputation.toml"}, "region": {"startLine": 1}}}
    region: dict[str, Json] = {"startLine": max(1, where.line), "startColumn": max(1, where.column)}
    if where.end_line:
        region |= {"endLine": where.end_line, "endColumn": max(1, where.end_column)}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(where.file)}, "region": region}}


def _uri(file: str) -> str:
    """A relative reference (RFC 3986 section 4.2): no colon or blank of a file name reads as something else."""
    return quote(file.replace("\\", "/"), safe="/", errors="surrogatepass")


def _unread(problem: DraftProblem, options: RenderOptions) -> Json:
    uri = _uri(from_folder(problem.file, options.folder))
    return {
        "level": "error", "message": {"text": words(problem.message, options.language)},
        "descriptor": {"id": UNREADABLE}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}}}],
    }  # fmt: skip


def _notification(result: Result, options: RenderOptions) -> Json:
    return {
        "level": "error" if options.strict else "note",
        "message": {"text": f"{result.target}: {words(result.message, options.language)}"},
        "descriptor": {"id": result.check},
    }  # fmt: skip
