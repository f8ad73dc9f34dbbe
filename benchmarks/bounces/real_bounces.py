"""The real bounces in the source distribution of flufl-bounce, and flufl.bounce itself, both fetched with pip."""

from __future__ import annotations

import ast
import importlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

from reputation import diagnose

PINNED = "flufl-bounce==6.0.0"
Reader = Callable[[bytes], set[str]]


def fetched(folder: Path) -> Path | None:
    """The tests of the source distribution below `folder`; None where it can not be fetched."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(folder)]
    subprocess.run([*command, PINNED], capture_output=True, check=False, timeout=300)
    for archive in folder.glob("*.tar.gz"):
        shutil.unpack_archive(archive, folder)
    return next(folder.glob("*/tests"), None)


def expected_of(tests: Path) -> dict[str, set[str]]:
    """File to addresses, of the files that name one."""
    tree = ast.parse((tests / "test_detectors.py").read_text("utf-8"))
    table = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DETECTORS"
    )
    found: dict[str, set[str]] = {}
    for _, file, addresses, _ in table:
        found.setdefault(file, set()).update(address.decode().lower() for address in addresses)
    return {file: addresses for file, addresses in found.items() if addresses}


def ours(raw: bytes) -> set[str]:
    """The addresses that we find."""
    return {recipient.recipient.lower() for recipient in diagnose(raw).recipients}


def theirs(folder: Path) -> Reader | None:
    """What flufl.bounce finds; None where it can not be fetched."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(folder / "site"), PINNED]
    subprocess.run(command, capture_output=True, check=False, timeout=300)
    sys.path.append(str(folder / "site"))
    try:
        scan = importlib.import_module("flufl.bounce")
    except ImportError:
        return None

    def found(raw: bytes) -> set[str]:
        temporary, permanent = scan.all_failures(message_from_bytes(raw))
        return {address.decode().lower() for address in (*temporary, *permanent)}

    return found
