"""Real bounces of what a name server says: Postfix asks a real resolver, in a network of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reputation import diagnose
from tests.servers import needs

ROOT = Path(__file__).parents[2]
CASES = {
    "anna@gone.corp.test": ("5.4.4", "hard", "domain"),
    "anna@nullmx.corp.test": ("5.1.0", "hard", "domain"),
    "anna@lost.corp.test": ("5.4.4", "hard", "domain"),
    "anna@broken.test": ("4.4.3", "soft", "network"),
    "anna@loop.corp.test": ("4.4.3", "soft", "network"),
    "anna@closed.corp.test": ("4.4.1", "soft", "network"),
    "550_5.1.1_user_unknown@good.corp.test": ("5.1.1", "hard", "address"),
}
_MAY_WE = "mount --bind {kit} {kit} && ip link set lo up && iptables -t nat -S"


def _own_network(kit: Path) -> list[str]:
    """The command that gives a process a network of its own; skips where this machine does not let root make one."""
    for binary in ("postfix", "nsd", "unbound", "ip", "iptables", "mount"):
        needs(binary)
    command = [needs("unshare"), "-n", "-m"]
    if os.geteuid() != 0:
        if os.environ.get("CI") == "true":
            pytest.fail("only root may make a network")
        pytest.skip("only root may make a network")
    tried = subprocess.run(
        [*command, "sh", "-c", _MAY_WE.format(kit=kit)], capture_output=True, text=True, stdin=subprocess.DEVNULL,
        env={**os.environ, "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"}, timeout=30,
    )  # fmt: skip
    if tried.returncode:
        pytest.skip(f"this machine does not allow a network of its own: {tried.stderr.strip()[-300:]}")
    return command


@pytest.mark.real_server
def test_real_bounces_of_lookups_are_understood(tmp_path: Path) -> None:
    command = [*_own_network(tmp_path), sys.executable, "-m", "tests.bounces.closed_network", str(tmp_path), *CASES]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
    assert ran.returncode == 0, ran.stderr[-3_000:]
    returned = [path.read_bytes() for path in (tmp_path / "returned").iterdir()]
    assert {r.recipient: (r.status, r.verdict, r.reason) for raw in returned for r in diagnose(raw).recipients} == CASES
