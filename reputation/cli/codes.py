"""`reputation codes`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from reputation.cli.frame import Argument, Option, Options, deliver
from reputation.cli.frame.output import check_formats
from reputation.cli.frame.telling import tell
from reputation.text import say

HELP = say("Look up bounce codes and texts: what they mean and what to do. Without a query, the whole table.")
OFFLINE = True
NO_CHECKS = True
FORMATS = ("table", "json", "csv")


def command(
    options: Options,
    query: Annotated[
        list[str] | None,
        Argument(metavar="[QUERY...]", help=str(say("A code such as 550 or 5.7.1, words, a provider, or a reply."))),
    ] = None,
    xlsx: Annotated[
        str | None,
        Option("--xlsx", metavar="FILE", help=str(say("Write the table as a workbook for the team.")), writes=True),
    ] = None,
    csv_file: Annotated[
        str | None, Option("--csv", metavar="FILE", help=str(say("Write the table as CSV.")), writes=True)
    ] = None,
) -> int:
    """Exit code 1 when nothing fits."""
    from reputation.bounces.codes import search
    from reputation.cli.frame.wrap import terminal_width
    from reputation.formats.codes_table import codes_csv, codes_json, codes_table

    check_formats(options, FORMATS)
    rows = search(" ".join(query or ()))
    written = {}
    if xlsx is not None:
        from reputation.formats.workbook import codes_workbook

        written[xlsx] = codes_workbook(rows, _today())
    if csv_file is not None:
        written[csv_file] = codes_csv(rows).encode("utf-8")
    _write(written, options)
    if written and options.output is None and options.origins.get("format") != "command line":
        return int(not rows)
    shown = {"table": lambda: codes_table(rows, options.language, terminal_width()), "json": lambda: codes_json(rows), "csv": lambda: codes_csv(rows)}  # fmt: skip  # noqa: E501
    return deliver(lambda name: shown[name](), options, FORMATS) or int(not rows)


def _write(files: dict[str, bytes], options: Options) -> None:
    from reputation.gather.bounce_drafts import write_bytes

    for name, content in files.items():
        write_bytes(Path(name), content)
        if not options.quiet:
            tell(say("Written: {file}", file=name), options.language)


def _today() -> date:
    from datetime import datetime

    return datetime.now().astimezone().date()  # noqa: TID251 - the command line is where the clock is read
