"""`reputation report`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from reputation.cli.frame import Argument, BadInput, Options
from reputation.text import Text, say

HELP = say("Show a saved report again, in any format and language.")
OFFLINE = True
_FILE = say("Report saved as JSON; - is standard input.")


def command(
    options: Options,
    file: Annotated[str, Argument(metavar="FILE", help=str(_FILE))],
) -> int:
    """Renders what was saved; the exit code is that of the report."""
    from reputation.cli.frame.reporting import check_report_formats, deliver_report
    from reputation.formats.saved import SavedError, from_json

    check_report_formats(options)
    try:
        report = from_json(_read(file))
    except SavedError as error:
        raise _refused(file, error.sentence) from None
    return deliver_report(report, options)


def _read(file: str) -> str:
    from reputation.gather.reports import read_text

    try:
        return read_text(Path(file)) if file != "-" else sys.stdin.read()
    except UnicodeEncodeError:  # no system has a file of such a name
        raise BadInput(say("{file}: there is no such file", file=file)) from None
    except UnicodeDecodeError:
        raise _refused(file, say("the file is not UTF-8 text")) from None


def _refused(file: str, why: Text) -> BadInput:
    return BadInput(say("{file}: {problem}", file=file, problem=why))
