"""Files of reports: the old one or the new one, never half of one."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reputation.gather.reports import Spool, write_whole


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """The new text cannot be encoded: the old file is whole and no temporary file is left."""
    target = tmp_path / "report.txt"
    write_whole(target, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(target, "new \ud800")
    left = {path.name for path in tmp_path.iterdir()} - {"home"}
    assert target.read_text() == "old" and left == {"report.txt"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_writer_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    """Killed at any moment."""
    target = tmp_path / "report.txt"
    code = f"""
from pathlib import Path
from reputation.gather.reports import Spool, write_whole
n = 0
while True:
    n += 1
    write_whole(Path({str(target)!r}), str(n % 10) * 200_000)
"""
    for attempt in range(8):
        writer = subprocess.Popen([sys.executable, "-c", code])
        while not target.exists():
            time.sleep(0.001)
        time.sleep(0.003 * attempt)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        text = target.read_text()
        assert len(text) == 200_000 and len(set(text)) == 1


@pytest.mark.parametrize("folder", ["", "missing"])
def test_a_text_waits_on_disk_and_comes_back_whole(tmp_path: Path, folder: str) -> None:
    """Characters that lie across the blocks in which it is read too, and where its folder is not there."""
    parts = ["é", "漢字" * 70_000, "", "\r\nx", "\U0001f600" * 40_000]
    spool = Spool(tmp_path / folder / "report.txt")
    for part in parts:
        spool.write(part)
    assert "".join(spool.pieces()) == "".join(parts) == "".join(spool.pieces())
    assert [path for path in tmp_path.iterdir() if path.name != "home"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
def test_what_the_disk_does_not_take_waits_in_memory(tmp_path: Path) -> None:
    code = f"""
import resource
from pathlib import Path
from reputation.gather.reports import Spool
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
spool = Spool(Path({str(tmp_path)!r}, "report.txt"))
parts = [str(n) * 30_000 for n in range(9)]
for part in parts:
    spool.write(part)
assert "".join(spool.pieces()) == "".join(parts)
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
