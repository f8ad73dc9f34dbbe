"""The addresses and keys of the alarm channels, from where the configuration says that they are."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from reputation.bad_input import BadInput
from reputation.secret import Secret
from reputation.text import say

_LONGEST: Final = 10_000


def read_secret(way: str, name: str, environment: Mapping[str, str]) -> Secret:
    """The secret. `way` is "" (given as it is), "_file", "_env" or "_credential" (systemd's). Raises BadInput."""
    if way == "_env":
        return _not_empty(environment.get(name, ""), say("the environment variable {name}", name=name))
    if way == "_credential":
        folder = environment.get("CREDENTIALS_DIRECTORY", "")
        return _read(Path(folder) / Path(name).name)
    return _read(Path(name).expanduser()) if way == "_file" else Secret(name)


def _read(path: Path) -> Secret:
    try:
        with path.open(encoding="utf-8-sig") as file:
            return _not_empty(file.read(_LONGEST), str(path))
    except UnicodeDecodeError:
        raise BadInput(say("{file}: the file must be saved as UTF-8 text", file=str(path))) from None
    except OSError as error:
        problem = error.strerror or os.strerror(error.errno or 0)
        raise BadInput(say("{file}: {problem}", file=str(path), problem=problem)) from None


def _not_empty(text: str, where: object) -> Secret:
    if not text.strip():
        raise BadInput(say("{where} holds no address or key for the alarm channel", where=str(where)))
    return Secret(text.strip())
