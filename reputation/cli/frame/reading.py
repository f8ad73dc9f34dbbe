"""Reads a line whose words are all plain. Any other line, with a mistake or a call for help in it, is left to typer.

typer knows every way to write an option, says what is wrong and shows help; loading it takes a third of a lint.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from reputation.cli.frame.declared import REQUIRED, Argument, Parameter


class _NotPlain(Exception):
    """A word that needs typer."""


def read(parameters: Collection[Parameter], words: Sequence[str]) -> dict[str, Any] | None:
    """The value of each parameter as typer would give it, or None where the words are not plain."""
    try:
        return _Line(parameters, words).read()
    except _NotPlain:
        return None


class _Line:
    """The values found so far. `rest` are the words to come, the next one last."""

    def __init__(self, parameters: Collection[Parameter], words: Sequence[str]) -> None:
        self.options = {name: (one, said) for one in parameters for name, said in _names(one)}
        self.arguments = [one for one in parameters if isinstance(one.shape, Argument)]
        self.values = {one.name: one.default for one in parameters}
        self.rest = list(reversed(words))

    def read(self) -> dict[str, Any]:
        loose: list[str] = []
        while self.rest:
            word = self.rest.pop()
            if word == "--":
                loose += reversed(self.rest)
                break
            if word == "-" or not word.startswith("-"):
                loose.append(word)
            else:
                self.option(word)
        self.argue(loose)
        return self.values

    def option(self, word: str) -> None:
        name, equals, value = word.partition("=") if word.startswith("--") else (word[:2], "", word[2:])
        if name not in self.options or value.startswith(("=", "-")):
            raise _NotPlain
        option, said = self.options[name]
        if not option.is_switch:
            self.keep(option, value if value or equals else self.following())
        elif equals:
            raise _NotPlain
        else:
            self.values[option.name] = self.values[option.name] + 1 if option.counts else said
            self.rest += ["-" + value] if value else []

    def following(self) -> str:
        """The next word as a value; before one that looks like an option the value may have been forgotten."""
        if not self.rest or (self.rest[-1].startswith("-") and self.rest[-1] != "-"):
            raise _NotPlain
        return self.rest.pop()

    def keep(self, option: Parameter, value: str) -> None:
        if option.kind == list[str]:
            self.values[option.name] = [*(self.values[option.name] or ()), value]
        elif option.kind is str:
            self.values[option.name] = value
        else:
            raise _NotPlain

    def argue(self, loose: Sequence[str]) -> None:
        """The words without a name go to the one argument."""
        if loose and self.arguments:
            argument, several = self.arguments[0], self.arguments[0].kind == list[str]
            self.values[argument.name], loose = (loose, ()) if several else (loose[0], loose[1:])
        if loose or REQUIRED in self.values.values():
            raise _NotPlain


def _names(parameter: Parameter) -> Iterator[tuple[str, bool]]:
    """Each name of an option and what it says: in "--plan/--no-plan" the second says no."""
    for names in parameter.names:
        yes, slash, no = names.partition("/")
        yield yes, True
        if slash:
            yield no, False
