"""One file, one output format: a Report in, text out. Pure.

A format is a file `report_NAME.py` with `render(report, options) -> str`; it is found by its name.
"""

from __future__ import annotations

import importlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reputation.model import Report

if TYPE_CHECKING:
    from reputation.plugin_range import PluginRange


class RenderOptions(NamedTuple):
    """How to render. `width` is in columns; `unicode` is False where the terminal's encoding knows only ASCII."""

    language: str = "en"
    width: int = 80
    color: bool = False
    unicode: bool = True
    verbose: bool = False
    strict: bool = False
    warning: PluginRange | None = None  # thresholds of the nagios format, on the number of listings
    critical: PluginRange | None = None
    folder: str = ""  # in which the program runs: formats for code scanning name files as seen from there


@lru_cache(maxsize=1)
def format_names() -> tuple[str, ...]:
    """The formats of a report, sorted."""
    files = Path(__file__).parent.glob("report_*.py")
    return tuple(sorted(file.stem.removeprefix("report_").replace("_", "-") for file in files))


def render(name: str, report: Report, options: RenderOptions) -> str:
    """The report in the format called `name`. Raises KeyError for a name that is not in `format_names()`."""
    if name not in format_names():
        raise KeyError(name)
    module = importlib.import_module(f"reputation.formats.report_{name.replace('-', '_')}")
    return str(module.render(report, options))
