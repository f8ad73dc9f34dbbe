"""Judgements: one file is one check, its docstring is its page, its cases are a data file beside the tests.

A check module defines `CHECK`. Its docstring's first line is the title; then come the sections `Why:`, `Bad:`,
`Good:`, `Fix:` and `Source:`. The id is the file name with hyphens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from reputation.model import Area, Finding, Known, Observed, Severity
from reputation.text import Text

F = TypeVar("F")
T = TypeVar("T")


class Check(NamedTuple, Generic[F, T]):
    """One check: what it needs of the facts, and how it judges what is known.

    `severity` is the worst that it can find: an unknown is weighed with it. `passed` is the sentence when nothing is
    wrong. `needs` picks an observation; the runner writes the result itself when that is Unknown. `judge` returns the
    findings, an empty sequence when all is well, or None when the check does not apply. `critical` marks the question
    without which no verdict is possible. `default` is False for checks that are only asked by name (folklore).
    """

    id: str
    area: Area
    severity: Severity
    passed: Text
    needs: Callable[[F], Observed[T]]
    judge: Callable[[Known[T]], Iterable[Finding] | None]
    critical: bool = False
    default: bool = True


AnyCheck = Check[Any, Any]
