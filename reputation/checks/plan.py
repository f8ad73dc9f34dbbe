"""The path from today to p=reject, step by step: what is done, what comes now, what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from reputation.facts.domain import DomainFacts
from reputation.model import Absent, Found, Known, Observed, Unknown
from reputation.records.dmarc import DmarcRecord, parse_dmarc
from reputation.records.dmarc_suggestion import first_policy, with_tag, without_removed_tags
from reputation.records.spf import SpfRecord, SpfSyntaxError, parse_spf
from reputation.records.spf_suggestion import first_record, merged, with_final
from reputation.text import Text, say


class StepState(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `record` is a TXT record to publish at `name`; both are "" where nothing has to be published."""

    id: str
    title: Text
    state: StepState
    text: Text
    name: str = ""
    record: str = ""


_Draft = tuple[StepState, Text, str, str]  # what one step says of itself: state, text, name, record


def plan_for(facts: DomainFacts) -> tuple[Step, ...]:
    """Six steps. The first that is open comes now; what follows it waits, even where it could be done."""
    drafts: list[tuple[str, Text, Callable[[DomainFacts], _Draft]]] = [
        ("spf", say("Name your servers in SPF"), _spf),
        ("dkim", say("Sign your mail with DKIM"), _dkim),
        ("watch", say("Publish DMARC and have reports sent"), _watch),
        ("read", say("Read the reports until all of your own mail passes"), _read),
        ("quarantine", say("Have failing mail put into the junk folder"), _quarantine),
        ("reject", say("Have failing mail refused"), _reject),
    ]
    steps = [Step(name, title, *decide(facts)) for name, title, decide in drafts]
    return tuple(_in_order(steps))


def _in_order(steps: list[Step]) -> list[Step]:
    first = next((at for at, step in enumerate(steps) if step.state is not StepState.DONE), len(steps))
    return [
        replace(step, state=StepState.LATER) if at > first and step.state is StepState.NOW else step
        for at, step in enumerate(steps)
    ]


def _spf(facts: DomainFacts) -> _Draft:
    if isinstance(facts.spf, Unknown):
        return _unanswered(facts.spf)
    if isinstance(facts.spf, Absent):
        hosts = (
            [exchange.host for exchange in facts.mx.value] if isinstance(facts.mx, Found) and not facts.null_mx else []
        )
        text = say("There is no record yet. Add every service that sends for you before you publish this.")
        return StepState.NOW, text, facts.domain, first_record([ip.sending.ip for ip in facts.ips], hosts)
    records = _readable(facts.spf.value)
    if records is None:
        return StepState.NOW, say("The record has an error; the report shows where."), facts.domain, ""
    if len(records) > 1:
        return (
            StepState.NOW,
            say("There are several records; publish this one in their place."),
            facts.domain,
            merged(records),
        )
    return _ending(records[0], facts.domain)


def _ending(record: SpfRecord, domain: str) -> _Draft:
    weak = record.final is None or record.final.qualifier in "+?"
    if weak and not record.redirect:
        text = say("The record does not tell your servers from a stranger's; close it with ~all.")
        return StepState.NOW, text, domain, with_final(record, "~all")
    return StepState.DONE, say("The record names your servers."), "", ""


def _readable(records: tuple[str, ...]) -> list[SpfRecord] | None:
    try:
        return [parse_spf(record) for record in records]
    except SpfSyntaxError:
        return None


def _dkim(facts: DomainFacts) -> _Draft:
    if isinstance(facts.dkim, Unknown):
        return _unanswered(facts.dkim)
    if isinstance(facts.dkim, Absent):
        text = say("No key was found. Switch on DKIM in each service that sends for you and publish what it shows.")
        return StepState.NOW, text, "", ""
    if facts.dkim.value.selector_unknown:
        return (
            StepState.CANNOT_TELL,
            say("There are keys, but under an unknown selector; name it with --selector."),
            "",
            "",
        )
    usable = [key for key in facts.dkim.value.keys if key.key and key.key.problem is None and not key.key.revoked]
    if not usable:
        return StepState.NOW, say("No key that was found can be used; the report shows why."), "", ""
    return StepState.DONE, say("A key is published. See that every service signs with your domain."), "", ""


def _policy(facts: DomainFacts) -> Known[DmarcRecord] | Unknown:
    """The domain's own record, or the one it inherits."""
    if not isinstance(facts.dmarc, Found):
        return facts.dmarc
    policy = facts.dmarc.value.policy
    return Found(policy.record) if policy else Absent()


def _watch(facts: DomainFacts) -> _Draft:
    record, name = _policy(facts), _policy_name(facts)
    if isinstance(record, Unknown):
        return _unanswered(record)
    if isinstance(record, Absent) or not record.value.policy_given:
        text = say("Begin with p=none: nothing changes for your mail, and the reports show who sends in your name.")
        return StepState.NOW, text, f"_dmarc.{facts.domain}", first_policy(facts.domain)
    if not record.value.report_addresses:
        corrected = with_tag(record.value.text, "rua", f"mailto:dmarc@{facts.domain}")
        return StepState.NOW, say("Add a mailbox for reports; without them the next steps are blind."), name, corrected
    return StepState.DONE, say("DMARC is published and reports are sent."), "", ""


def _read(facts: DomainFacts) -> _Draft:
    record = _policy(facts)
    if isinstance(record, Unknown):
        return _unanswered(record)
    if isinstance(record, Found) and record.value.policy in ("quarantine", "reject"):
        return StepState.DONE, say("You are past this step; keep an eye on the reports."), "", ""
    text = say(
        "Two to four weeks: every service that fails needs SPF or DKIM with your domain. Only you can see the reports."
    )
    return StepState.NOW, text, "", ""


def _quarantine(facts: DomainFacts) -> _Draft:
    return _policy_step(facts, "quarantine", ("quarantine", "reject"))


def _reject(facts: DomainFacts) -> _Draft:
    return _policy_step(facts, "reject", ("reject",))


def _policy_step(facts: DomainFacts, policy: str, enough: tuple[str, ...]) -> _Draft:
    record = _policy(facts)
    if isinstance(record, Unknown):
        return _unanswered(record)
    if isinstance(record, Found) and record.value.policy in enough and not record.value.testing:
        return StepState.DONE, say("The policy is in force."), "", ""
    text = record.value.text if isinstance(record, Found) and record.value.policy_given else first_policy(facts.domain)
    name = _policy_name(facts) if isinstance(record, Found) else f"_dmarc.{facts.domain}"
    say_when = say("When two weeks of reports show nothing of yours that fails, publish this.")
    return StepState.NOW, say_when, name, _forced(text, policy)


def _forced(text: str, policy: str) -> str:
    """The record with this policy, in force."""
    record = with_tag(without_removed_tags(text), "p", policy)
    return with_tag(record, "t", "n") if parse_dmarc(record).testing else record


def _policy_name(facts: DomainFacts) -> str:
    policy = facts.dmarc.value.policy if isinstance(facts.dmarc, Found) else None
    return f"_dmarc.{policy.published_at if policy else facts.domain}"


def _unanswered(observed: Observed[object]) -> _Draft:
    source = observed.source
    return StepState.CANNOT_TELL, say("Not known: the question {source} was not answered.", source=source), "", ""
