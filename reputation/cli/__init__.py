"""The command line: the only room that prints and exits.

One file here is one command, called like the file: it defines `HELP` and `command`. There is no list to keep.

    from typing import Annotated
    from reputation.cli.frame import Argument, Options, deliver
    from reputation.text import say

    HELP = say("Count the letters of a name.")           # the first sentence is the line in `reputation --help`

    def command(
        options: Options,                                  # all common options, merged and validated; not on the line
        names: Annotated[list[str], Argument(metavar="NAME...", help=str(say("Names to count.")))],
    ) -> int:                                              # the exit code
        rows = ...                                         # import heavy things here, not above
        return deliver(lambda format_name: "...\\n", options, ("table", "json"))

Every `help=` is a message id: the frame shows it in the chosen language. Wrong input is `raise BadInput(say("..."))`
before any question is sent. `OFFLINE = True` hides the options about asking from the command's help,
`NO_CHECKS = True` those about the outcomes of checks, and `USED` names those of them that it uses all the same, each
with what it does here.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # what loads the module typing is loaded in `main`, when the collector already waits
if TYPE_CHECKING:
    from typing import Final, NoReturn

_LITTER: Final = 100_000  # objects between two collections; the usual 700 are 30 collections before the first question


def main() -> NoReturn:
    """Run the command line and exit."""
    gc.set_threshold(_LITTER)
    from reputation.cli.frame.main import run

    _leave(run(sys.argv[1:]))


def _leave(code: int) -> NoReturn:
    """Ends the process as it is, once all is written: taking its modules down one by one is a tenth of a short run."""
    from contextlib import suppress

    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
