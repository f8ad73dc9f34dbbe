"""The command line as typer reads it: for help, for mistakes, and for words that are not plain."""

from __future__ import annotations

import gettext
import inspect
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import reputation
from reputation.bad_input import BadInput
from reputation.cli.frame.commands import command_names, module_of
from reputation.cli.frame.common import CommandLine, idle_of
from reputation.cli.frame.declared import REQUIRED, Option, Parameter
from reputation.cli.frame.help import in_language
from reputation.cli.frame.options import Options
from reputation.text import Text, render, say

HELP = say("Will this business e-mail arrive, why not, and what to do about it.")
Pack = Callable[[dict[str, Any]], Options]


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
    idle, used = idle_of(module), getattr(module, "USED", {})
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    settings = {"help_option_names": ["--help", "-h"]}
    app.command(name, help=render(module.HELP, language), context_settings=settings)(
        _as_typer_reads(CommandLine(module.command, idle), pack)
    )
    built: Any = typer.main.get_command(app)
    for parameter in built.params:
        parameter.hidden = parameter.name in idle
        parameter.help = str(used.get(parameter.name, parameter.help))
    return in_language(built, language)


def _as_typer_reads(line: CommandLine, pack: Pack) -> Callable[..., Any]:
    """A function whose signature declares the whole line."""

    def wrapper(**given: Any) -> Any:
        return line.run(given, pack)

    signature = [_parameter(one) for one in line.parameters]
    wrapper.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {one.name: one.annotation for one in signature}
    return wrapper


def _parameter(declared: Parameter) -> inspect.Parameter:
    shape, may_be_none = declared.shape, declared.default is None
    if isinstance(shape, Option):
        found = typer.Option(
            *shape.names, metavar=shape.metavar, help=shape.help, show_default=False, count=declared.counts
        )
    else:
        found = typer.Argument(metavar=shape.metavar, help=shape.help)
    default = inspect.Parameter.empty if declared.default is REQUIRED else declared.default
    annotation: Any = Annotated[declared.kind | None if may_be_none else declared.kind, found]
    return inspect.Parameter(declared.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def root(pack: Pack, language: str) -> FolderGroup:
    """The whole command line."""
    _speak(language)
    app = typer.Typer(
        cls=FolderGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
        help=render(HELP, language), no_args_is_help=False, invoke_without_command=True,
        context_settings={"help_option_names": ["--help", "-h"]},
    )  # fmt: skip

    @app.callback()
    def whole(
        context: typer.Context,
        version: bool = typer.Option(False, "--version", help=str(say("Print the version."))),
    ) -> None:
        if version:
            print(f"reputation {reputation.__version__}")
            raise typer.Exit
        if context.invoked_subcommand is None:
            print(context.get_help())
            raise typer.Exit

    group = typer.main.get_group(app)
    assert isinstance(group, FolderGroup)
    in_language(group, language)
    group.language, group.pack = language, pack
    return group


def _speak(language: str) -> None:
    """The headings of the command line library, which takes them from gettext's own domain."""
    if language == "zh":
        os.environ["LANGUAGE"] = "zh_CN"
        gettext.bindtextdomain("reputation", str(Path(reputation.__file__).parent / "locale"))
    gettext.textdomain("reputation" if language == "zh" else "messages")
