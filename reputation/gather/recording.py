"""A run's answers as a file of JSON lines, and a run out of such a file: the same report, without a network.

The first line says what the file is and how the run began; each further line is one question with its answer, or one
page that was fetched (`recorded_pages`). A line is written as soon as the answer is there, so that a run that ends
badly leaves what it had.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from reputation.bad_input import problem_of
from reputation.gather.lookup import Lookup
from reputation.gather.recorded_answers import BadRecord, from_json, to_json
from reputation.model import Cause, Observed, Unknown
from reputation.records.answer import Answer, Question
from reputation.text import Text, say

if TYPE_CHECKING:
    from reputation.gather.http import Fetched

FORMAT: Final = 1
MAX_BYTES: Final = 200_000_000
MAX_LINE_BYTES: Final = 1_000_000
_LONGEST_RUN_S: Final = 10_000_000


class RecordingError(ValueError):
    """A recording that cannot be written or read. `text` is the sentence for the user."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What a replay must repeat besides the answers.

    `started_at` is ISO 8601 with its offset; `random_label` is the label of the made-up name that finds out whether the
    resolver rewrites answers.
    """

    tool_version: str
    started_at: str
    random_label: str


class RecordingLookup:
    """Asks `inner` and writes down each question and answer. Close it, or use it as a context manager.

    Raises RecordingError when the file cannot be made. When it cannot be written later (a full disk) the run goes on,
    and `trouble` is the sentence to show at the end.
    """

    def __init__(self, inner: Lookup, path: Path, facts: RunFacts) -> None:
        self.inner, self._path, self.facts = inner, path, facts
        self.trouble: Text | None = None
        try:
            self._file = path.open("w", encoding="ascii", newline="\n")
        except OSError as error:
            raise RecordingError(_unwritable(path, error)) from error
        self._write([{"recording": FORMAT, **asdict(facts), "resolvers": list(inner.resolvers)}])

    @property
    def resolvers(self) -> tuple[str, ...]:
        """Who is asked."""
        return self.inner.resolvers

    @property
    def random_label(self) -> str:
        """The label for the made-up name."""
        return self.facts.random_label

    def ask_many(
        self, questions: Sequence[Question], pace: Mapping[str, float] | None = None
    ) -> list[Observed[Answer]]:
        """See `Lookup.ask_many`."""
        answers = self.inner.ask_many(questions, pace)
        self._write([to_json(question, answer) for question, answer in zip(questions, answers, strict=True)])
        return answers

    def keep_page(self, line: Mapping[str, object]) -> None:
        """Writes down a page that was fetched."""
        self._write([line])

    def _write(self, lines: Sequence[Mapping[str, object]]) -> None:
        if self.trouble:
            return
        try:
            self._file.write("".join(f"{json.dumps(line)}\n" for line in lines))
            self._file.flush()
        except OSError as error:
            self.trouble = _unwritable(self._path, error)

    def took(self, duration_s: float) -> float:
        """Writes down how long the run has taken so far, and returns it."""
        self._write([{"took": duration_s}])
        return duration_s

    def close(self) -> None:
        """End the file."""
        try:
            self._file.close()
        except OSError as error:
            self.trouble = self.trouble or _unwritable(self._path, error)

    def __enter__(self) -> RecordingLookup:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class ReplayLookup:
    """Answers out of a recording. A question that was asked several times is answered in the recorded order.

    What the recording does not hold is Unknown(offline). Raises RecordingError for a file that is no recording.
    """

    def __init__(self, path: Path) -> None:
        lines = _lines(path)
        self.facts, self._resolvers = _header(path, next(lines, b""))
        self._answers: dict[str, list[Observed[Answer]]] = {}
        self._took: list[float] = []
        self.pages: dict[str, Observed[Fetched]] = {}
        for number, line in enumerate(lines, 2):
            self._keep(path, number, line)

    def _keep(self, path: Path, number: int, line: bytes) -> None:
        parsed = _parsed(path, number, line, "ask")
        took = parsed.get("took")
        if isinstance(took, int | float) and 0 <= took < _LONGEST_RUN_S:
            self._took.append(took)
            return
        try:
            if "fetch" in parsed:
                self.pages |= dict([_page(parsed)])
                return
            ask, answer = from_json(parsed)
        except BadRecord as error:
            raise _wrong(path, number, str(error)) from None
        self._answers.setdefault(ask.lower(), []).append(answer)

    def took(self, duration_s: float) -> float:
        """How long the recorded run took; `duration_s`, the time of the replay, where it was killed before its end."""
        return self._took[-1] if self._took else duration_s

    @property
    def resolvers(self) -> tuple[str, ...]:
        """Who was asked when it was recorded."""
        return self._resolvers

    @property
    def random_label(self) -> str:
        """The label that the recorded run used for its made-up name."""
        return self.facts.random_label

    def ask_many(
        self,
        questions: Sequence[Question],
        pace: Mapping[str, float] | None = None,  # noqa: ARG002 - part of the seam
    ) -> list[Observed[Answer]]:
        """See `Lookup.ask_many`; a recording needs no pace."""
        return [self._next(question) for question in questions]

    def _next(self, question: Question) -> Observed[Answer]:
        answers = self._answers.get(question.source.lower())
        if not answers:
            return Unknown(Cause.OFFLINE, question.source, say("the recording does not hold this question"))
        return answers.pop(0) if len(answers) > 1 else answers[0]


def _page(parsed: dict[str, Any]) -> tuple[str, Observed[Fetched]]:
    from reputation.gather import recorded_pages  # few recordings hold a page, and reading one needs much of HTTPS

    return recorded_pages.from_json(parsed)


def _lines(path: Path) -> Iterator[bytes]:
    """The lines; the last one is left out when it was cut off in the middle of writing."""
    try:
        with path.open("rb") as file:
            left = MAX_BYTES
            while line := file.readline(MAX_LINE_BYTES):
                left -= len(line)
                if left < 0:
                    raise RecordingError(say("{file} is too large for a recording", file=str(path)))
                if line.endswith(b"\n") or len(line) == MAX_LINE_BYTES:
                    yield line
    except OSError as error:
        raise RecordingError(
            say("{file} cannot be read: {reason}", file=str(path), reason=problem_of(error))
        ) from error


def _header(path: Path, line: bytes) -> tuple[RunFacts, tuple[str, ...]]:
    expected = "recording: 1"
    head = _parsed(path, 1, line, expected)
    fields = [head.get(name) for name in ("tool_version", "started_at", "random_label")]
    resolvers = head.get("resolvers")
    if head.get("recording") != FORMAT or not isinstance(resolvers, list):
        raise _wrong(path, 1, expected)
    if not all(isinstance(field, str) for field in [*fields, *resolvers]):
        raise _wrong(path, 1, "tool_version, started_at, random_label, resolvers")
    if not _is_moment(str(head["started_at"])):
        raise _wrong(path, 1, "started_at: 2026-01-31T12:00:00+00:00")
    return RunFacts(*map(str, fields)), tuple(map(str, resolvers))


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _parsed(path: Path, number: int, line: bytes, expected: str) -> dict[str, Any]:
    try:
        parsed = json.loads(line)
    except (ValueError, RecursionError):
        parsed = None
    if not isinstance(parsed, dict):
        raise _wrong(path, number, expected)
    return parsed


def _wrong(path: Path, number: int, expected: str) -> RecordingError:
    return RecordingError(
        say(
            "{file}, line {line}: this is no line of a recording; expected is a JSON object with {expected}",
            file=str(path), line=number, expected=expected,
        )
    )  # fmt: skip


def _unwritable(path: Path, error: OSError) -> Text:
    return say("the recording {file} cannot be written: {reason}", file=str(path), reason=problem_of(error))
