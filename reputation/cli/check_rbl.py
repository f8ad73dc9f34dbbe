"""`reputation check-rbl`: options and words of the Nagios plugin check_rbl, so that its set-ups keep working."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from reputation.cli.frame import BadInput, Options
from reputation.text import Text, say

if TYPE_CHECKING:
    from reputation.cli.frame.asking import Asking
    from reputation.facts.listing import ListingSubject
    from reputation.model import Report, Result

HELP = say("Stand in for the Nagios plugin check_rbl: its options, its status line, its performance data.")
_IGNORED: Final = say("Understood and not needed.")


def _option(*names: str, metavar: str | None = None, meaning: Text = _IGNORED) -> Any:
    return typer.Option(*names, metavar=metavar, help=str(meaning))


_HOST: Final = _option("-H", "--host", metavar="HOST", meaning=say("Address or name of the mail server to look up."))
_URL: Final = _option("-U", "--url", metavar="DOMAIN", meaning=say("Domain to look up instead of a server."))
_SERVER: Final = _option("-s", "--server", metavar="ZONE", meaning=say("List to ask. May be repeated."))
_RESOLVER: Final = _option("-n", "--nameserver", metavar="HOST", meaning=say("DNS resolver to ask."))
_LIMIT: Final = _option("-t", metavar="SECONDS", meaning=say("End the whole run after this time."))


def command(  # noqa: PLR0913 - one parameter an option
    options: Options,
    *,
    host: Annotated[str | None, _HOST] = None,
    url: Annotated[str | None, _URL] = None,
    server: Annotated[list[str] | None, _SERVER] = None,
    nameserver: Annotated[str | None, _RESOLVER] = None,
    limit: Annotated[str | None, _LIMIT] = None,
    append: Annotated[str | None, _option("-a", "--append", metavar="TEXT")] = None,
    whitelistings: Annotated[bool, _option("--whitelistings")] = False,
    query_timeout: Annotated[str | None, _option("--query-timeout", metavar="SECONDS")] = None,
    retry: Annotated[str | None, _option("-r", "--retry", metavar="N")] = None,
    workers: Annotated[str | None, _option("--workers", metavar="N")] = None,
    extra: Annotated[str | None, _option("--extra-opts", metavar="TEXT")] = None,
) -> int:
    """One status line; every failure is UNKNOWN with exit code 3."""
    del append, whitelistings, query_timeout, retry, workers, extra
    chosen = replace(
        options, resolvers=(nameserver,) if nameserver else options.resolvers,
        lists=",".join(server) if server else options.lists, timeout=_seconds(limit),
        warning=options.warning or _zero(), critical=options.critical or _zero(),
    )  # fmt: skip
    report = _report(host or "", url or "", chosen)
    return _answer(report, chosen)


def _zero() -> Any:
    """check_rbl alerts from the first listing on."""
    from reputation.plugin_range import plugin_range

    return plugin_range("-w", "0")


def _seconds(text: str | None) -> float:
    from reputation.cli.frame.common import PLUGIN_TIMEOUT_S

    if text is None:
        return PLUGIN_TIMEOUT_S
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86400:
        raise BadInput(say("-t {text}: expected a number of seconds above 0, at most 86400", text=text))
    return seconds


def _report(host: str, url: str, options: Options) -> Report:
    from reputation.cli.frame.asking import asking, policy_of, selection
    from reputation.listing_run import ListingRun, listing_report, subjects_of
    from reputation.records.target import parse_target

    if bool(host) == bool(url):
        raise BadInput(say("Give -H with an address or a name, or -U with a domain."))
    target = parse_target(url or host)
    chosen, policy = selection(options), policy_of(options)
    with asking(options) as ask:
        subjects = subjects_of([target]) if url or target.ips else _addresses(target.domain, ask)
        run = ListingRun(ask.lookup, chosen.lists, ask.listing_options(), policy.severities)
        return listing_report(tuple(run.judged(subjects)), run.notes, policy, ask.run())


def _addresses(name: str, ask: Asking) -> list[ListingSubject]:
    """The addresses of a server that was given by its name. Raises BadInput when they cannot be found out."""
    from reputation.listing_run import subjects_of
    from reputation.model import Found
    from reputation.records.answer import Question
    from reputation.records.target import parse_target

    found = ask.lookup.ask_many([Question(name, "A"), Question(name, "AAAA")])
    texts = [str(record) for answer in found if isinstance(answer, Found) for record in answer.value.records]
    if not texts:
        raise BadInput(say("{name}: no address could be found for this name", name=name))
    return subjects_of([parse_target(text) for text in texts])


def _answer(report: Report, options: Options) -> int:
    from reputation.cli.frame.reporting import render_options
    from reputation.formats.report_nagios import OK, UNKNOWN, plugin_code, plugin_output

    how = render_options("nagios", options)
    code = plugin_code(report.results, how)
    said = _said(report) if code not in (OK, UNKNOWN) else None
    sys.stdout.write(plugin_output(report, how, "CHECK_RBL", said))
    return code


def _said(report: Report) -> str:
    """ "192.0.2.1 BLACKLISTED on 1 server of 20 (zen.example (127.0.0.2))", as the plugin says it."""
    from reputation.formats.report_nagios import listed, zones

    hits, subject = listed(report.results), (*report.subject.ips, *report.subject.domains)[0]
    asked = len(zones(report.results))
    where = ", ".join(f"{hit.details['zone']} ({_code(hit)})" for hit in hits)
    servers = "server" if len(zones(hits)) == 1 else "servers"
    return f"{subject} BLACKLISTED on {len(zones(hits))} {servers} of {asked} ({where})"


def _code(hit: Result) -> str:
    codes = hit.details.get("codes")
    first = codes[0] if isinstance(codes, list) and codes else None
    return str(first.get("address", "?")) if isinstance(first, dict) else "?"
