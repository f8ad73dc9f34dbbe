"""Typed settings out of layers of raw values: the first layer that names a setting wins, and its origin is kept. Pure.

A new setting is one line in SETTINGS and one field in Settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from reputation.bad_input import BadInput
from reputation.secret import Secret
from reputation.text import Text, say, verbatim

Raw: TypeAlias = Mapping[str, Any]
BUILT_IN: Final = "built-in"
_ORIGINS: Final = {"command line": say("command line"), BUILT_IN: say("built-in"), "system": say("system")}
DEFAULT_SAVE: Final = "reports"
TABLES: Final = ("keys", "lint", "policy", "watch")


class Layer(NamedTuple):
    """One source of settings. `origin` is what `config show --origin` prints; `loose` values are text to be read."""

    origin: str
    values: Raw
    loose: bool = False


class Settings(NamedTuple):
    """What the run goes by. `timeout` is in seconds; `origins` maps each dotted name to the layer that set it."""

    lang: str = ""
    format: tuple[str, ...] = ()
    resolver: tuple[str, ...] = ()
    blocklists: str = ""
    lists: str = "default"
    fail_on: str = "fail"
    strict: bool = False
    timeout: float = 25.0
    offline: bool = False
    color: str = "auto"
    save: str = ""
    keys: Mapping[str, Secret] = {}
    policy: Mapping[str, Mapping[str, Any]] = {}
    watch: Mapping[str, Any] = {}  # read by reputation/watch_settings.py
    lint: Mapping[str, Any] = {}  # read by reputation/lint_settings.py
    origins: Mapping[str, str] = {}


class _Wrong(Exception):
    """A value that its setting cannot have; carries what was expected."""

    def __init__(self, expected: Text) -> None:
        super().__init__()
        self.expected = expected


def _text(value: Any, loose: bool) -> str:
    del loose
    if not isinstance(value, str) or "\0" in value:
        raise _Wrong(say("a text in quotes"))
    return value


def _texts(value: Any, loose: bool) -> tuple[str, ...]:
    parts = value.split(",") if loose and isinstance(value, str) else value
    if isinstance(parts, str):
        parts = [parts]
    if not isinstance(parts, Sequence) or not all(isinstance(part, str) for part in parts):
        raise _Wrong(say("a list of texts, such as {example}", example='["a", "b"]'))
    if not isinstance(value, str) and not all(part.strip() for part in parts):
        raise _Wrong(say("a text that is not empty"))
    return tuple(part.strip() for part in parts if part.strip())


_WORDS_OF_TRUTH: Final = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}  # fmt: skip  # noqa: E501


def _flag(value: Any, loose: bool) -> bool:
    read = _WORDS_OF_TRUTH.get(value.strip().lower()) if loose and isinstance(value, str) else value
    if not isinstance(read, bool):
        raise _Wrong(say("true or false"))
    return read


def _seconds(value: Any, loose: bool) -> float:
    try:
        number = float(value) if loose or (isinstance(value, int | float) and not isinstance(value, bool)) else -1.0
    except ValueError:
        number = -1.0
    if not 0 < number <= 86400:
        raise _Wrong(say("a number of seconds above 0, at most 86400"))
    return number


def _one_of(*words: str) -> Callable[[Any, bool], str]:
    def read(value: Any, loose: bool) -> str:
        del loose
        if value not in words:
            raise _Wrong(say("one of {words}", words=words))
        return str(value)

    return read


SETTINGS: Final[Mapping[str, Callable[[Any, bool], Any]]] = {
    "lang": _one_of("en", "zh"),
    "format": _texts,
    "resolver": _texts,
    "blocklists": _text,
    "lists": _text,
    "fail_on": _one_of("warn", "fail", "never"),
    "strict": _flag,
    "timeout": _seconds,
    "offline": _flag,
    "color": _one_of("auto", "always", "never"),
    "save": _text,
}


def merge(layers: Sequence[Layer]) -> Settings:
    """The settings of `layers`, strongest first. Raises BadInput naming the layer, the key and what is expected."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        for name, value in layer.values.items():
            if name in TABLES:
                continue
            read = _read(layer, name, value)
            if values.setdefault(name, read) is read:
                origins.setdefault(name, layer.origin)
    tables = {name: _table(layers, name, origins) for name in TABLES}
    keys = {name: value if isinstance(value, Secret) else Secret(value) for name, value in tables["keys"].items()}
    return Settings(
        **values, keys=keys, policy=tables["policy"], watch=tables["watch"], lint=tables["lint"], origins=origins
    )


def _read(layer: Layer, name: str, value: Any) -> Any:
    reader = SETTINGS.get(name)
    if reader is None:
        raise BadInput(_unknown(layer.origin, name))
    try:
        return reader(value, layer.loose)
    except _Wrong as wrong:
        raise BadInput(_ill_typed(layer.origin, name, wrong.expected)) from None


def _unknown(origin: str, name: str) -> Text:
    import difflib

    near = difflib.get_close_matches(name, [*SETTINGS, *TABLES], 1)
    if near:
        return say(
            "{origin}: there is no setting {name}; did you mean {near}?",
            origin=origin_in_words(origin),
            name=name,
            near=near[0],
        )
    return say(
        "{origin}: there is no setting {name}; known are {known}",
        origin=origin_in_words(origin), name=name, known=tuple(sorted([*SETTINGS, *TABLES])),
    )  # fmt: skip


def origin_in_words(origin: str) -> Text:
    """Where a value comes from, for a person; a file or a variable is called by its name."""
    return _ORIGINS.get(origin) or verbatim(origin)


def _ill_typed(origin: str, name: str, expected: Text) -> Text:
    return say("{origin}: {name} must be {expected}", origin=origin_in_words(origin), name=name, expected=expected)


def _table(layers: Sequence[Layer], name: str, origins: dict[str, str]) -> dict[str, Any]:
    """The tables called `name` laid over each other, the weakest layer first."""
    merged: dict[str, Any] = {}
    for layer in reversed(layers):
        table = layer.values.get(name, {})
        if not isinstance(table, Mapping):
            raise BadInput(_ill_typed(layer.origin, name, say("a table of its own, [{name}]", name=name)))
        for key, value in table.items():
            merged[key] = _entry(layer, name, key, value, merged.get(key))
            origins[f"{name}.{key}"] = layer.origin
    return merged


def _entry(layer: Layer, table: str, key: str, value: Any, below: Any) -> Any:
    if table == "keys":
        if not isinstance(value, str | Secret) or not value:
            raise BadInput(_ill_typed(layer.origin, f"keys.{key}", say("a text in quotes")))
        return value
    if table in ("lint", "watch"):
        return value
    if not isinstance(value, Mapping):
        raise BadInput(_ill_typed(layer.origin, f"{table}.{key}", say("a table of its own, [{name}]", name=key)))
    return {**below, **value} if isinstance(below, Mapping) else dict(value)
