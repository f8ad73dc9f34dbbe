"""Reads settings from the environment and from configuration files, strongest source first.

Order: command line, REPUTATION_* variables, ./reputation.toml or [tool.reputation] in ./pyproject.toml, the user's
reputation.toml, built-in. `--config FILE` takes the place of the files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from reputation.bad_input import BadInput, problem_of
from reputation.gather.folders import user_folder
from reputation.gather.keys import KEY_FILE_VARIABLE, KEY_VARIABLE, key_sources, readable_by_others
from reputation.settings import SETTINGS, TABLES, Layer, Settings, merge
from reputation.text import Text, say
from reputation.whole_number import whole_number

NAME: Final = "reputation.toml"
LARGEST: Final = 1_000_000
_PREFIX: Final = "REPUTATION_"
_NEAR: Final = 0.63
_MOST: Final = 10**15  # no setting is larger


class Loaded(NamedTuple):
    """The merged settings and what should be said about where they came from."""

    settings: Settings
    warnings: tuple[Text, ...]


def load_settings(command_line: Layer, environment: Mapping[str, str], config: str | None = None) -> Loaded:
    """The settings of this run. Raises BadInput naming file or variable, key and what is expected."""
    files = [_file_layer(path, table) for path, table in _files(environment, config)]
    keys = [Layer(origin, {"keys": found}) for origin, found in key_sources(environment)]
    settings = merge([command_line, *_environment_layers(environment), *keys, *files])
    key_files = [layer for layer in keys if layer.origin == environment.get(KEY_FILE_VARIABLE)]
    closed = () if config else _closed(user_file(environment))
    return Loaded(settings, (*_misspelt(environment), *closed, *_warnings([*files, *key_files])))


def _files(environment: Mapping[str, str], config: str | None) -> list[tuple[Path, str]]:
    """(file, dotted table) of each configuration file that exists, strongest first."""
    named = config or environment.get(f"{_PREFIX}CONFIG")
    if named:
        return [(Path(named), "")]
    local = [(Path(NAME), ""), (Path("pyproject.toml"), "tool.reputation"), (user_file(environment), "")]
    return [(path, table) for path, table in local if os.path.isfile(path)]  # noqa: PTH113 - never raises


def _closed(path: Path) -> Iterator[Text]:
    """Says of a file whose folder this user must not look into, as under sudo, that it is left out."""
    try:
        path.stat()
    except PermissionError as error:
        yield say("{file}: can not be read ({reason})", file=str(path), reason=problem_of(error))
    except (OSError, ValueError):
        return


def user_file(environment: Mapping[str, str]) -> Path:
    """Where the user's own configuration lies; a service manager's CONFIGURATION_DIRECTORY wins."""
    if environment.get("CONFIGURATION_DIRECTORY"):
        return Path(environment["CONFIGURATION_DIRECTORY"].split(":")[0]) / NAME
    return user_folder("config") / NAME


def _file_layer(path: Path, table: str) -> Layer:
    import tomllib

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        values: Any = _parsed(content.decode("utf-8-sig")) if len(content) <= LARGEST else None
    except OSError as error:
        raise BadInput(say("{file}: {problem}", file=str(path), problem=problem_of(error))) from None
    except UnicodeDecodeError:
        raise BadInput(say("{file}: the file must be saved as UTF-8 text", file=str(path))) from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(say("{file}: not valid TOML: {problem}", file=str(path), problem=str(error))) from None
    if values is None:
        raise BadInput(say("{file}: larger than one megabyte, so it is no configuration", file=str(path)))
    for part in filter(None, table.split(".")):
        values = values.get(part, {})
    return Layer(str(path), values if isinstance(values, Mapping) else {})


@lru_cache(maxsize=4)
def _parsed(text: str) -> Mapping[str, Any]:
    """The tables of a file; each run reads its files twice, first of all for the language."""
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("nested too deeply") from None


def _environment_layers(environment: Mapping[str, str]) -> list[Layer]:
    """One layer a variable, so that an error and `config show` name the variable itself."""
    layers = []
    for variable, path in _ours(environment):
        if path[0] in SETTINGS or path[0] in TABLES:
            layers.append(Layer(variable, _nested(path, environment[variable]), loose=True))
    return layers


def _ours(environment: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """(variable, path of the setting) of each variable with our prefix that is set and no key."""
    for variable in sorted(environment):
        if variable.startswith(_PREFIX) and not variable.startswith(KEY_VARIABLE) and environment[variable]:
            yield variable, variable.removeprefix(_PREFIX).lower().split("__")


def _misspelt(environment: Mapping[str, str]) -> tuple[Text, ...]:
    """Variables that nearly name a setting. Others with this prefix may belong to another program."""
    known = (*SETTINGS, *TABLES, "config")
    unknown = [(variable, path[0]) for variable, path in _ours(environment) if path[0] not in known]
    if not unknown:
        return ()
    import difflib

    near = ((variable, difflib.get_close_matches(name, known, 1, _NEAR)) for variable, name in unknown)
    return tuple(
        say("Warning: the variable {variable} changes nothing; did you mean {near}?",
            variable=variable, near=f"{_PREFIX}{found[0].upper()}") for variable, found in near if found
    )  # fmt: skip


def _nested(path: list[str], text: str) -> dict[str, Any]:
    """{"policy": {"points": {"minor": 1}}} for POLICY__POINTS__MINOR=1; digits are numbers inside a table."""
    number = whole_number(text, 0, _MOST) if len(path) > 2 else None
    value: Any = text if number is None else number
    for name in reversed(path):
        value = {name: value}
    return dict(value)


def _warnings(files: list[Layer]) -> tuple[Text, ...]:
    exposed = [file.origin for file in files if _holds_secrets(file.values) and readable_by_others(Path(file.origin))]
    return tuple(
        say("Warning: {file} holds keys and can be read by other users; `chmod 600 {file}` closes it.", file=file)
        for file in exposed
    )


def _holds_secrets(values: Mapping[str, Any]) -> bool:
    """Keys of lists, or receivers of alarms, whose addresses are passwords."""
    watch = values.get("watch")
    channels = watch.get("channel") if isinstance(watch, Mapping) else ()
    rows = channels if isinstance(channels, list) else []
    written = any(row.keys() & {"url", "secret", "password"} for row in rows if isinstance(row, Mapping))
    return bool(values.get("keys")) or written
