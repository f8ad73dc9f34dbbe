"""`reputation version`."""

from __future__ import annotations

import reputation
from reputation.cli.frame import Options, deliver
from reputation.text import say

HELP = say("Print the version.")
OFFLINE = True
NO_CHECKS = True


def command(options: Options) -> int:
    """The version, as a word or as JSON."""
    import json

    shown = {
        "table": f"reputation {reputation.__version__}",
        "json": json.dumps({"name": "reputation", "version": reputation.__version__}),
    }
    return deliver(shown.__getitem__, options)
