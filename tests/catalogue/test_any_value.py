"""No value of any TOML type in any field makes the loader fail otherwise than with its own sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reputation.catalogue import CatalogueError, load

VALUES = (
    "1", "-1", "0.5", "inf", "true", '""', '"x"', '"a.b"', '"127.0.0.2"', '"{zone}"', '"\\u001b[0m"', "[]", "[1]",
    '["x"]', "[[]]", "{}", "{a = 1}", '{"127.0.0.2" = 1}', '{"127.0.0.2" = {meaning = []}}', "2026-11-23",
    "2026-11-23T10:00:00Z", "10:00:00", '"' + "x" * 5_000 + '"', "[" + "0, " * 2_000 + "]",
)  # fmt: skip
FIELDS = (
    "zone", "name", "kinds", "severity", "default", "full_name", "test_listed", "test_unlisted", "test_confirmed",
    "codes", "delist", "delist_how", "why", "key", "register", "fair_use", "confirmed", "collective", "contains",
)  # fmt: skip
GOOD = {"zone": '"bl.example.org"', "name": '"Example"', "kinds": '["ip4"]', "severity": '"minor"'}


def _loads_or_tells(folder: Path, text: str) -> None:
    (folder / "own.toml").write_text(text, "utf-8")
    try:
        load(folder)
    except CatalogueError as error:
        assert len(str(error)) < 700
        assert str(error).isprintable()


@pytest.mark.parametrize("field", FIELDS)
def test_in_a_list(tmp_path: Path, field: str) -> None:
    """The other fields are right."""
    for value in VALUES:
        fields = GOOD | {field: value}
        _loads_or_tells(tmp_path, 'operator = "X"\n[[list]]\n' + "".join(f"{k} = {v}\n" for k, v in fields.items()))


@pytest.mark.parametrize("field", ["operator", "checked", "sources", "list", "unknown", "closed", "not_askable", "x"])
def test_at_the_top(tmp_path: Path, field: str) -> None:
    """Tables of other types among them."""
    for value in VALUES:
        _loads_or_tells(tmp_path, f"{field} = {value}\n")


@pytest.mark.parametrize("table", ["unknown", "closed", "not_askable"])
def test_in_the_other_tables(tmp_path: Path, table: str) -> None:
    """Every field that one of them knows."""
    for field in ("zone", "name", "kinds", "why", "operator", "closed", "reason", "source"):
        for value in VALUES:
            _loads_or_tells(tmp_path, f"[[{table}]]\n{field} = {value}\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """It would hold the program for ever."""
    os.mkfifo(tmp_path / "own.toml")
    with pytest.raises(CatalogueError, match="not a file"):
        load(tmp_path)
