"""Exim without installing it: Debian has no room for it beside Postfix, so its package is fetched and only unpacked."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import pytest

_PACKAGES = ("exim4-daemon-light", "libidn12", "libgnutls-dane0")
_USER, _IDS = "Debian-exim", "29025"
_AS_IF_IT_HAD_THAT_USER = (
    'mount --bind "$0/passwd" /etc/passwd && mount --bind "$0/group" /etc/group && export LD_LIBRARY_PATH="$1" '
    '&& shift && exec "$@"'
)


def exim_command(folder: Path) -> tuple[list[str], str]:
    """What to put before Exim's own options, and the path of its binary. Skips, in CI too, where that can not be."""
    if os.geteuid() != 0:
        pytest.skip("exim starts only as root")
    found = os.environ.get("EXIM4") or shutil.which("exim4", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found:
        return [found], found
    for tool in ("apt-get", "dpkg", "unshare", "ldd"):
        if shutil.which(tool) is None:
            pytest.skip(f"exim4 is not installed, and without {tool} it can not be unpacked")
    return _unpacked(folder)


def _unpacked(folder: Path) -> tuple[list[str], str]:
    folder.mkdir()
    _try(["apt-get", "download", "-q", *_PACKAGES], folder)
    for package in folder.glob("*.deb"):
        _try(["dpkg", "-x", str(package), str(folder)], folder)
    binary = folder / "usr" / "sbin" / "exim4"
    if not binary.exists():
        pytest.skip("the package of exim4 holds no binary of that name")
    binary.chmod(0o755)
    libraries = os.pathsep.join(map(str, folder.glob("usr/lib/*-linux-*")))
    command = [*_with_user(folder), libraries]
    shown = _try([*command, "ldd", str(binary)], folder)
    if "not found" in shown:
        pytest.skip(f"exim4 misses a library: {shown}")
    return [*command, str(binary)], str(binary)


def _with_user(folder: Path) -> list[str]:
    """Runs a command where the user exists that the binary was built for; the machine itself gets no user."""
    users, groups = Path("/etc/passwd").read_text(), Path("/etc/group").read_text()
    try:
        pwd.getpwnam(_USER)
    except KeyError:
        users += f"{_USER}:x:{_IDS}:{_IDS}::/nonexistent:/usr/sbin/nologin\n"
        groups += f"{_USER}:x:{_IDS}:\n"
    (folder / "passwd").write_text(users)
    (folder / "group").write_text(groups)
    return ["unshare", "-m", "sh", "-c", _AS_IF_IT_HAD_THAT_USER, str(folder)]


def _try(command: list[str], folder: Path) -> str:
    """What the command printed; skips when it fails."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=True
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"exim4 is not to be had: {command[0]} took too long")
    except subprocess.CalledProcessError as error:
        pytest.skip(f"exim4 is not to be had: {str(error.stderr).strip()[-300:]}")
    return done.stdout
