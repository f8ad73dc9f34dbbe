"""The log of every room, silent until the command line lets somebody listen. `logging` is loaded when one is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging


def log_of(name: str) -> logging.Logger:
    """The log of the module `name`; without a listener Python itself would print the graver events."""
    import logging

    whole = logging.getLogger("reputation")
    if not whole.handlers:
        whole.addHandler(logging.NullHandler())
    return logging.getLogger(name)
