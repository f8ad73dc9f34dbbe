"""A report as Prometheus metrics, for the textfile collector of node_exporter: -f prometheus=FILE.prom."""

from __future__ import annotations

from datetime import datetime

from reputation.formats import RenderOptions
from reputation.formats.prometheus import MetricRun, MetricTarget, exposition
from reputation.model import Area, Outcome, Report


def render(report: Report, options: RenderOptions) -> str:
    """The metrics. What was found out about a target that only an answer named counts for the one that was given."""
    del options
    given = (*report.subject.domains, *report.subject.ips, *report.subject.drafts, "none")
    target = MetricTarget(name=given[0], results=report.results, score=report.score, hosts=frozenset(given))
    began = datetime.fromisoformat(report.run.started_at).timestamp()
    answered = any(r.outcome not in (Outcome.UNKNOWN, Outcome.SKIPPED) for r in report.results)
    zones = {str(r.details.get("zone", "")) for r in report.results if r.area is Area.LISTING}
    run = MetricRun(
        at=began, duration_s=report.run.duration_s, success_at=began if answered else None, lists=len(zones)
    )  # fmt: skip
    return exposition([target], run)
