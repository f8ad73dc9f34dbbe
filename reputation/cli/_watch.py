"""The rounds of `reputation watch`: the plan out of the configuration, the lock, the clock, and what is printed."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reputation.cli._watch_tell import print_digest, tell_channels, tell_everything, tell_notes, tell_trouble, warn
from reputation.cli.frame import BadInput, Options
from reputation.cli.frame.output import check_formats, exit_code
from reputation.gather.reports import write_public
from reputation.model import Outcome
from reputation.text import Text, render, say

if TYPE_CHECKING:
    from reputation.catalogue import Selection
    from reputation.cli.frame.asking import Asking
    from reputation.formats.digest import DigestOptions
    from reputation.gather.metrics_server import MetricsServer
    from reputation.gather.post import Handed
    from reputation.history.store import Store
    from reputation.lint_settings import LintSettings
    from reputation.policy import Policy
    from reputation.watch_round import Book
    from reputation.watch_run import Watched
    from reputation.watch_send import Receiver
    from reputation.watch_settings import BadWatch, WatchSettings, WatchTarget

NOT_SAVED: Final = 3
_ROOMY_S: Final = 600.0  # for a round over many targets, where --timeout does not say otherwise
_LOCK_WAIT_S: Final = 3600.0
_HUNG_S: Final = 3 * 3600.0  # a round ends within its --timeout, the second look and the channels within two hours more


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that was read before the first question."""

    options: Options
    settings: WatchSettings
    receivers: tuple[Receiver, ...]
    chosen: Selection
    policy: Policy
    lint: LintSettings
    state: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How the rounds are made."""

    confirm_s: float
    wait: bool
    dry_run: bool
    forever: bool
    server: MetricsServer | None = None


def plan(options: Options, given: Mapping[str, Any]) -> Plan:
    """The configuration with the command line over it. Raises BadInput with file, line and key."""
    from reputation.cli import _lint_settings
    from reputation.cli.frame.asking import policy_of, selection
    from reputation.gather.dns import parse_resolver
    from reputation.gather.folders import data_folder
    from reputation.watch_send import receivers
    from reputation.watch_settings import BadWatch, watch_settings

    check_formats(options, ("table", "json"))
    configured = {name: value for name, value in options.watch.items() if name not in ("targets", "target")}
    try:
        settings = watch_settings({**(configured if "targets" in given else options.watch), **given})
    except BadWatch as error:
        raise BadInput(_placed(error, options, given)) from None
    if settings.second_resolver:
        parse_resolver(settings.second_resolver)
    roomy = options if "timeout" in options.origins else options._replace(timeout=_ROOMY_S)
    return Plan(
        options=roomy, settings=settings, receivers=receivers(settings.channels, os.environ),
        chosen=selection(options), policy=policy_of(options), lint=_lint_settings.configured(options),
        state=Path(settings.state).expanduser() if settings.state else data_folder() / "watch.sqlite",
    )  # fmt: skip


def _placed(error: BadWatch, options: Options, given: Mapping[str, Any]) -> Text:
    """The mistake with its place: an option, a variable, or file and line."""
    from reputation.gather.config_line import line_of

    if error.table == "watch" and error.key in given:
        if error.key == "targets":
            return error.sentence
        return say("--{option}: {problem}", option=error.key, problem=error.sentence)
    origin = options.origins.get(f"watch.{error.key if error.table == 'watch' else error.table}", "")
    name = error.key if error.table == "watch" else f"{error.table}.{error.key}".rstrip(".")
    line = line_of(origin, error.table, error.index, error.key)
    if line:
        return say("{file}, line {line}: watch.{name}: {problem}",
                   file=origin, line=line, name=name, problem=error.sentence)  # fmt: skip
    return say("{origin}: watch.{name}: {problem}", origin=origin, name=name, problem=error.sentence)


def test_alert(planned: Plan) -> int:
    """A made-up digest to every channel; 1 when one of them did not take it."""
    from reputation.formats.alert_wire import Digest
    from reputation.watch_send import send

    if not planned.receivers:
        raise BadInput(say("There is no channel to test: add a [[watch.channel]] to reputation.toml"))
    now, language = datetime.now(UTC), planned.options.language  # noqa: TID251 - the clock of this run
    title = render(say("Reputation: this is a test, nothing happened"), language)
    line = render(say("The watchman can reach you here."), language)
    refused = 0
    for receiver in planned.receivers:
        told = Digest(id=f"test-{secrets.token_hex(8)}", title=title, lines=(line,), events=(),
                      keyword=receiver.channel.keyword)  # fmt: skip
        handed = send(receiver, told, now.timestamp())
        refused += handed.problem is not None
        print(render(_answer(receiver.name, handed), language))
    return 1 if refused else 0


def _answer(name: str, handed: Handed) -> Text:
    if handed.problem is None:
        return say("{name}: taken", name=name)
    if handed.taken:
        return say("{name}: taken, but {problem}", name=name, problem=handed.problem)
    return say("{name}: not taken: {problem}", name=name, problem=handed.problem)


def rounds(planned: Plan, *, confirm: str | None, wait: bool, dry_run: bool, serve: str | None, forever: bool) -> int:
    """One round, or round after round."""
    from reputation.gather.metrics_server import metrics_server

    with ExitStack() as stack:
        server = stack.enter_context(metrics_server(serve, planned.settings.interval)) if serve else None
        way = _Way(
            confirm_s=_minutes(confirm, planned.settings.confirm_minutes) * 60,
            wait=wait,
            dry_run=dry_run,
            forever=forever,
            server=server,
        )
        if server:
            warn(say("Serving http://{address}/metrics", address=server.address), planned.options)
        while True:
            _pause(planned.settings.jitter)
            begun = time.monotonic()
            code = _locked_round(planned, way)
            if not way.forever:
                return code
            time.sleep(max(0.0, planned.settings.interval - (time.monotonic() - begun)))


def _minutes(text: str | None, least: float) -> float:
    """Minutes to wait before the second look; a look that comes too early would confirm nothing."""
    try:
        minutes = float(text) if text else 0.0
    except ValueError:
        minutes = -1.0
    if not 0 <= minutes <= 60:
        raise BadInput(say("--confirm: expected minutes, a number from 0 to 60"))
    if 0 < minutes < least:
        raise BadInput(
            say("--confirm {minutes}: expected at least confirm_minutes, which is {least}",
                minutes=f"{minutes:g}", least=f"{least:g}")
        )  # fmt: skip
    return minutes


def _pause(jitter_s: float) -> None:
    if jitter_s:
        time.sleep(secrets.randbelow(int(jitter_s * 1000) + 1) / 1000)


def _locked_round(planned: Plan, way: _Way) -> int:
    from reputation.gather.lock import held_s, run_lock

    if way.dry_run:
        return _round(planned, way)
    lock = planned.state.with_name(planned.state.name + ".lock")
    with run_lock(lock, wait_s=_LOCK_WAIT_S if way.wait else 0.0) as alone:
        if not alone and held_s(lock, _now()) > max(_HUNG_S, 2 * planned.options.timeout):
            warn(say("Error: another watch has been working on {file} for hours and hangs; end it.",
                     file=str(planned.state)), planned.options)  # fmt: skip
            return NOT_SAVED
        if not alone:
            if sys.stderr.isatty() or planned.options.verbose:
                warn(say("Already running: another watch works on {file}.", file=str(planned.state)), planned.options)
            return 0
        return _round(planned, way)


def _round(planned: Plan, way: _Way) -> int:
    """Ask, keep, look again at what changed, tell."""
    from reputation.cli.frame.asking import asking
    from reputation.watch_round import STDOUT, Book, Opened, aside_when_damaged, open_state, rules_of

    with ExitStack() as stack:
        with asking(planned.options) as ask:
            stamp = ask.started.strftime("%Y%m%d-%H%M%S")
            opened = Opened(_copied(planned.state)) if way.dry_run else open_state(planned.state, stamp)
            if opened.store:
                stack.enter_context(opened.store)
            channels = (STDOUT, *(receiver.name for receiver in planned.receivers))
            book = Book(opened.store, channels, rules_of(planned.settings))
            found = list(book.kept(_examined(planned, ask, planned.settings.targets)))
        _look_again(planned, way, book, found)
        book.without_key(planned.chosen.keyless, found, ask.started.timestamp())
        _forget(planned, book)
        tell_aside(opened.aside, planned)
        tell_news(planned, book, dry_run=way.dry_run)
        trouble = tell_trouble(opened, book, planned.options)
        if opened.store is None or book.trouble:
            tell_everything(found, planned.options)
        if not way.dry_run:
            _show_metrics(planned, way, book, found, ask)
    if not way.dry_run:
        tell_aside(aside_when_damaged(planned.state, book.trouble, stamp), planned)
    tell_notes(found, planned.chosen.notes, planned.options)
    worst = exit_code(tuple(result for one in found for result in one.results), planned.options)
    return NOT_SAVED if trouble else worst


def _copied(state: Path) -> Store:
    """The last state, to be changed in memory only. Raises BadInput."""
    from reputation.history.store import StoreError, open_copy

    try:
        return open_copy(state)
    except StoreError as error:
        raise BadInput(say("{file}: {problem}", file=str(state), problem=error.detail)) from None


def _examined(planned: Plan, ask: Asking, targets: Sequence[WatchTarget]) -> Iterator[Watched]:
    from dataclasses import replace

    from reputation.run import Means
    from reputation.watch_run import Round, watched

    fresh = replace(ask.listing_options(), cache_folder=None)  # a resolver that began to lie since must be found out
    means = Means(lookup=ask.lookup, lists=planned.chosen.lists, listing=fresh, policy=planned.policy)
    this = Round(ask.run_id, ask.started.timestamp(), ",".join(ask.lookup.resolvers))
    return watched(targets, means, this, planned.lint)


def _look_again(planned: Plan, way: _Way, book: Book, found: Sequence[Watched]) -> None:
    """What seems to have changed is asked once more: at once through the second resolver, or after --confirm."""
    from reputation.cli.frame.asking import asking

    second = planned.settings.second_resolver
    doubtful = book.unconfirmed(found) if second or way.confirm_s else ()
    if not doubtful:
        return
    options = planned.options._replace(resolvers=(second,), record=None) if second else planned.options
    if not second:
        time.sleep(way.confirm_s)
    with asking(options) as ask:
        again = _examined(planned, ask, [one.target for one in doubtful])
        for one in again:
            book.confirm(book.confirmable(one))


def _forget(planned: Plan, book: Book) -> None:
    book.leave(_now())
    if planned.settings.keep_days:
        book.forget(_now() - planned.settings.keep_days * 86400)


def _now() -> float:
    return datetime.now(UTC).timestamp()  # noqa: TID251 - the clock of this run


def tell_aside(aside: Path | None, planned: Plan) -> None:
    """Says loudly where a damaged history was put."""
    if aside is not None:
        warn(
            say(
                "Error: the history {file} was damaged. It was put aside as {aside} and a new one begun; the watchman"
                " no longer knows what it told before.",
                file=str(planned.state), aside=str(aside),
            ),
            planned.options,
        )  # fmt: skip


def tell_news(planned: Plan, book: Book, *, dry_run: bool) -> None:
    """Prints what is new, then sends it. What was printed or sent is marked only afterwards."""
    now, options = _now(), _digest_options(planned)
    events = book.news(now)
    if events:
        print_digest(events, options, planned.options)
    if dry_run and not events:
        print(render(say("Nothing new since the last run."), planned.options.language))
    if dry_run or book.store is None or book.trouble:
        return
    book.printed(events, now)
    tell_channels(book.delivered(planned.receivers, options, now), planned.options)


def _digest_options(planned: Plan) -> DigestOptions:
    from reputation.formats.digest import DigestOptions

    names = {one.zone: one.name for one in planned.chosen.lists}
    return DigestOptions(language=planned.options.language, lists=names)


def _show_metrics(planned: Plan, way: _Way, book: Book, found: Sequence[Watched], ask: Asking) -> None:
    """The textfile and the endpoint."""
    file = planned.settings.metrics
    if not file and way.server is None:
        return
    text = metrics_text(found, book, planned, ask)
    if way.server is not None:
        way.server.show(text)
    if file:
        try:
            write_public(Path(file), text)
        except OSError as error:
            warn(say("{file}: {problem}", file=file, problem=error.strerror or ""), planned.options)


def metrics_text(found: Sequence[Watched], book: Book, planned: Plan, ask: Asking) -> str:
    """The metrics of this round."""
    from reputation.formats.prometheus import MetricRun, MetricTarget, exposition

    targets = [
        MetricTarget(name=one.target.name, results=one.results, score=one.score,
                     hosts=frozenset(one.target.target.ips)) for one in found
    ]  # fmt: skip
    at = ask.started.timestamp()
    known = any(r.outcome not in (Outcome.UNKNOWN, Outcome.SKIPPED) for one in found for r in one.results)
    return exposition(targets, MetricRun(
        at=at, duration_s=ask.run().duration_s, success_at=at if known else book.last_success(at),
        lists=len(planned.chosen.lists), listed_since=book.listed_since(found), waiting=book.waiting(),
        luzilla=planned.settings.luzilla,
    ))  # fmt: skip
