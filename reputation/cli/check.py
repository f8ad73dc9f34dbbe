"""`reputation check`: the report."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from reputation.cli.frame import Argument, BadInput, Option, Options
from reputation.cli.frame.telling import tell_error
from reputation.gather.draft_names import is_draft_name
from reputation.text import Text, say

if TYPE_CHECKING:
    from reputation.facts.draft import DraftFacts
    from reputation.model import DraftProblem
    from reputation.records.target import Target
    from reputation.run import Request

MOST_ADDRESSES: Final = 64
MOST_DOMAINS: Final = 20
HELP = say("Say whether mail of this sender arrives: blocklists, authentication and content in one report.")


def command(
    options: Options,
    targets: Annotated[
        list[str] | None,
        Argument(metavar="TARGET...", help=str(say("Domains, e-mail addresses or IP addresses to check."))),
    ] = None,
    ip: Annotated[
        list[str] | None,
        Option("--ip", metavar="IP", help=str(say("Address that sends the mail. May be repeated."))),
    ] = None,
    selector: Annotated[
        list[str] | None,
        Option("--selector", metavar="NAME", help=str(say("DKIM selector of the sender. May be repeated."))),
    ] = None,
    draft: Annotated[
        list[str] | None,
        Option(
            "--draft",
            metavar="FILE",
            help=str(say("Draft to check: .eml, .html, .md, .txt. May be repeated.")),
            wanted=is_draft_name,
        ),
    ] = None,
) -> int:
    """The one report. Everything that was typed is read before anything is asked."""
    from reputation.cli.frame.reporting import check_report_formats, run_and_deliver

    check_report_formats(options)
    request = request_of(targets or [], ip or [], selector or [], draft or [])
    _tell_unread(request, options)
    return run_and_deliver(_without_ignored(request, options), options)


def _tell_unread(request: Request, options: Options) -> None:
    """A draft that can not be read costs nothing of what is said of the others; a plugin has one line and must stop."""
    for problem in request.problems:
        if options.wants("nagios"):
            raise BadInput(problem.message)
        tell_error(problem.message, options.language)


def _without_ignored(request: Request, options: Options) -> Request:
    """The request with [lint] of the configuration applied to its drafts."""
    from reputation.cli._lint_settings import configured, tell_mistyped

    settings = configured(options)
    for draft in request.drafts:
        tell_mistyped(draft, options)
    return replace(request, drafts=tuple(settings.applied(draft) for draft in request.drafts))


def request_of(targets: Sequence[str], ips: Sequence[str], selectors: Sequence[str], drafts: Sequence[str]) -> Request:
    """What was typed, in canonical form. Raises a sentence for the first thing that cannot be used."""
    from reputation.cli._targets import refuse_file
    from reputation.records.selector import parse_selector
    from reputation.records.target import parse_ip, parse_target
    from reputation.run import Request

    for text in targets:
        refuse_file(text)
    read = [parse_target(text) for text in targets]
    facts, problems = _drafts(drafts)
    domains = tuple(dict.fromkeys(target.domain for target in read if target.domain)) or _senders(facts)
    given = dict.fromkeys((*(parse_ip(text) for text in ips), *(one for target in read for one in target.ips)))
    if len(given) > MOST_ADDRESSES or len(domains) > MOST_DOMAINS:
        raise BadInput(_too_many())
    if not domains and not given and not facts:
        raise BadInput(say("TARGET is missing: give a domain, an e-mail address or an IP, such as example.com"))
    return Request(
        domains=domains, ips=tuple(given), selectors=tuple(parse_selector(text) for text in selectors),
        drafts=facts, problems=problems, display=_display(read),
    )  # fmt: skip


def _too_many() -> Text:
    return say(
        "check takes at most {ips} addresses and {domains} domains at once; `reputation listings` takes thousands",
        ips=MOST_ADDRESSES, domains=MOST_DOMAINS,
    )  # fmt: skip


def _drafts(files: Sequence[str]) -> tuple[tuple[DraftFacts, ...], tuple[DraftProblem, ...]]:
    """The drafts, and why the others could not be read. Raises a sentence when none could: nothing is asked then."""
    from reputation.gather.drafts import DraftProblem, read_drafts

    found = list(read_drafts(files)) if files else []
    problems = tuple(one for one in found if isinstance(one, DraftProblem))
    facts = tuple(one for one in found if not isinstance(one, DraftProblem))
    if problems and not facts:
        raise BadInput(problems[0].message)
    return facts, problems


def _senders(drafts: Sequence[DraftFacts]) -> tuple[str, ...]:
    """A draft alone names its sender, unless its From cannot be a domain of the Internet."""
    from reputation.records.target import BadTarget, parse_domain

    found = []
    for draft in drafts:
        with contextlib.suppress(BadTarget):
            found.append(parse_domain(draft.from_domain).domain)
    return tuple(dict.fromkeys(found))


def _display(targets: Sequence[Target]) -> dict[str, str]:
    """A-label -> U-label, where they differ."""
    shown = {target.domain: target.display.rpartition("@")[2] for target in targets if target.domain}
    return {name: display for name, display in shown.items() if display != name}
