"""The command line: the only room that prints and exits.

One file here is one command, called like the file: it defines `HELP` and `command`. There is no list to keep.

    from typing import Annotated
    import typer
    from reputation.cli.frame import Options, deliver
    from reputation.text import say

    HELP = say("Count the letters of a name.")           # the first sentence is the line in `reputation --help`

    def command(
        options: Options,                                  # all common options, merged and validated; not on the line
        names: Annotated[list[str], typer.Argument(metavar="NAME...", help=str(say("Names to count.")))],
    ) -> int:                                              # the exit code
        rows = ...                                         # import heavy things here, not above
        return deliver(lambda format_name: "...\\n", options, ("table", "json"))

Every `help=` is a message id: the frame shows it in the chosen language. Wrong input is `raise BadInput(say("..."))`
before any question is sent. `OFFLINE = True` hides the options about asking from the command's help,
`NO_CHECKS = True` those about the outcomes of checks.
"""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit."""
    from reputation.cli.frame.main import run

    sys.exit(run(sys.argv[1:]))
