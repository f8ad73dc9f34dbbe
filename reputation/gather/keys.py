"""The user's keys for lists that ask for one, read from the environment, a file or a service manager's credentials.

A key is never an argument of the command line, and from here on it is a Secret.
"""

from __future__ import annotations

import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from reputation.bad_input import BadInput, problem_of
from reputation.secret import Secret
from reputation.text import say

KEY_VARIABLE: Final = "REPUTATION_KEY_"
KEY_FILE_VARIABLE: Final = "REPUTATION_KEY_FILE"
_LONGEST: Final = 1000


def key_sources(environment: Mapping[str, str]) -> list[tuple[str, dict[str, Secret]]]:
    """(origin, name -> key), strongest first: REPUTATION_KEY_NAME, REPUTATION_KEY_FILE, $CREDENTIALS_DIRECTORY/<name>.

    Raises BadInput.
    """
    found = []
    for variable, value in sorted(environment.items()):
        if variable.startswith(KEY_VARIABLE) and variable != KEY_FILE_VARIABLE and value.strip():
            found.append((variable, {variable.removeprefix(KEY_VARIABLE).lower(): Secret(value.strip())}))
    file, folder = environment.get(KEY_FILE_VARIABLE, ""), environment.get("CREDENTIALS_DIRECTORY", "")
    if file:
        found.append((file, key_file(Path(file))))
    return [*found, (folder, _credentials(folder))]


def key_file(path: Path) -> dict[str, Secret]:
    """The keys in a file of `name = "value"` (TOML, a [keys] table or none) or `name=value` lines. Raises BadInput."""
    import tomllib

    text = _read(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return _lines(path, text)
    entries = table.get("keys", table)
    if not isinstance(entries, dict) or not all(isinstance(value, str) for value in entries.values()):
        raise BadInput(say('{file}: a line of the key file must be name = "value"', file=str(path)))
    return {name.lower(): Secret(value.strip()) for name, value in entries.items() if value.strip()}


def _lines(path: Path, text: str) -> dict[str, Secret]:
    found = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not equals or not name.strip().replace("_", "").isalnum():
            raise BadInput(say('{file}: a line of the key file must be name = "value"', file=str(path)))
        found[name.strip().lower()] = Secret(value.strip().strip("\"'"))
    return found


def _credentials(folder: str) -> dict[str, Secret]:
    """One file a key, as systemd's LoadCredential= lays them out."""
    if not folder or not Path(folder).is_dir():
        return {}
    files = [path for path in sorted(Path(folder).iterdir()) if path.is_file()]
    return {path.name.lower(): Secret(_read(path).strip()) for path in files[:100]}


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.read(100 * _LONGEST)
    except UnicodeDecodeError:
        raise BadInput(say("{file}: the file must be saved as UTF-8 text", file=str(path))) from None
    except OSError as error:
        raise BadInput(say("{file}: {problem}", file=str(path), problem=problem_of(error))) from None


def readable_by_others(path: Path) -> bool:
    """True when somebody else on this machine may read the file; Windows keeps that elsewhere."""
    return sys.platform != "win32" and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
