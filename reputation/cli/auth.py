"""`reputation auth`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from reputation.cli.frame import Argument, BadInput, Option, Options, deliver
from reputation.cli.frame.errors import COULD_NOT_TELL
from reputation.text import say

if TYPE_CHECKING:
    from reputation.cli.frame.asking import Asking
    from reputation.gather.domain import DomainRequest
    from reputation.gather.message import SentMessage
    from reputation.model import Report
    from reputation.policy import Policy

PLAN_FORMATS = ("table", "json")
HELP = say("Check SPF, DKIM, DMARC, mail hosts and reverse names of one domain, and nothing else.")
_DOMAIN = say("The domain that stands in the From address, or an address there.")
_IP = say("Address that sends the mail; SPF is then evaluated for it. May be repeated.")
_HELO = say("The name with which the server greets (HELO), for the SPF evaluation.")
_MAIL_FROM = say("The envelope sender (MAIL FROM), when it is not at the domain; <> for a bounce.")
_SELECTOR = say("DKIM selector of the sender. May be repeated.")
_MESSAGE = say("A message that was sent (.eml as received): its signatures are verified, its sender compared.")
_PLAN = say("Show the path from today to DMARC p=reject in steps, each with the record to publish, and nothing else.")
_SECOND = say("Let checkdmarc read the same records beside us, and say where it differs.")


def command(  # noqa: PLR0913 - one parameter an option
    options: Options,
    domain: Annotated[str, Argument(metavar="DOMAIN", help=str(_DOMAIN))],
    ip: Annotated[list[str] | None, Option("--ip", metavar="IP", help=str(_IP))] = None,
    helo: Annotated[str | None, Option("--helo", metavar="NAME", help=str(_HELO))] = None,
    mail_from: Annotated[str | None, Option("--mail-from", metavar="ADDRESS", help=str(_MAIL_FROM))] = None,
    selector: Annotated[list[str] | None, Option("--selector", metavar="NAME", help=str(_SELECTOR))] = None,
    *,
    message: Annotated[str | None, Option("--message", metavar="FILE", help=str(_MESSAGE))] = None,
    plan: Annotated[bool, Option("--plan", help=str(_PLAN))] = False,
    second_opinion: Annotated[bool, Option("--second-opinion/--no-second-opinion", help=str(_SECOND))] = True,
) -> int:
    """Everything that was typed is read before anything is asked."""
    from reputation.cli.frame.asking import asking, policy_of
    from reputation.cli.frame.output import check_formats
    from reputation.cli.frame.reporting import check_report_formats, deliver_report

    if plan:
        check_formats(options, PLAN_FORMATS)
    else:
        check_report_formats(options)
    request, policy = request_of(domain, ip or [], (helo, mail_from), selector or []), policy_of(options)
    sent = _sent(message)
    request = _with_message(request, sent) if sent else request
    with asking(options) as ask:
        if plan:
            return _deliver_plan(request, ask, options)
        report = checked(request, ask, policy, Depth(sent, second_opinion))
    return deliver_report(report, options)


def request_of(
    domain: str, ips: Sequence[str], envelope: tuple[str | None, str | None], selectors: Sequence[str]
) -> DomainRequest:
    """What was typed, in canonical form. Raises a sentence for the first thing that cannot be used."""
    from reputation.cli._targets import refuse_file
    from reputation.gather.domain import DomainRequest
    from reputation.records.selector import parse_selector
    from reputation.records.target import parse_ip

    refuse_file(domain)
    name = _domain(domain)
    helo = _domain(envelope[0]) if envelope[0] else ""
    return DomainRequest(
        domain=name,
        ips=tuple(dict.fromkeys(parse_ip(text) for text in ips)),
        helo=helo,
        mail_from=_sender(envelope[1], helo or name),
        selectors=tuple(dict.fromkeys(parse_selector(text) for text in selectors)),
    )


def _domain(typed: str) -> str:
    from reputation.records.target import parse_target

    target = parse_target(typed)
    if not target.domain:
        raise BadInput(say("{typed} is not a domain; expected a name such as example.com", typed=typed[:80]))
    return target.domain


def _sender(typed: str | None, helo: str) -> str:
    """The envelope sender; the empty one of a bounce stands for postmaster at the HELO name (RFC 7208 section 2.4)."""
    if typed is None:
        return ""
    bare = typed.strip().removeprefix("<").removesuffix(">")
    local = bare.rpartition("@")[0] or "postmaster"
    return f"{local}@{_domain(bare) if bare else helo}"


def _deliver_plan(request: DomainRequest, ask: Asking, options: Options) -> int:
    """The steps in place of the report; 3 when none of them could be judged."""
    from reputation.checks.plan import StepState, plan_for
    from reputation.cli.frame.wrap import terminal_width
    from reputation.formats.auth_plan import Plan, plan_json, plan_text
    from reputation.gather.dns_host import zone_and_host
    from reputation.gather.domain import gather_domain

    facts = gather_domain(ask.lookup, request)
    plan = Plan(request.domain, plan_for(facts), *zone_and_host(request.domain, ask.lookup))

    def rendered(name: str) -> str:
        if name == "json":
            return plan_json(plan, options.language)
        return plan_text(plan, options.language, terminal_width())

    not_written = deliver(rendered, options, PLAN_FORMATS)
    known = any(step.state is not StepState.CANNOT_TELL for step in plan.steps)
    return not_written or (0 if known else COULD_NOT_TELL)


@dataclass(frozen=True, slots=True)
class Depth:
    """What is looked at beside the domain."""

    sent: SentMessage | None = None
    second_opinion: bool = True


def _sent(file: str | None) -> SentMessage | None:
    from reputation.gather.message import read_sent_message

    return read_sent_message(file) if file else None


def _with_message(request: DomainRequest, sent: SentMessage) -> DomainRequest:
    """What the message names is asked about too; what the user names goes before it."""
    from reputation.records.dns_name import is_below

    signed = tuple(dict.fromkeys(s for s, signer in sent.selectors if is_below(request.domain, signer)))
    ips = request.ips or tuple(filter(None, (sent.connecting_ip,)))
    return replace(
        request, ips=ips, mail_from=request.mail_from or sent.envelope, draft_selectors=signed,
    )  # fmt: skip


def checked(request: DomainRequest, ask: Asking, policy: Policy, depth: Depth) -> Report:
    """Gather, judge and score."""
    from reputation.checks.alignment import alignment_notes
    from reputation.checks.authentication import judge_domain
    from reputation.gather.domain import gather_domain
    from reputation.gather.message import notes_on, with_message
    from reputation.gather.practice import with_practice
    from reputation.gather.recorded_pages import fetch_of
    from reputation.gather.second_opinion import with_second_opinion
    from reputation.records.target import display_name
    from reputation.run import Examined, Request, report

    request = replace(request, now=int(ask.started.timestamp()), practice=True)
    facts = gather_domain(ask.lookup, request)
    facts = with_practice(facts, ask.lookup, fetch_of(ask.lookup))
    notes = (*facts.notes, *alignment_notes(facts))
    if depth.sent is not None:
        notes += notes_on(depth.sent, request.ips, facts)
        facts = with_message(facts, depth.sent, ask.lookup, request.now) if depth.sent.message.headers else facts
    if depth.second_opinion:
        facts = with_second_opinion(facts)
    results = tuple(judge_domain(facts, policy.severities))
    shown = display_name(request.domain)
    display = {request.domain: shown} if shown != request.domain else {}
    return report(
        Request(domains=(request.domain,), ips=request.ips, display=display),
        Examined(results, notes),
        policy,
        ask.run(),
    )
