"""The real bounces of flufl.bounce 6.0.0 with the addresses that its own tests expect, fetched when the test runs."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reputation import diagnose

PINNED = "flufl-bounce==6.0.0"


@pytest.fixture(scope="module")
def tests_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tests of the source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("flufl")
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", PINNED]
    done = subprocess.run([*command, "-d", str(folder)], capture_output=True, text=True, timeout=120)
    archives = list(folder.glob("*.tar.gz"))
    if not archives:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{PINNED} could not be fetched: {done.stderr[-300:]}")
        pytest.skip(f"{PINNED} could not be fetched")
    shutil.unpack_archive(archives[0], folder)
    return next(folder.glob("*/tests"))


def _expected(folder: Path) -> dict[str, set[str]]:
    """File -> addresses, over all detectors that name the file."""
    tree = ast.parse((folder / "test_detectors.py").read_text("utf-8"))
    table = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DETECTORS"
    )
    expected: dict[str, set[str]] = {}
    for _, file, addresses, _ in table:
        expected.setdefault(file, set()).update(address.decode().lower() for address in addresses)
    return {file: addresses for file, addresses in expected.items() if addresses}


def test_real_bounces_are_recognised_and_their_addresses_found(tests_folder: Path) -> None:
    """At least 95 % are recognised, and for at least 95 % the addresses are exactly those expected."""
    expected = _expected(tests_folder)
    found = {file: diagnose((tests_folder / "data" / file).read_bytes()) for file in expected}
    recognised = [file for file in expected if found[file].verdict not in ("none", "auto")]
    exact = [f for f, wanted in expected.items() if {r.recipient.lower() for r in found[f].recipients} == wanted]
    assert len(expected) >= 110
    assert len(recognised) / len(expected) >= 0.95
    assert len(exact) / len(expected) >= 0.95, sorted(set(expected) - set(exact))
