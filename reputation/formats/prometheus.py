"""Prometheus text format 0.0.4 (prometheus.io, exposition formats): what was asked and answered as samples.

The labels are the watched targets, the lists and the checks: what an answer says never becomes a label. A question
without an answer has no result sample, and its success sample is 0: a 0 in "listed" means asked and not listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import reputation
from reputation.model import Area, Json, Outcome, Result, Score
from reputation.records.dnsxl import Kind
from reputation.records.target import kind_of

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_BAD: Final = (Outcome.FAIL, Outcome.WARN)
_LISTED: Final = "listed"

Labels = tuple[tuple[str, str], ...]
Sample = tuple[Labels, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricTarget:
    """One watched target. `hosts` are names of it that get samples of their own, such as the addresses of a block."""

    name: str
    results: tuple[Result, ...]
    score: Score
    hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricRun:
    """The run as a whole; times in seconds since the epoch. `listed_since` is by target and zone, `waiting` by channel
    the events that it has not taken."""

    at: float
    duration_s: float
    success_at: float | None
    lists: int
    listed_since: Mapping[tuple[str, str], float] = field(default_factory=dict)
    waiting: Mapping[str, int] = field(default_factory=dict)
    luzilla: bool = False


def exposition(targets: Sequence[MetricTarget], run: MetricRun) -> str:
    """All metrics; it ends with a line end, as collectors demand."""
    rows = list(_rows(targets))
    families = [*_run_families(run), *_list_families(rows, run), *_check_families(rows), *_score_families(targets)]
    if run.luzilla:
        families += _luzilla_families(rows, run)
    return "".join(_family(*family) for family in families)


Family = tuple[str, str, Iterable[Sample]]
Row = tuple[str, Result]


def _rows(targets: Sequence[MetricTarget]) -> Iterator[Row]:
    """Each result with the target that it counts for. What does not apply has no sample."""
    for target in targets:
        for result in target.results:
            if result.outcome is not Outcome.SKIPPED:
                yield (result.target if result.target in target.hosts else target.name), result


def _run_families(run: MetricRun) -> list[Family]:
    success = [((), run.success_at)] if run.success_at is not None else []
    return [
        ("reputation_build_info", "Version of the program.", [((("version", reputation.__version__),), 1)]),
        ("reputation_run_duration_seconds", "Duration of the last run.", [((), run.duration_s)]),
        ("reputation_last_run_timestamp_seconds", "When the last run began.", [((), run.at)]),
        ("reputation_last_success_timestamp_seconds", "When a run last found something out.", success),
        ("reputation_blocklists_configured", "Blocklists that are asked.", [((), run.lists)]),
        (
            "reputation_alarms_waiting",
            "News that a channel has not taken yet.",
            [((("channel", name),), count) for name, count in run.waiting.items()],
        ),
    ]


def _list_families(rows: Sequence[Row], run: MetricRun) -> list[Family]:
    listed: dict[Labels, list[Result]] = defaultdict(list)
    asked: dict[Labels, list[Result]] = defaultdict(list)
    for name, result in rows:
        if result.area is Area.LISTING:
            zone = ("list", _zone(result))
            listed[("target", name), ("kind", _kind(result)), zone].append(result)
            asked[("target", name), zone].append(result)
    since = [((("target", t), ("list", z)), at) for (t, z), at in sorted(run.listed_since.items())]
    return [
        (
            "reputation_blocklist_listed", "1 when the list names the target, 0 when it was asked and does not.",
            [(labels, value) for labels, found in listed.items() if (value := _listed(found)) is not None],
        ),
        (
            "reputation_blocklist_check_success", "1 when the list gave an answer that can be trusted.",
            [(labels, _answered(found)) for labels, found in asked.items()],
        ),
        ("reputation_blocklist_listed_since_timestamp_seconds", "Since when the confirmed listing stands.", since),
    ]  # fmt: skip


def _check_families(rows: Sequence[Row]) -> list[Family]:
    found: dict[Labels, list[Result]] = defaultdict(list)
    for name, result in rows:
        if result.area is not Area.LISTING:
            found[("target", name), ("check", result.check)].append(result)
    failed = [(_rule_labels(labels, rows_), _failed(rows_)) for labels, rows_ in found.items() if _answered(rows_)]
    return [
        ("reputation_rule_failed", "1 when the check found something to repair.", failed),
        (
            "reputation_check_success", "1 when the check could be made.",
            [(labels, _answered(results)) for labels, results in found.items()],
        ),
    ]  # fmt: skip


def _rule_labels(labels: Labels, results: Sequence[Result]) -> Labels:
    severity = next((r.outcome.value for r in results if r.outcome in _BAD), "none")
    (_, target), (_, check) = labels
    return ("target", target), ("rule", check), ("severity", severity)


def _score_families(targets: Sequence[MetricTarget]) -> list[Family]:
    low: list[Sample] = []
    high: list[Sample] = []
    for target in targets:
        for category, found in (("total", target.score.total), *((a.value, r) for a, r in target.score.areas.items())):
            if found is not None:
                labels = (("target", target.name), ("category", str(category)))
                low.append((labels, found.low / 100))
                high.append((labels, found.high / 100))
    return [
        ("reputation_score_ratio", "Score from 0 to 1, with everything unknown counted as bad.", low),
        ("reputation_score_high_ratio", "Score from 0 to 1, with everything unknown counted as good.", high),
    ]


def _luzilla_families(rows: Sequence[Row], run: MetricRun) -> list[Family]:
    """The names of dnsbl_exporter. An unknown is an error and not a listing, as its documented alert expects."""
    found: dict[Labels, list[Result]] = defaultdict(list)
    for name, result in rows:
        if result.area is Area.LISTING:
            found[("rbl", _zone(result)), ("ip", result.target if _is_ip(name) else name), ("hostname", name)].append(
                result
            )
    totals: dict[Labels, float] = defaultdict(float)
    for labels, results in found.items():
        totals[labels[:1]] += _listed(results) or 0
    hosts = {labels[2] for labels in found}
    return [
        ("luzilla_rbls_used", "Blocklists that are asked.", [((), run.lists)]),
        ("luzilla_rbls_targets", "Targets that are asked about.", [((), len(hosts))]),
        (
            "luzilla_rbls_ips_blacklisted", "1 when listed.",
            [(labels, _listed(results) or 0) for labels, results in found.items()],
        ),
        (
            "luzilla_rbls_errors", "1 when the list gave no answer that can be trusted.",
            [(labels, 1 - _answered(results)) for labels, results in found.items()],
        ),
        ("luzilla_rbls_listed", "How many targets the list names.", list(totals.items())),
        ("luzilla_rbls_duration", "Duration of the last run in seconds.", [((), run.duration_s)]),
    ]  # fmt: skip


def _is_ip(name: str) -> bool:
    return kind_of(name) is not Kind.DOMAIN


def _kind(result: Result) -> str:
    return "ip" if _is_ip(result.target) else "domain"


def _zone(result: Result) -> str:
    return str(_detail(result, "zone"))


def _detail(result: Result, name: str) -> Json:
    return result.details.get(name, "")


def _listed(results: Sequence[Result]) -> int | None:
    """1 listed, 0 asked and not listed, None when that is not known."""
    if any(_detail(result, "state") == _LISTED for result in results):
        return 1
    return 0 if _answered(results) else None


def _answered(results: Sequence[Result]) -> int:
    return int(all(result.outcome is not Outcome.UNKNOWN for result in results))


def _failed(results: Sequence[Result]) -> int:
    return int(any(result.outcome in _BAD for result in results))


def _family(name: str, meaning: str, samples: Iterable[Sample]) -> str:
    lines = [f"{name}{_shown(labels)} {value:.12g}\n" for labels, value in samples]
    return f"# HELP {name} {meaning}\n# TYPE {name} gauge\n" + "".join(lines) if lines else ""


def _shown(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels) + "}"


def _escaped(value: str) -> str:
    whole = value.encode(errors="replace").decode()  # a file name may hold lone surrogates
    return whole.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
