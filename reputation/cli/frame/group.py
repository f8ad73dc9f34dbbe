"""Commands found by folder: the list of names costs no import, and only the command that runs is built."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import typer
from typer.core import TyperGroup

from reputation.bad_input import BadInput
from reputation.cli.frame.common import ASKING, JUDGING, with_common_options
from reputation.cli.frame.help import in_language
from reputation.cli.frame.options import Options
from reputation.text import Text, render, say

Pack = Callable[[dict[str, Any]], Options]


@lru_cache(maxsize=1)
def command_names() -> tuple[str, ...]:
    """The commands, sorted: every module of the folder. Names with "_" in front are helpers."""
    with os.scandir(Path(__file__).parent.parent) as entries:
        files = [entry.name for entry in entries]
    return tuple(sorted(n[:-3].replace("_", "-") for n in files if n.endswith(".py") and not n.startswith("_")))


def module_of(name: str) -> ModuleType:
    """The module of one command."""
    return importlib.import_module(f"reputation.cli.{name.replace('-', '_')}")


def first_sentence(help_text: Text, language: str) -> str:
    """The line of a command in the list of commands."""
    return render(help_text, language).split("\n", 1)[0]


class FolderGroup(TyperGroup):
    """A group whose commands are the modules of reputation/cli."""

    language = "en"
    pack: Pack

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - click's signature
        """All names."""
        return list(command_names())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - click's signature
        """One command, built when it is needed."""
        return build(cmd_name, self.pack, self.language) if cmd_name in command_names() else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that args[0] names; raises BadInput with the nearest name."""
        if args[0] not in command_names():
            raise BadInput(_unknown_command(args[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - click's signature
        """The list of commands, each with its first sentence."""
        rows = [(name, first_sentence(module_of(name).HELP, self.language)) for name in command_names()]
        with formatter.section(render(say("Commands"), self.language)):
            formatter.write_dl(rows)


def _unknown_command(name: str) -> Text:
    import difflib

    near = difflib.get_close_matches(name, command_names(), 1)
    if near:
        return say("There is no command {name}; did you mean {near}?", name=name, near=near[0])
    return say("There is no command {name}; `reputation --help` lists them.", name=name)


def build(name: str, pack: Pack, language: str) -> Any:
    """The command called `name` with its help in `language`."""
    module = module_of(name)
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    settings = {"help_option_names": ["--help", "-h"]}
    app.command(name, help=render(module.HELP, language), context_settings=settings)(
        with_common_options(module.command, pack)
    )
    built: Any = typer.main.get_command(app)
    idle = (ASKING if getattr(module, "OFFLINE", False) else ()) + (
        JUDGING if getattr(module, "NO_CHECKS", False) else ()
    )
    for parameter in built.params:
        if parameter.name in idle:
            parameter.hidden = True
    return in_language(built, language)
