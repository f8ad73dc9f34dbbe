"""`reputation watch`: the cron job. It remembers, confirms before it speaks, and is silent otherwise."""

from __future__ import annotations

import sys
from typing import Annotated, Any, Final

from reputation.cli.frame import Argument, BadInput, Option, Options
from reputation.text import Text, say

HELP = say(
    "Watch domains and addresses: compare with the last run and speak only when something changed. Made for cron."
)
NO_CHECKS = True


def _option(name: str, metavar: str | None, meaning: Text, *, writes: bool = False) -> Any:
    return Option(name, metavar=metavar, help=str(meaning), writes=writes)


_TARGETS: Final = say("What to watch instead of the configured targets.")
_ONCE: Final = _option("--once", None, say("Run once and end; this is what happens without --interval."))
_INTERVAL: Final = _option("--interval", "SECONDS", say("Keep running, one round every so many seconds."))
_JITTER: Final = _option(
    "--jitter", "SECONDS", say("Wait a random time up to this first, so that not all ask at once.")
)
_CONFIRM: Final = _option(
    "--confirm", "MINUTES", say("Look again after so many minutes at what seems to have changed.")
)
_WAIT: Final = _option("--wait", None, say("Wait for another run to end instead of leaving at once."))
_DRY: Final = _option("--dry-run", None, say("Show what would be told; keep nothing and send nothing."))
_STATE: Final = _option("--state", "FILE", say("Where the history is kept."))
_METRICS: Final = _option("--metrics", "FILE", say("Write Prometheus metrics to this .prom file."), writes=True)
_LUZILLA: Final = _option("--luzilla", None, say("Add the metric names of dnsbl_exporter."))
_SERVE: Final = _option("--serve", "HOST:PORT", say("Serve /metrics and /healthz here, round after round."))
_TEST: Final = _option("--test-alert", None, say("Send a test message to every channel and say who took it."))
_PRINT: Final = _option(
    "--print", "KIND", say("Print a ready file: systemd, cron, windows, github, docker, icinga or nrpe.")
)


def command(  # noqa: PLR0913 - one parameter an option
    options: Options,
    *,
    targets: Annotated[list[str] | None, Argument(metavar="TARGET...", help=str(_TARGETS))] = None,
    once: Annotated[bool, _ONCE] = False,
    interval: Annotated[str | None, _INTERVAL] = None,
    jitter: Annotated[str | None, _JITTER] = None,
    confirm: Annotated[str | None, _CONFIRM] = None,
    wait: Annotated[bool, _WAIT] = False,
    dry_run: Annotated[bool, _DRY] = False,
    state: Annotated[str | None, _STATE] = None,
    metrics: Annotated[str | None, _METRICS] = None,
    luzilla: Annotated[bool, _LUZILLA] = False,
    serve: Annotated[str | None, _SERVE] = None,
    test_alert: Annotated[bool, _TEST] = False,
    print_kind: Annotated[str | None, _PRINT] = None,
) -> int:
    """Everything in the configuration is read and checked before anything is asked."""
    from reputation.cli._watch import plan, rounds
    from reputation.cli._watch import test_alert as send_test_alert

    if print_kind:
        return _print(print_kind, options)
    given = {"interval": interval, "jitter": jitter, "state": state, "metrics": metrics, "luzilla": luzilla}
    planned = plan(options, {name: value for name, value in {**given, "targets": targets}.items() if value})
    if test_alert:
        return send_test_alert(planned)
    if not planned.settings.targets:
        raise BadInput(
            say("Nothing to watch: name targets, or list them in reputation.toml as [watch] with targets = [...]")
        )
    forever = bool(interval or serve) and not once
    return rounds(planned, confirm=confirm, wait=wait, dry_run=dry_run, serve=serve, forever=forever)


def _print(kind: str, options: Options) -> int:
    from reputation.cli._watch_print import printed

    sys.stdout.write(printed(kind, options))
    return 0
