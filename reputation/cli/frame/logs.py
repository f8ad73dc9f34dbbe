"""The log of a run: on standard error, only when asked for, one event a line, and without any key."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable

from reputation.secret import Secret

ROOT = logging.getLogger("reputation")


def start_log(verbose: int, keys: Iterable[Secret]) -> None:
    """-v tells what is done, -vv everything; without them nobody listens, and only the report speaks."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine([key.reveal() for key in keys]))
    ROOT.handlers[:] = [handler]
    ROOT.setLevel(logging.INFO if verbose == 1 else logging.DEBUG)
    ROOT.propagate = False


class _OneLine(logging.Formatter):
    """An event as one line. An exception may carry the name that was asked, and so the key in it."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(levelname)s %(name)s %(message)s")
        self._secrets = sorted(secrets, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The event without keys, line ends and anything that a terminal would obey."""
        from reputation.formats.clean import one_line

        text = " | ".join(super().format(record).splitlines())
        for secret in self._secrets:
            text = text.replace(secret, "***").replace(secret.lower(), "***")
        return one_line(text)
