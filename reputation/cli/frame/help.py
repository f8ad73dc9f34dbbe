"""Help pages in both languages, with lines that fit although a Han character takes two columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import typer

from reputation.cli.frame.plain import keep_as_given
from reputation.cli.frame.wrap import columns, wrapped
from reputation.text import Text, render, say

_USAGE = say("Usage: ")
_THIS_HELP = say("Show this message and exit.")
_MOST_LEFT = 30
_formatter: Any = typer.Context.formatter_class


class HelpPage(_formatter):  # type: ignore[misc]
    """Writes usage, texts and definition lists by columns, not by characters."""

    language: ClassVar[str] = "en"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(prog, args, render(_USAGE, self.language) if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """The line over a list of names."""
        self.write(" " * self.current_indent + render(say("{heading}:", heading=heading), self.language) + "\n")

    def write_text(self, text: str) -> None:
        """One paragraph."""
        self.write(wrapped(" ".join(text.split()), self.width, " " * self.current_indent) + "\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], **_spacing: int) -> None:
        """Names on the left, what they mean on the right."""
        left = min(max((columns(name) for name, _ in rows), default=0), _MOST_LEFT) + 2 + self.current_indent
        for name, meaning in rows:
            head = " " * self.current_indent + name
            body = wrapped(" ".join(meaning.split()), self.width, " " * left)
            if columns(head) + 2 <= left:
                body = head + " " * (left - columns(head)) + body[left:]
            else:
                self.write(head + "\n")
            self.write(body + "\n")


def in_language(command: Any, language: str) -> Any:
    """`command` with its help texts, which are message ids, in `language`."""
    page = type("HelpPageInLanguage", (HelpPage,), {"language": language})
    context = type("ContextInLanguage", (command.context_class,), {"formatter_class": page})
    command.context_class = context
    own_help_option = command.get_help_option

    def help_option(ctx: Any) -> Any:
        option = own_help_option(ctx)
        if option is not None:
            keep_as_given(option)
            option.help = render(_THIS_HELP, language)
        return option

    command.get_help_option = help_option
    command.options_metavar = render(say("[OPTIONS]"), language)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = render(say("COMMAND [ARGS]..."), language)
    for parameter in command.params:
        keep_as_given(parameter)
        if parameter.help:
            parameter.help = render(Text(parameter.help), language)
        if parameter.param_type_name == "argument":
            _named_as_written(parameter)
        elif getattr(parameter, "is_flag", False):
            parameter.show_default = False
    return command


def _named_as_written(argument: Any) -> None:
    """The name in the usage line and the list; typer would add the Python type and a second pair of brackets."""
    name = str(argument.metavar or argument.name).removeprefix("[").removesuffix("]")
    usage = name if argument.required else f"[{name}]"
    argument.get_usage_pieces = lambda _: [usage]
    argument.get_help_record = lambda _: (name, argument.help or "")
