"""What a person who edits a catalogue is told, and what becomes of a right one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from reputation.catalogue import CatalogueError, load
from reputation.model import Severity
from reputation.records.dnsxl import Code, CodeSense, FairUse, Kind
from reputation.text import render

CASES = tomllib.loads((Path(__file__).parent / "mistakes.toml").read_text("utf-8"))["case"]
GOOD = """
operator = "Example"
[[list]]
zone = "bl.example.org"
name = "Example list"
kinds = ["ip4", "ip6"]
severity = "minor"
default = true
test_listed = ["127.0.0.2", "::ffff:7f00:2"]
test_unlisted = "127.0.0.1"
fair_use = {queries_per_day = 1000, queries_per_second = 2}
[list.codes]
"127.0.0.2" = "spam"
"&4" = {meaning = "home line", as = "policy"}
"""


def _written(folder: Path, text: str, name: str = "own.toml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_mistake_is_told_with_file_entry_field_and_expectation(tmp_path: Path, case: dict[str, str]) -> None:
    """One sentence in each language, with every word that the case names."""
    with pytest.raises(CatalogueError) as caught:
        load(_written(tmp_path, case["toml"]))
    english = str(caught.value)
    assert english == render(caught.value.text, "en")
    assert "\n" not in english
    assert render(caught.value.text, "zh")
    for word in case["words"]:
        assert word in english
    assert "own.toml" in english or "described twice" in english


def test_a_list_is_added_by_dropping_a_file(tmp_path: Path) -> None:
    """Every field arrives as its type."""
    (one,) = load(_written(tmp_path, GOOD)).lists
    assert (one.zone, one.operator, one.severity, one.file) == ("bl.example.org", "Example", Severity.MINOR, "own.toml")
    assert one.kinds == {Kind.IP4, Kind.IP6}
    assert one.test_listed == ("127.0.0.2", "::ffff:7f00:2")
    assert one.test_unlisted == ("127.0.0.1",)
    assert one.codes == (Code("127.0.0.2", "spam"), Code("&4", "home line", CodeSense.POLICY))
    assert one.fair_use == FairUse(1000, 2.0)


def test_a_zone_in_two_files_is_an_error(tmp_path: Path) -> None:
    """Two descriptions would contradict each other sooner or later."""
    _written(tmp_path, GOOD, "one.toml")
    with pytest.raises(CatalogueError, match=r"bl\.example\.org is described twice"):
        load(_written(tmp_path, GOOD, "two.toml"))


def test_a_folder_without_a_catalogue_is_an_error(tmp_path: Path) -> None:
    """Empty, or not there at all."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(CatalogueError, match=r"no \.toml file"):
            load(folder)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe[", "not in UTF-8 (byte 0)"),
        (b"#" * 1_000_001, "larger than one megabyte"),
        (b"operator = \n", "line 1, column 12"),
        (b"a = " + b"[" * 5_000, "not valid TOML"),
        (b"operator = 'x'\x00", "not valid TOML"),
    ],
    ids=["not-utf-8", "too-large", "syntax", "deep", "nul"],
)
def test_hostile_bytes_are_refused(tmp_path: Path, data: bytes, words: str) -> None:
    """Never a traceback."""
    (tmp_path / "own.toml").write_bytes(data)
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path)
    assert words in str(caught.value)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A folder with the name of a file stands for any other reason."""
    (tmp_path / "own.toml").mkdir()
    with pytest.raises(CatalogueError, match="cannot be read"):
        load(tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Windows editors write one."""
    assert load(_written(tmp_path, "\ufeff" + GOOD)).lists


def test_an_own_catalogue_replaces_the_lists_and_keeps_the_closed_zones(tmp_path: Path) -> None:
    """A dead zone stays dead, except where the catalogue itself defines it as a list."""
    mine = GOOD.replace("bl.example.org", "dnsbl.sorbs.net")
    catalogue = load(_written(tmp_path, mine))
    assert [one.zone for one in catalogue.lists] == ["dnsbl.sorbs.net"]
    assert catalogue.select(["dnsbl.sorbs.net"], set()).lists == catalogue.lists
    with pytest.raises(CatalogueError, match="AHBL"):
        catalogue.select(["dnsbl.ahbl.org"], set())


@pytest.mark.parametrize("spec", ["default", "all"])
def test_a_choice_that_asks_nobody_is_an_error(tmp_path: Path, spec: str) -> None:
    """A report on no list at all would look clean."""
    keyed = GOOD.replace("default = true", 'key = "mine"')
    catalogue = load(_written(tmp_path, keyed))
    with pytest.raises(CatalogueError, match="No list would be asked"):
        catalogue.select(spec, set())
    assert catalogue.select("all", {"mine"}).lists == catalogue.lists
