"""The lists reach a user who installs the wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import sys
sys.path.insert(0, sys.argv[1])
import reputation.catalogue
catalogue = reputation.catalogue.load()
print(catalogue.folder)
print(len(catalogue.lists), len(catalogue.closed))
"""


def test_the_lists_are_in_the_wheel_and_are_read_from_there(tmp_path: Path) -> None:
    """Built, unpacked, and put in front of the checkout."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(wheel).extractall(unpacked)
    asked = subprocess.run([sys.executable, "-c", ASK, str(unpacked)], capture_output=True, text=True, cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    folder, counts = asked.stdout.splitlines()
    assert Path(folder) == unpacked / "reputation" / "blocklists"
    lists, closed = map(int, counts.split())
    assert lists >= 90
    assert closed >= 79
