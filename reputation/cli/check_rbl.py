"""`reputation check-rbl`: options and words of the Nagios plugin check_rbl, so that its set-ups keep working.

As in the plugin a threshold is the number of listings from which on it alerts (its 1.8.1, looked at 2026-11); a range
of the plugin guidelines is taken as one. What it understands otherwise than we could is refused, never overlooked.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import reputation
from reputation.cli.frame import BadInput, Option, Options
from reputation.text import Text, say

if TYPE_CHECKING:
    from reputation.cli.frame.asking import Asking
    from reputation.facts.listing import ListingSubject
    from reputation.model import Report, Result
    from reputation.plugin_range import PluginRange

HELP = say("Stand in for the Nagios plugin check_rbl: its options, its status line, its performance data.")
NO_CHECKS = True
_IGNORED: Final = say("Understood and not needed.")
_MOST_LISTS: Final = 10**9  # a limit above is never reached
_ROOM: Final = 139  # with name and state a line of 160: the plugin itself knows no end


def _option(*names: str, metavar: str | None = None, meaning: Text = _IGNORED) -> Any:
    return Option(*names, metavar=metavar, help=str(meaning))


_HOST: Final = _option("-H", "--host", metavar="HOST", meaning=say("Address or name of the mail server to look up."))
_URL: Final = _option("-U", "--url", metavar="DOMAIN", meaning=say("Domain to look up instead of a server."))
_SERVER: Final = _option("-s", "--server", metavar="ZONE", meaning=say("List to ask. May be repeated."))
_RESOLVER: Final = _option("-n", "--nameserver", metavar="HOST", meaning=say("DNS resolver to ask."))
_LIMIT: Final = _option("-t", metavar="SECONDS", meaning=say("End the whole run after this time."))
_APPEND: Final = _option("-a", "--append", metavar="TEXT", meaning=say("Put this text at the end of the status line."))
_VERSION: Final = _option("-V", "--version", meaning=say("Print the version."))
_NEVER: Final = say("Refused, because it would change what is asked.")


def command(  # noqa: PLR0913 - one parameter an option
    options: Options,
    *,
    host: Annotated[str | None, _HOST] = None,
    url: Annotated[str | None, _URL] = None,
    server: Annotated[list[str] | None, _SERVER] = None,
    nameserver: Annotated[str | None, _RESOLVER] = None,
    limit: Annotated[str | None, _LIMIT] = None,
    append: Annotated[str | None, _APPEND] = None,
    version: Annotated[bool, _VERSION] = False,
    whitelistings: Annotated[bool, _option("--whitelistings", "--wl", meaning=_NEVER)] = False,
    extra: Annotated[str | None, _option("--extra-opts", metavar="TEXT", meaning=_NEVER)] = None,
    debug: Annotated[bool, _option("-d", "--debug")] = False,
    query_timeout: Annotated[str | None, _option("--query-timeout", metavar="SECONDS")] = None,
    retry: Annotated[str | None, _option("-r", "--retry", metavar="N")] = None,
    workers: Annotated[str | None, _option("--workers", metavar="N")] = None,
) -> int:
    """One status line; every failure is UNKNOWN with exit code 3."""
    del debug, query_timeout, retry, workers
    if version:
        print(f"check_rbl (reputation {reputation.__version__})")
        return 0
    _refuse({"--whitelistings": whitelistings, "--extra-opts": extra is not None})
    chosen = options._replace(
        resolvers=(nameserver,) if nameserver else options.resolvers,
        lists=",".join(server) if server else options.lists, timeout=_seconds(limit),
        warning=_from("-w", options.warning), critical=_from("-c", options.critical),
    )  # fmt: skip
    report = _report(host or "", url or "", chosen)
    return _answer(report, chosen, append or "")


def _refuse(given: Mapping[str, bool]) -> None:
    """Raises BadInput for an option that changes what is asked."""
    for option, used in given.items():
        if used:
            raise BadInput(
                say(
                    "{option} of check_rbl is not understood here; give all options themselves, and ask for listings"
                    " alone.",
                    option=option,
                )
            )


def _from(option: str, limit: PluginRange | None) -> PluginRange:
    """check_rbl alerts from so many listings on, and from the first one when nothing is said."""
    from reputation.plugin_range import plugin_range
    from reputation.whole_number import whole_number

    if limit is None:
        return plugin_range(option, "0")
    number = whole_number(limit.text, 0, _MOST_LISTS)
    return limit if number is None else plugin_range(option, str(max(0, number - 1)))


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


def _answer(report: Report, options: Options, append: str) -> int:
    from reputation.cli.frame.reporting import render_options
    from reputation.formats.report_nagios import plugin_code, plugin_output

    how = render_options("nagios", options)
    code = plugin_code(report.results, how)
    sys.stdout.write(plugin_output(report, how, "CHECK_RBL", _said(report, append)))
    return code


def _said(report: Report, append: str) -> str:
    """ "192.0.2.1 BLACKLISTED on 1 server of 20 (zen.example (127.0.0.2))", as the plugin says it; what was not asked
    in front, and as many of the lists as the line can hold."""
    from reputation.formats.clean import one_line
    from reputation.formats.report_nagios import listed, zones
    from reputation.model import Outcome

    asked = [result for result in report.results if result.outcome is not Outcome.SKIPPED]
    hits, subject = listed(asked), (*report.subject.ips, *report.subject.domains)[0]
    unknown = len(zones(result for result in asked if result.outcome is Outcome.UNKNOWN))
    head = f"{subject} BLACKLISTED on {_servers(len(zones(hits)))} of {len(zones(asked))}"
    head += f", {unknown} not checked" if unknown else ""
    tail = " " + one_line(append).replace("|", "/") if append else ""
    return head + _where(hits, _ROOM - len(head) - len(tail)) + tail


def _servers(count: int) -> str:
    return f"{count} server" if count == 1 else f"{count} servers"


def _where(hits: Sequence[Result], room: int) -> str:
    """The lists and their codes, and how many more there are."""
    names = [f"{hit.details['zone']} ({_code(hit)})" for hit in hits]
    for shown in range(len(names), 0, -1):
        more = f" +{len(names) - shown}" if shown < len(names) else ""
        text = f" ({', '.join(names[:shown])}{more})"
        if len(text) <= room or shown == 1:
            return text
    return ""


def _code(hit: Result) -> str:
    codes = hit.details.get("codes")
    first = codes[0] if isinstance(codes, list) and codes else None
    return str(first.get("address", "?")) if isinstance(first, dict) else "?"
