"""What a command declares of its line, apart from any library that reads lines: its options and arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import NoneType
from typing import Any, Final, NamedTuple, get_args, get_type_hints

REQUIRED: Final = ...  # the default of an argument that must be given
Wanted = Callable[[str], bool]


class Option:
    """An option: its names, such as "--format", "-f" or "--yes/--no", what stands for its value, a message id.

    Its FILE is read unless it `writes` it; of a folder that may be named too the files of `wanted` names are read.
    """

    def __init__(
        self,
        *names: str,
        metavar: str | None = None,
        help: str = "",
        writes: bool = False,
        wanted: Wanted | None = None,
    ) -> None:
        self.names: Final = names
        self.metavar: Final = metavar
        self.help: Final = help
        self.writes: Final = writes
        self.wanted: Final = wanted


class Argument:
    """What is typed without a name: what stands for it in the usage line, a message id; `wanted` as of an option."""

    writes: Final = False

    def __init__(self, *, metavar: str, help: str = "", wanted: Wanted | None = None) -> None:
        self.metavar: Final = metavar
        self.help: Final = help
        self.wanted: Final = wanted


class Parameter(NamedTuple):
    """One option or argument. `kind` is str, int, bool, list[str] or a tuple; an int counts how often it is typed."""

    name: str
    kind: Any
    shape: Option | Argument
    default: Any = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of an option; an argument has none."""
        return self.shape.names if isinstance(self.shape, Option) else ()

    @property
    def reads(self) -> bool:
        """Whether its values are files to be read."""
        return (self.shape.metavar or "").strip("[.]") == "FILE" and not self.shape.writes

    @property
    def is_switch(self) -> bool:
        """Whether it takes no value."""
        return self.kind is bool or self.counts

    @property
    def counts(self) -> bool:
        """Whether typing it twice says more than typing it once."""
        return self.kind is int and self.shape.metavar is None


def parameters_of(command: Callable[..., Any]) -> Mapping[str, Parameter]:
    """The parameters of a command by name, but for `options`, which are common to all."""
    hints, defaults = get_type_hints(command, include_extras=True), _defaults(command)
    return {
        name: _parameter(name, hint, defaults.get(name, REQUIRED))
        for name, hint in hints.items()
        if name not in ("options", "return")
    }


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    kind, shape = get_args(hint)
    if NoneType in get_args(kind):
        kind = next(one for one in get_args(kind) if one is not NoneType)
    return Parameter(name, kind, shape, default)


def _defaults(command: Callable[..., Any]) -> dict[str, Any]:
    """The module inspect knows them too, but takes as long to load as a draft to read."""
    code = command.__code__
    names = code.co_varnames[: code.co_argcount]
    values = command.__defaults__ or ()
    return {**dict(zip(names[len(names) - len(values) :], values, strict=True)), **(command.__kwdefaults__ or {})}
