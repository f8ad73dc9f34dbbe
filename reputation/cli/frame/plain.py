"""Text parameters taken as they are: typer would import pydantic to turn text into text, a tenth of a second a run."""

from __future__ import annotations

from types import NoneType
from typing import Any, Final, get_args

_PLAIN: Final = frozenset((str, int, bool, list[str], NoneType))


class AsGiven:
    """What typer asks for the value of one parameter."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The words as click collected them; a parameter that may be repeated is a list."""
        del ctx
        if param.multiple or param.nargs == -1:
            return list(value or ())
        return value


def keep_as_given(parameter: Any) -> None:
    """Spares a text parameter the conversion, where this typer has one."""
    descriptor = getattr(parameter, "type_descriptor", None)
    if descriptor is None or not hasattr(parameter, "get_runtime_param"):
        return
    kinds = get_args(descriptor.annotation) if _is_optional(descriptor.annotation) else (descriptor.annotation,)
    counts = int not in kinds or getattr(parameter, "count", False)
    if counts and all(kind in _PLAIN for kind in kinds):
        parameter.get_runtime_param = AsGiven


def _is_optional(annotation: Any) -> bool:
    return NoneType in get_args(annotation)
