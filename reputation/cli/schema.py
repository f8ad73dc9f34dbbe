"""`reputation schema`."""

from __future__ import annotations

from reputation.cli.frame import Options, deliver
from reputation.text import say

HELP = say("Print the JSON Schema of the report.")
OFFLINE = True
NO_CHECKS = True


def command(options: Options) -> int:
    """JSON Schema 2020-12, as it lies in the package."""
    from importlib.resources import files

    schema = files("reputation").joinpath("schema.json").read_text("utf-8")
    return deliver(lambda _: schema, options)
