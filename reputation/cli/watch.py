"""`reputation watch`: the cron job. It remembers, confirms before it speaks, and is silent otherwise."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reputation.cli.frame import BadInput, Options
from reputation.text import say

HELP = say(
    "Watch domains and addresses: compare with the last run and speak only when something changed. Made for cron."
)


def command(  # noqa: PLR0913 - one parameter an option
    options: Options,
    *,
    targets: Annotated[
        list[str] | None,
        typer.Argument(metavar="TARGET...", help=str(say("What to watch instead of the configured targets."))),
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help=str(say("Run once and end; this is what happens without --interval.")))
    ] = False,
    interval: Annotated[
        str | None,
        typer.Option("--interval", metavar="SECONDS", help=str(say("Keep running, one round every so many seconds."))),
    ] = None,
    jitter: Annotated[
        str | None,
        typer.Option(
            "--jitter", metavar="SECONDS", help=str(say("Wait a random time up to this first, so that not all ask at once."))  # noqa: E501
        ),
    ] = None,
    confirm: Annotated[
        str | None,
        typer.Option(
            "--confirm", metavar="MINUTES", help=str(say("Look again after so many minutes at what seems to have changed."))  # noqa: E501
        ),
    ] = None,
    wait: Annotated[
        bool, typer.Option("--wait", help=str(say("Wait for another run to end instead of leaving at once.")))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=str(say("Show what would be told; keep nothing and send nothing.")))
    ] = False,
    state: Annotated[
        str | None, typer.Option("--state", metavar="FILE", help=str(say("Where the history is kept.")))
    ] = None,
    metrics: Annotated[
        str | None,
        typer.Option("--metrics", metavar="FILE", help=str(say("Write Prometheus metrics to this .prom file."))),
    ] = None,
    luzilla: Annotated[
        bool, typer.Option("--luzilla", help=str(say("Add the metric names of dnsbl_exporter.")))
    ] = False,
    serve: Annotated[
        str | None,
        typer.Option("--serve", metavar="HOST:PORT", help=str(say("Serve /metrics and /healthz here, round after round."))),  # noqa: E501
    ] = None,
    test_alert: Annotated[
        bool, typer.Option("--test-alert", help=str(say("Send a test message to every channel and say who took it.")))
    ] = False,
    print_kind: Annotated[
        str | None,
        typer.Option("--print", metavar="KIND", help=str(say("Print a ready file: systemd, cron, windows, github, docker, icinga or nrpe."))),  # noqa: E501
    ] = None,
) -> int:  # fmt: skip
    """Everything in the configuration is read and checked before anything is asked."""
    from reputation.cli._watch import plan, rounds
    from reputation.cli._watch import test_alert as send_test_alert

    del once
    given = {
        "interval": interval, "jitter": jitter, "state": state, "metrics": metrics, "luzilla": luzilla,
        "targets": targets,
    }  # fmt: skip
    if print_kind:
        from reputation.cli._watch_print import printed

        sys.stdout.write(printed(print_kind, options))
        return 0
    planned = plan(options, {name: value for name, value in given.items() if value})
    if test_alert:
        return send_test_alert(planned)
    if not planned.settings.targets:
        raise BadInput(
            say("Nothing to watch: name targets, or list them in reputation.toml as [watch] with targets = [...]")
        )
    return rounds(planned, confirm=confirm, wait=wait, dry_run=dry_run, serve=serve, forever=bool(interval or serve))
