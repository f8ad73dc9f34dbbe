"""Ready files for whoever starts the watchman: reputation/watch_templates with the paths of this user."""

from __future__ import annotations

import difflib
import getpass
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from reputation.cli.frame import BadInput, Options
from reputation.text import say


def kinds() -> tuple[str, ...]:
    """What can be printed."""
    folder = files("reputation") / "watch_templates"
    return tuple(sorted(entry.name.removesuffix(".txt") for entry in folder.iterdir() if entry.name.endswith(".txt")))


def printed(kind: str, options: Options) -> str:
    """The file called `kind` with the paths of this user. Raises BadInput."""
    if kind not in kinds():
        near = difflib.get_close_matches(kind, kinds(), 1)
        raise BadInput(
            say("--print {kind}: did you mean {near}?", kind=kind, near=near[0])
            if near
            else say("--print {kind}: expected one of {known}", kind=kind, known=kinds())
        )
    text = (files("reputation") / "watch_templates" / f"{kind}.txt").read_text("utf-8")
    for name, value in _values(options).items():
        written = _WRITTEN.get(f"{kind} {name}") or _WRITTEN.get(kind, str)
        text = text.replace(f"@{name}@", written(value))
    return text


def _for_command_of_systemd(value: str) -> str:
    """One word of a command line, in which a percent sign begins a specifier."""
    return value.replace("\\", r"\x5c").replace("%", "%%").replace(" ", r"\x20")


def _for_file_of_systemd(value: str) -> str:
    """The rest of a line, which is taken as it stands but for specifiers."""
    return value.replace("%", "%%")


def _for_icinga(value: str) -> str:
    """Inside quotes of the Icinga language; a dollar begins a macro there."""
    return value.replace("\\", r"\\").replace('"', r"\"").replace("$", "$$")


def _for_cron(value: str) -> str:
    """One word for the shell; a percent sign is the end of the command in a crontab."""
    return shlex.quote(value).replace("%", r"\%")


_WRITTEN: Final[Mapping[str, Callable[[str], str]]] = {
    "cron": _for_cron, "icinga": _for_icinga, "nrpe": shlex.quote,
    "systemd COMMAND": _for_command_of_systemd, "systemd CONFIG": _for_file_of_systemd,
}  # fmt: skip


def _values(options: Options) -> dict[str, str]:
    return {"COMMAND": _command(), "CONFIG": _config(options), "USER": _user(), "TARGET": _target(options)}


def _command() -> str:
    """The program as it was started, with its whole path."""
    found = shutil.which(sys.argv[0]) or shutil.which("reputation")
    return str(Path(found).resolve()) if found else "reputation"


def _config(options: Options) -> str:
    """The file that holds [watch] now, or where it should be."""
    import os

    from reputation.gather.config import user_file

    origin = next((o for name, o in options.origins.items() if name.startswith("watch.") and Path(o).is_file()), "")
    return str(Path(origin).resolve() if origin else user_file(os.environ))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "root"


def _target(options: Options) -> str:
    targets = options.watch.get("targets", ())
    return str(targets[0]) if isinstance(targets, list) and targets else "example.com"
