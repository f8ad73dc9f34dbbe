"""Configuration files, environment and keys: precedence, origins, errors with file and key, nothing shown of a key."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from reputation.gather.config import Loaded, load_settings
from reputation.gather.keys import key_file
from reputation.model import BadInput
from reputation.settings import Layer

CANARY = "canarycanarycanary26chars0"


def load(environment: Mapping[str, str], config: str | None = None, **given: str) -> Loaded:
    """The settings as a command would get them."""
    return load_settings(Layer("command line", given, loose=True), environment, config)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def user_config(text: str) -> Path:
    """The user's own file, where XDG wants it."""
    path = Path(os.environ["XDG_CONFIG_HOME"]) / "reputation" / "reputation.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="XDG is not for Windows")
def test_each_source_is_weaker_than_the_one_before(folder: Path) -> None:
    """Command line > environment > reputation.toml > pyproject.toml > the user's file > built-in."""
    user_config('lists = "user"\ncolor = "never"\nfail_on = "never"\noffline = true\nsave = "user"\n')
    (folder / "pyproject.toml").write_text(
        '[tool.reputation]\nlists = "py"\ncolor = "always"\nfail_on = "warn"\nsave = "py"\n'
    )
    (folder / "reputation.toml").write_text('lists = "local"\ncolor = "auto"\nfail_on = "fail"\n')
    loaded = load({"REPUTATION_LISTS": "env", "REPUTATION_COLOR": "never"}, lists="cli").settings
    assert (loaded.lists, loaded.color, loaded.fail_on, loaded.save) == ("cli", "never", "fail", "py")
    assert (loaded.offline, loaded.strict) == (True, False)
    assert loaded.origins["lists"] == "command line" and loaded.origins["color"] == "REPUTATION_COLOR"
    assert loaded.origins["fail_on"] == "reputation.toml" and loaded.origins["save"] == "pyproject.toml"
    assert loaded.origins["offline"].endswith("reputation.toml") and "strict" not in loaded.origins


def test_a_named_file_takes_the_place_of_the_others(folder: Path) -> None:
    """--config FILE, and REPUTATION_CONFIG."""
    (folder / "reputation.toml").write_text('lists = "local"\n')
    (folder / "other.toml").write_text("strict = true\n")
    for loaded in (load({}, "other.toml"), load({"REPUTATION_CONFIG": "other.toml"})):
        assert (loaded.settings.lists, loaded.settings.strict) == ("default", True)


def test_the_folder_of_a_service_manager_wins(folder: Path) -> None:
    """systemd's ConfigurationDirectory=."""
    (folder / "etc").mkdir()
    (folder / "etc" / "reputation.toml").write_text('lists = "all"\n')
    assert load({"CONFIGURATION_DIRECTORY": str(folder / "etc")}).settings.lists == "all"


def test_nested_variables_change_the_policy() -> None:
    """REPUTATION_POLICY__POINTS__MINOR."""
    assert load({"REPUTATION_POLICY__POINTS__MINOR": "3"}).settings.policy == {"points": {"minor": 3}}
    for no_number in ("²", "3" * 5_000):
        assert load({"REPUTATION_POLICY__POINTS__MINOR": no_number}).settings.policy == {"points": {"minor": no_number}}


def test_an_unknown_variable_is_none_of_our_business() -> None:
    """Another program may use the same prefix."""
    loaded = load({"REPUTATION_HOME": "/opt/x", "REPUTATION_LISTS": ""})
    assert loaded.settings.lists == "default" and loaded.warnings == ()


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("REPUTATION_FAILON", "REPUTATION_FAIL_ON"),
        ("REPUTATION_RESOLVERS", "REPUTATION_RESOLVER"),
        ("REPUTATION_LANGUAGE", "REPUTATION_LANG"),
        ("REPUTATION_CONFIGURATION", "REPUTATION_CONFIG"),
        ("REPUTATION_WACH__STATE", "REPUTATION_WATCH"),
    ],
)
def test_a_variable_that_nearly_names_a_setting_is_told(variable: str, meant: str) -> None:
    """One line that names both, and never the value."""
    (warning,) = load({variable: CANARY}).warnings
    assert f"{variable} " in str(warning) and meant in str(warning) and CANARY not in str(warning)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("timout = 3\n", ("timout", "timeout")),
        ('timeout = "3"\n', ("timeout", "seconds")),
        ("lists = \n", ("TOML", "line 1")),
        ("[[keys]]\nx = 1\n", ("keys", "table")),
        ("[keys]\nspamhaus_dqs = 3\n", ("keys.spamhaus_dqs",)),
        ("[tool.reputation]\nlists = 3\n", ("tool",)),
    ],
)
def test_a_mistake_in_a_file_is_named(folder: Path, text: str, words: tuple[str, ...]) -> None:
    """The sentence has file and key."""
    (folder / "reputation.toml").write_text(text)
    with pytest.raises(BadInput) as caught:
        load({})
    assert all(word in str(caught.value) for word in ("reputation.toml", *words))


def test_a_file_in_another_encoding_is_refused_in_words(folder: Path) -> None:
    """The editor of Windows may save GBK."""
    (folder / "reputation.toml").write_bytes('save = "报告"\n'.encode("gbk"))
    with pytest.raises(BadInput, match="UTF-8"):
        load({})


def test_a_file_that_is_too_large_is_refused_and_not_cut(folder: Path) -> None:
    """Half a configuration would be another one."""
    (folder / "reputation.toml").write_text("#" * 1_000_000 + "\nstrict = true\n")
    with pytest.raises(BadInput, match="larger than one megabyte"):
        load({})


def test_a_byte_order_mark_is_no_mistake(folder: Path) -> None:
    """Notepad writes one."""
    (folder / "reputation.toml").write_bytes(b"\xef\xbb\xbfstrict = true\n")
    assert load({}).settings.strict


def test_a_missing_config_file_is_named() -> None:
    """One that was asked for by name."""
    with pytest.raises(BadInput, match=r"no-such\.toml"):
        load({}, "no-such.toml")


def test_keys_come_from_four_places(folder: Path) -> None:
    """Variable > key file > credentials of a service manager > configuration file."""
    (folder / "reputation.toml").write_text('[keys]\na = "file"\nb = "file"\nc = "file"\nd = "file"\n')
    (folder / "creds").mkdir()
    (folder / "keys").write_text("# keys\na=keyfile\nb=keyfile\n")
    for name in "abc":
        (folder / "creds" / name).write_text("creds\n")
    environment = {
        "REPUTATION_KEY_A": "variable", "REPUTATION_KEY_FILE": str(folder / "keys"),
        "CREDENTIALS_DIRECTORY": str(folder / "creds"),
    }  # fmt: skip
    keys = load(environment).settings.keys
    assert {name: key.reveal() for name, key in keys.items()} == {
        "a": "variable", "b": "keyfile", "c": "creds", "d": "file",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f'spamhaus_dqs = "{CANARY}"',
        f'[keys]\nspamhaus_dqs = "{CANARY}"',
        f"spamhaus_dqs={CANARY}",
        f"\n# x\nSPAMHAUS_DQS = '{CANARY}'\n",
    ],
)
def test_a_key_file_may_be_toml_or_lines(tmp_path: Path, text: str) -> None:
    """Both forms in which people keep keys."""
    (tmp_path / "keys").write_text(text)
    assert key_file(tmp_path / "keys")["spamhaus_dqs"].reveal() == CANARY


@pytest.mark.parametrize("text", [CANARY, f"{CANARY} spamhaus", f"keys = 3\nx={CANARY}\n[["])
def test_a_broken_key_file_shows_nothing_of_it(tmp_path: Path, text: str) -> None:
    """The sentence names the file and never its content."""
    (tmp_path / "keys").write_text(text)
    with pytest.raises(BadInput) as caught:
        key_file(tmp_path / "keys")
    assert "keys" in str(caught.value) and CANARY not in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions lie elsewhere on Windows")
@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o640, True), (0o604, True), (0o400, False)])
def test_a_file_with_keys_should_be_private(folder: Path, mode: int, warned: bool) -> None:
    """Group or world may read it: said once."""
    (folder / "reputation.toml").write_text(f'[keys]\nabusix = "{CANARY}"\n')
    (folder / "reputation.toml").chmod(mode)
    warnings = load({}).warnings
    assert bool(warnings) is warned and CANARY not in "".join(map(str, warnings))


@pytest.mark.skipif(sys.platform == "win32", reason="permissions lie elsewhere on Windows")
def test_the_key_file_should_be_private_too(folder: Path) -> None:
    """The one that REPUTATION_KEY_FILE names."""
    (folder / "keys").write_text(f'abusix = "{CANARY}"\n')
    (folder / "keys").chmod(0o644)
    assert len(load({"REPUTATION_KEY_FILE": str(folder / "keys")}).warnings) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="permissions lie elsewhere on Windows")
def test_the_address_of_an_alarm_is_a_secret_too(folder: Path) -> None:
    """A webhook carries its password in its address."""
    (folder / "reputation.toml").write_text(f'[[watch.channel]]\nurl = "https://hooks.example/{CANARY}"\n')
    (folder / "reputation.toml").chmod(0o644)
    assert len(load({}).warnings) == 1


def test_a_file_without_keys_may_be_read_by_anyone(folder: Path) -> None:
    """No warning about nothing."""
    (folder / "reputation.toml").write_text("strict = true\n")
    assert load({}).warnings == ()
