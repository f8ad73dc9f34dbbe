"""Files of reports: the old one or the new one, never half of one."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reputation.gather.reports import write_whole


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
from reputation.gather.reports import write_whole
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
