"""Reports for the tests of the formats: healthy, listed, nothing known, hostile, and any at all."""

from __future__ import annotations

from hypothesis import strategies as st

from reputation.model import (
    Area,
    Cause,
    Confidence,
    Outcome,
    Remedy,
    Report,
    Result,
    Run,
    Severity,
    Subject,
    Where,
)
from reputation.policy import built_in
from reputation.score import coverage, fixes, score, verdict
from reputation.text import Text, say, verbatim

RUN = Run(id="run-1", started_at="2026-11-24T10:00:00Z", duration_s=0.41, resolvers=("127.0.0.1:53",))
SUBJECT = Subject(("xn--bcher-kva.example",), ("203.0.113.5",), (), {"xn--bcher-kva.example": "bücher.example"})


def report(results: list[Result], notes: tuple[Text, ...] = (), subject: Subject = SUBJECT) -> Report:
    """A report as the spine would make it."""
    policy = built_in()
    return Report(
        run=RUN, subject=subject, verdict=verdict(results), score=score(results, policy), coverage=coverage(results),
        results=tuple(results), fixes=fixes(results, policy), notes=notes, tool_version="0.1.0",
    )  # fmt: skip


def listing(zone: str, outcome: Outcome, severity: Severity = Severity.MAJOR, **more: object) -> Result:
    """One blocklist's answer."""
    state = {Outcome.FAIL: "listed", Outcome.PASS: "clean", Outcome.UNKNOWN: "refused"}[outcome]
    return Result(
        check="blocklist-listing", area=Area.LISTING, target="203.0.113.5", outcome=outcome, severity=severity,
        message=say("{names}", names=(zone,)), cause=Cause.BLOCKED_BY_OPERATOR if outcome is Outcome.UNKNOWN else None,
        details={"zone": zone, "list": zone, "state": state}, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def plain(
    check: str, outcome: Outcome, message: Text | None = None, severity: Severity = Severity.MAJOR, **more: object
) -> Result:
    """One authentication result."""
    return Result(
        check=check, area=Area.AUTHENTICATION, target="xn--bcher-kva.example", outcome=outcome,
        message=message or say("does not apply"), severity=severity,
        cause=Cause.TIMEOUT if outcome is Outcome.UNKNOWN else None, **more,  # type: ignore[arg-type]
    )  # fmt: skip


HEALTHY = report(
    [listing(f"list{n}.example", Outcome.PASS) for n in range(17)]
    + [plain(f"check-{n}", Outcome.PASS) for n in range(25)]
)
LISTED = report(
    [
        listing("zen.example", Outcome.FAIL, Severity.CRITICAL,
                remedy=Remedy(say("does not apply"), url="https://lists.example/remove")),
        plain("dmarc-missing", Outcome.FAIL,
              remedy=Remedy(say("does not apply"), record="v=DMARC1; p=none; rua=mailto:dmarc@" + "x" * 90)),
        plain("spf-missing", Outcome.PASS),
        listing("late.example", Outcome.UNKNOWN),
    ],
    notes=(say("the run was offline"),),
)  # fmt: skip
DARK = report([listing("zen.example", Outcome.UNKNOWN, Severity.CRITICAL), plain("spf-missing", Outcome.UNKNOWN)])

PAYLOADS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "{{7*7}}",
    "{% include 'x' %}",
    "\x1b[2J\x1b]0;title\x07", "\u202egnp.exe", "=cmd|' /C calc'!A0", "@SUM(1)", "+1+1", "-2+3", "＝1+1", "  =1",
    "\t=1", "a\r\nSet-Cookie: x", "]]>", "`code`|cell|", "[x](javascript:alert(1))", "\ud800", "\x00", "%0A::error::x",
    "::error::x", "</style><script>", "&lt;b&gt;", "{0.__class__}", "{x!r:>9999999}", "用户" * 200,
    "'; DROP TABLE run;--",
]  # fmt: skip


def hostile(payload: str) -> Report:
    """The payload in every field that a stranger can fill."""
    rows = [
        Result(
            check="spf-missing", area=area, target=payload, outcome=outcome, message=verbatim(payload),
            severity=Severity.MAJOR, evidence=(payload,), remedy=Remedy(verbatim(payload), payload, payload),
            source=payload, where=Where(payload, 1, 2, 1, 3), details={"zone": payload, "list": payload},
            cause=Cause.TIMEOUT if outcome is Outcome.UNKNOWN else None,
        )
        for area in (Area.LISTING, Area.CONTENT)
        for outcome in (Outcome.FAIL, Outcome.WARN, Outcome.INFO, Outcome.PASS, Outcome.UNKNOWN)
    ]  # fmt: skip
    subject = Subject((payload,), (payload,), (payload,), {payload: payload})
    return report(rows, (verbatim(payload),), subject)


_words = st.text(max_size=30)
_remedies = st.none() | st.builds(Remedy, st.builds(verbatim, _words), _words, _words)


def _row(outcome: Outcome, cause: Cause, rest: Result) -> Result:
    return rest._replace(outcome=outcome, cause=cause if outcome is Outcome.UNKNOWN else None)


any_result = st.builds(
    _row, st.sampled_from(Outcome), st.sampled_from(Cause),
    st.builds(
        Result, check=st.sampled_from(["spf-missing", "dmarc-missing", "a-b"]), area=st.sampled_from(Area),
        target=_words, outcome=st.just(Outcome.PASS), message=st.builds(verbatim, _words),
        severity=st.sampled_from(Severity), evidence=st.lists(_words, max_size=2).map(tuple), remedy=_remedies,
        source=_words, confidence=st.sampled_from(Confidence),
        where=st.none() | st.builds(Where, _words, st.integers(0, 99), st.integers(0, 99), st.just(0), st.just(0)),
        details=st.just({}),
    ),
)  # fmt: skip
any_report = st.lists(any_result, max_size=8).map(report)
