"""Source distributions that hold other projects' test data: fetched with pip, checked, kept, and never copied."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

_FOLDER = Path(__file__).resolve().parents[1] / ".tools"


def source(name: str, version: str, sha256: str) -> Path:
    """The archive. Without a network the test is skipped with the reason, or fails where CI=true."""
    path = _FOLDER / f"{name}-{version}.tar.gz"
    if not path.exists():
        command = ["download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(_FOLDER), f"{name}=={version}"]
        done = subprocess.run([sys.executable, "-m", "pip", *command], capture_output=True, text=True, check=False)
        if done.returncode:
            message = f"{name} {version} cannot be fetched: {done.stderr.strip()[-200:]}"
            pytest.fail(message) if os.environ.get("CI", "").lower() == "true" else pytest.skip(message)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    return path
