"""Where the user's folders lie: exactly where platformdirs has them."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest

from reputation.gather.folders import cache_folder, data_folder, state_folder, user_folder

KINDS = ("cache", "config", "data", "state")


@pytest.mark.parametrize("home", ["/home/anna", "/home/anna/", "/", "here", "", None])
@pytest.mark.parametrize("named", ["/srv/x", "/srv/x/", "relative", "~/x", " ", "", None])
@pytest.mark.parametrize("kind", KINDS)
def test_each_folder_is_where_platformdirs_has_it(
    kind: str, named: str | None, home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the environment says, odd things as well."""
    for variable, value in ((f"XDG_{kind.upper()}_HOME", named), ("HOME", home)):
        if value is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, value)
    expected = getattr(platformdirs, f"user_{kind}_path")("reputation", appauthor=False)
    assert user_folder(kind) == expected


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is not asked")
def test_on_linux_platformdirs_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its import is a thirtieth of a lint."""
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    assert [user_folder(kind).name for kind in KINDS] == ["reputation"] * 4


def test_a_service_managers_folders_win(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several the first."""
    monkeypatch.setenv("CACHE_DIRECTORY", "/var/cache/a:/var/cache/b")
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/a")
    assert (cache_folder(), state_folder(), data_folder()) == (Path("/var/cache/a"), *[Path("/var/lib/a")] * 2)
