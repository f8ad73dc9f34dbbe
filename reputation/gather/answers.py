"""Answers that are at hand, and what a question counts as that was never put."""

from __future__ import annotations

from collections.abc import Iterable

from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, Question
from reputation.records.spf_evaluate import Answers


def answer_to(question: Question, answers: Answers) -> Observed[Answer]:
    """The answer; a question that was not put, because a bound was reached, is unknown."""
    return answers.get(question, Unknown(Cause.TOO_COMPLEX, question.source))


def none_of(question: Question, observed: Found[Answer]) -> Absent | Unknown:
    """What it means that no record of an answer is the one that was sought: none, unless the answer was cut."""
    return Unknown(Cause.TOO_COMPLEX, question.source) if observed.value.cut else Absent(question.source)


def all_strings(questions: Iterable[Question], answers: Answers) -> Observed[tuple[str, ...]]:
    """The names or addresses of several questions together; unknown when one is and none of the others was found."""
    observed = [answer_to(question, answers) for question in questions]
    found = tuple(text for answer in observed if isinstance(answer, Found) for text in answer.value.strings())
    if found:
        return Found(found, next(answer.source for answer in observed if isinstance(answer, Found)))
    unknown = next((answer for answer in observed if isinstance(answer, Unknown)), None)
    return unknown or Absent(observed[0].source, nxdomain=_nowhere(observed))


def _nowhere(observed: list[Observed[Answer]]) -> bool:
    return all(isinstance(answer, Absent) and answer.nxdomain for answer in observed)
