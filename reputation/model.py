"""The words that every room shares. Read this file first.

`Observed[T]` is what gather brings home: found, absent, or unknown. Unknown is decided once, where the network or the
file is read, and a judge never meets it: the runner turns it into a result by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

from reputation.bad_input import BadInput as BadInput  # noqa: PLC0414 - re-exported
from reputation.secret import Secret as Secret  # noqa: PLC0414 - re-exported
from reputation.text import Text

T = TypeVar("T")
U = TypeVar("U")
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
SCHEMA_VERSION = 1


class Cause(StrEnum):
    """Why something could not be found out."""

    TIMEOUT = "timeout"
    SERVFAIL = "servfail"
    REFUSED = "refused"
    BLOCKED_BY_OPERATOR = "blocked-by-operator"
    RATE_LIMITED = "rate-limited"
    NO_KEY = "no-key"
    MALFORMED_ANSWER = "malformed-answer"
    LIST_UNTRUSTED = "list-untrusted"
    OFFLINE = "offline"
    TOO_COMPLEX = "too-complex"
    INTERNAL_ERROR = "internal-error"  # our own fault, never shown as the user's


class Found(Generic[T]):
    """It is there, and this is it. `source` names the question, such as "TXT _dmarc.example.com"."""

    __slots__ = ("source", "value")  # no named tuple: mypy would forget the type of the value behind each isinstance

    def __init__(self, value: T, source: str = "") -> None:
        self.value: Final = value
        self.source: Final = source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Found) and (self.value, self.source) == (other.value, other.source)

    def __hash__(self) -> int:
        return hash((self.value, self.source))

    def __repr__(self) -> str:
        return f"Found({self.value!r}, {self.source!r})"


class Absent(NamedTuple):
    """The answer was: there is none. `nxdomain` tells a name that does not exist from one without such a record.

    `alias`: the name itself is an alias (CNAME), and what is missing is at its end.
    """

    source: str = ""
    nxdomain: bool = False
    alias: bool = False


class Unknown(NamedTuple):
    """It could not be found out. `detail` says more than the cause where there is more to say."""

    cause: Cause
    source: str = ""
    detail: Text | None = None


Known: TypeAlias = Found[T] | Absent
Observed: TypeAlias = Found[T] | Absent | Unknown


class Area(StrEnum):
    """The part of the report that a check belongs to."""

    LISTING = "listing"
    AUTHENTICATION = "authentication"
    CONTENT = "content"
    COMPLIANCE = "compliance"
    BOUNCE = "bounce"
    RECIPIENT = "recipient"


class Severity(StrEnum):
    """How much a finding hurts; each level in words in docs/severities.md."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    INFORMATIONAL = "informational"


class Outcome(StrEnum):
    """The six answers of a check; every output derives its own scale from them."""

    PASS = "pass"  # noqa: S105 - an outcome, no password
    INFO = "info"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


OUTCOME_OF_SEVERITY: Mapping[Severity, Outcome] = {
    Severity.CRITICAL: Outcome.FAIL,
    Severity.MAJOR: Outcome.FAIL,
    Severity.MINOR: Outcome.WARN,
    Severity.INFORMATIONAL: Outcome.INFO,
}


class Confidence(StrEnum):
    """How sure we are that the finding is true."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Verdict(StrEnum):
    """The report in one word."""

    READY = "ready"
    FIX_FIRST = "fix-first"
    STOP = "stop"
    UNDECIDED = "undecided"


class Remedy(NamedTuple):
    """What to do: a sentence, and where there is one the record to publish or the page to open."""

    text: Text
    record: str = ""
    url: str = ""


class Where(NamedTuple):
    """A place in a file: lines and columns count from 1, columns in characters; the end is exclusive."""

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


class Finding(NamedTuple):
    """What a judge holds against the target."""

    severity: Severity
    message: Text
    evidence: tuple[str, ...] = ()
    where: Where | None = None
    remedy: Remedy | None = None
    confidence: Confidence = Confidence.HIGH
    details: Mapping[str, Json] = {}


class Result(NamedTuple):
    """One row of the report. `severity` says how bad the finding is, or would be where the outcome is not a finding.

    `details` holds the extra machine fields of the contract (zone, state, codes, spf...); their keys become fields of
    the JSON result as they are.
    """

    check: str
    area: Area
    target: str
    outcome: Outcome
    message: Text
    severity: Severity = Severity.INFORMATIONAL
    cause: Cause | None = None
    evidence: tuple[str, ...] = ()
    remedy: Remedy | None = None
    source: str = ""
    confidence: Confidence = Confidence.HIGH
    where: Where | None = None
    details: Mapping[str, Json] = {}

    @property
    def subject_key(self) -> tuple[str, str]:
        """What is weighed once: the check, and within the blocklist check the zone."""
        return self.check, str(self.details.get("zone", ""))

    @property
    def fingerprint(self) -> str:
        """Stable from run to run: the check, the target, the zone and the place, never the wording."""
        from hashlib import sha256

        place = f"{self.where.file}:{self.where.line}:{self.where.column}" if self.where else ""
        parts = (self.check, self.target, str(self.details.get("zone", "")), place)
        return sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]


class Subject(NamedTuple):
    """What the report is about. Domains are A-labels; `display` maps an A-label to its U-label where they differ."""

    domains: tuple[str, ...] = ()
    ips: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    display: Mapping[str, str] = {}


class Range(NamedTuple):
    """A score from 0 to 100: `low` counts each unknown as bad, `high` as good."""

    low: int
    high: int


class Score(NamedTuple):
    """The whole and its areas. An area in which nothing could be found out is None."""

    total: Range | None
    areas: Mapping[Area, Range | None]


class Fix(NamedTuple):
    """One entry of "fix first": how many points the low and the high end gain when it is done."""

    check: str
    target: str
    message: Text
    remedy: Remedy | None
    gain: int
    outcome: Outcome
    results: tuple[str, ...] = ()  # fingerprints


class Coverage(NamedTuple):
    """How many questions were put, and how many found no answer."""

    asked: int
    unknown: int


class Run(NamedTuple):
    """When, with what, in which language."""

    id: str
    started_at: str
    duration_s: float = 0.0
    resolvers: tuple[str, ...] = ()
    offline: bool = False
    language: str = "en"


UNREADABLE = "draft-unreadable"  # where a format wants an id for it


class DraftProblem(NamedTuple):
    """A draft that could not be read at all, and why."""

    file: str
    message: Text
    is_empty: bool = False  # there is nothing in it, which a caller may choose to pass over


class Report(NamedTuple):
    """Everything that a format needs."""

    run: Run
    subject: Subject
    verdict: Verdict
    score: Score
    coverage: Coverage
    results: tuple[Result, ...]
    fixes: tuple[Fix, ...] = ()
    notes: tuple[Text, ...] = ()  # said once a run: where the addresses came from, which resolver is refused
    tool_version: str = ""
    problems: tuple[DraftProblem, ...] = ()  # drafts that nobody could judge: the run is not a success


def both(first: Observed[T], second: Observed[U]) -> Observed[tuple[Known[T], Known[U]]]:
    """Two observations for one judge: unknown as soon as one of them is."""
    if isinstance(first, Unknown):
        return first
    if isinstance(second, Unknown):
        return second
    return Found((first, second), first.source or second.source)
