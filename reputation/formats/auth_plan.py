"""The path to p=reject as text for a person, and as JSON. Records stand alone on their line, ready to be copied."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reputation.checks.plan import Step, StepState
from reputation.formats.clean import one_line
from reputation.formats.columns import wrap
from reputation.model import SCHEMA_VERSION
from reputation.records.dns_hosts import DnsHost, field_for
from reputation.text import Text, render, say

_STATES: dict[StepState, Text] = {
    StepState.DONE: say("done"),
    StepState.NOW: say("now"),
    StepState.LATER: say("later"),
    StepState.CANNOT_TELL: say("not known"),
}
_INDENT = "     "


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps for one domain; `zone` is the name whose name servers `host` runs, None when nobody knows them."""

    domain: str
    steps: Sequence[Step]
    zone: str
    host: DnsHost | None


def plan_text(plan: Plan, language: str, width: int) -> str:
    """Numbered steps; below each what to do, and the record with the place it belongs."""
    lines = [render(say("The path of {domain} to p=reject:", domain=plan.domain), language)]
    for number, step in enumerate(plan.steps, 1):
        lines += ["", *_step(plan, number, step, language, width)]
    return "\n".join((*lines, ""))


def _step(plan: Plan, number: int, step: Step, language: str, width: int) -> Iterator[str]:
    state = render(_STATES[step.state], language)
    yield f"{number}. [{state}] {render(step.title, language)}"
    if step.state is not StepState.LATER:
        yield from wrap(one_line(render(step.text, language)), width, _INDENT)
    if step.record:
        where = say("TXT at {name} (name field: {field}):", name=step.name, field=field_for(step.name, plan.zone))
        yield from wrap(one_line(render(where, language)), width, _INDENT)
        yield f"{_INDENT}{one_line(step.record)}"
    if step.record and step.state is StepState.NOW and plan.host:
        place = say("Your zone is at {host}: {console}", host=plan.host.name, console=plan.host.console)
        yield from wrap(one_line(render(place, language)), width, _INDENT)


def plan_json(plan: Plan, language: str) -> str:
    """The same for a program."""
    steps = [
        {
            "step": step.id,
            "state": step.state.value,
            "title": render(step.title, language),
            "text": render(step.text, language),
            "name": step.name,
            "record": step.record,
        }
        for step in plan.steps
    ]
    host = {"name": plan.host.name, "console": plan.host.console} if plan.host else None
    found = {
        "schema_version": SCHEMA_VERSION,
        "domain": plan.domain,
        "zone": plan.zone,
        "dns_host": host,
        "steps": steps,
    }
    return json.dumps(found, indent=2) + "\n"
