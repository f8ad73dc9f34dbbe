"""SARIF 2.1.0 for code scanning: stable rules, fingerprints, and no result for what could not be checked.

OASIS SARIF 2.1.0 sections 3.19, 3.20, 3.27 and 3.58 (notifications).
"""

from __future__ import annotations

import json
from urllib.parse import quote

from reputation.checks.runner import advice_of, source_of, title_of
from reputation.formats import RenderOptions
from reputation.model import Json, Outcome, Report, Result
from reputation.text import Text
from reputation.text import render as words

_LEVELS = {Outcome.FAIL: "error", Outcome.WARN: "warning", Outcome.INFO: "note"}


def render(report: Report, options: RenderOptions) -> str:
    """One run with its rules, results, and a notification for each thing that stayed unknown."""
    found = [r for r in report.results if r.outcome in _LEVELS]
    unknown = [r for r in report.results if r.outcome is Outcome.UNKNOWN]
    rules = sorted({r.check for r in found})
    driver: dict[str, Json] = {
        "name": "reputation", "version": report.tool_version,
        "rules": [_rule(rule, options.language) for rule in rules],
    }  # fmt: skip
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_notification(r, options) for r in unknown],
            }
        ],
        "results": [_result(r, rules.index(r.check), options.language) for r in found],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(check: str, language: str) -> Json:
    title, (why, fix) = _words(title_of(check), language), advice_of(check)
    paragraphs = [one for one in (_words(why, language), _words(fix, language), source_of(check)) if one]
    return {
        "id": check, "name": "".join(part.capitalize() for part in check.split("-")),
        "shortDescription": {"text": title}, "fullDescription": {"text": _words(why, language) or title},
        "help": {"text": "\n\n".join(paragraphs) or title},
    }  # fmt: skip


def _words(sentence: str, language: str) -> str:
    """A sentence of a check's page, in the language of the reader."""
    return words(Text(sentence), language)


def _result(result: Result, rule: int, language: str) -> Json:
    return {
        "ruleId": result.check, "ruleIndex": rule, "level": _LEVELS[result.outcome],
        "message": {"text": words(result.message, language)}, "locations": [_location(result)],
        "partialFingerprints": {"reputation/v1": result.fingerprint},
        "properties": {"target": result.target, "observed": list(result.evidence), "list": result.details.get("zone")},
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


def _notification(result: Result, options: RenderOptions) -> Json:
    return {
        "level": "error" if options.strict else "note",
        "message": {"text": f"{result.target}: {words(result.message, options.language)}"},
        "descriptor": {"id": result.check},
    }  # fmt: skip
