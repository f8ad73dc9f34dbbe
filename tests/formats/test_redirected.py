"""A report sent into a file by the shell: documents are UTF-8 wherever the console speaks something else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "reports" / "samples"


def redirected(name: str, encoding: str) -> bytes:
    """The Chinese report as `reputation report ... > file` gives it under that encoding."""
    command = [sys.executable, "-m", "reputation", "report", str(SAMPLES / "json.json"), "-f", name, "--lang", "zh"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    return subprocess.run(command, capture_output=True, env=environment, timeout=60).stdout


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize("name", ["html", "csv", "junit", "markdown"])
def test_a_redirected_document_is_utf_8(name: str, encoding: str) -> None:
    """It says so of itself, or is expected to be."""
    assert "Spamhaus ZEN" in (text := redirected(name, encoding).decode("utf-8")) and "列入" in text


def test_the_mark_for_excel_and_its_line_ends_survive() -> None:
    """EF BB BF first, CRLF once."""
    raw = redirected("csv", "gbk")
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw and b"\r\r\n" not in raw


def test_what_is_read_on_the_screen_takes_the_encoding_of_the_screen() -> None:
    """A redirected Chinese console is GBK."""
    assert "停止发送" in redirected("table", "gbk").decode("gbk")
