"""The files that `watch --print` gives: with the user's paths, accepted by the programs that read them."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.cli.command_line import here

KINDS = ("cron", "docker", "github", "icinga", "nrpe", "systemd", "windows")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration in the current folder."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "reputation.toml"
    file.write_text('[watch]\ntargets = ["shop.test"]\n')
    return file


def printed(kind: str) -> str:
    """What is printed."""
    ended = here("watch", "--print", kind)
    assert (ended.code, ended.err) == (0, "")
    return ended.out


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_to_fill_in(kind: str, config: Path) -> None:
    """No placeholder, only ASCII, and the path of the configuration where the file runs on this machine."""
    text = printed(kind)
    assert not re.search(r"@[A-Z]+@", text) and text.isascii()
    if kind in ("cron", "systemd", "windows"):
        assert str(config) in text


def test_the_crontab_has_no_percent_sign_and_starts_off_the_hour(config: Path) -> None:
    """A percent sign is a line end in a crontab, and everybody asks at :00."""
    (job,) = [line for line in printed("cron").splitlines() if line[0].isdigit()]
    assert "%" not in job and not job.startswith("0 ")
    assert "watch --once --jitter" in job


def test_the_unit_is_accepted_by_systemd(config: Path, tmp_path: Path) -> None:
    """Both units, cut out as the comments say, and read by systemd-analyze where it is."""
    text = printed("systemd")
    service = text[text.index("[Unit]") : text.index("# 2.")]
    timer = text[text.index("[Unit]", text.index("# 2.")) : text.index("# 3.")]
    assert "SuccessExitStatus=1" in service and "DynamicUser=yes" in service
    assert "Persistent=true" in timer and "RandomizedDelaySec" in timer
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    units = {"reputation-watch.service": service.replace("ExecStart=reputation", "ExecStart=/bin/true"),
             "reputation-watch.timer": timer}  # fmt: skip
    for name, unit in units.items():
        (tmp_path / name).write_text(unit)
    done = subprocess.run(["systemd-analyze", "verify", *(str(tmp_path / name) for name in units)],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert "Unknown" not in done.stderr and "Failed to parse" not in done.stderr, done.stderr


def test_paths_with_blanks_and_percent_signs_stay_one_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As each program reads them: the shell after cron, systemd, Icinga."""
    folder = tmp_path / "100% our mail"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "reputation.toml").write_text('[watch]\ntargets = ["shop.test"]\n')
    (job,) = [line for line in printed("cron").splitlines() if line[0].isdigit()]
    assert not re.search(r"(?<!\\)%", job)
    assert shlex.split(job.replace(r"\%", "%"))[-1] == str(folder / "reputation.toml")
    (credential,) = [line for line in printed("systemd").splitlines() if line.startswith("LoadCredential=")]
    assert credential.partition(":")[2].replace("%%", "%") == str(folder / "reputation.toml")


def test_the_unit_runs_a_program_whose_path_has_a_blank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """systemd-analyze finds the program that the line names."""
    program = tmp_path / "100% tools" / "reputation"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setattr("sys.argv", [str(program)])
    (line,) = [line for line in printed("systemd").splitlines() if line.startswith("ExecStart=")]
    assert line.startswith(f"ExecStart={tmp_path}/100%%\\x20tools/reputation watch --once")
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / "x.service"
    unit.write_text(f"[Service]\nType=oneshot\n{line}\n")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert "reputation" not in done.stderr, done.stderr


def test_the_workflow_keeps_its_history_when_it_has_news(config: Path, tmp_path: Path) -> None:
    """A job that fails saves no cache by itself, and would tell the same news for ever or never."""
    steps = yaml.safe_load(printed("github"))["jobs"]["watch"]["steps"]
    uses = [step.get("uses", "").partition("@")[0] for step in steps]
    assert uses.index("actions/cache/restore") < uses.index("actions/cache/save")
    save = steps[uses.index("actions/cache/save")]
    assert save["if"] == "always()" and "run_attempt" in save["with"]["key"]
    watching, last = [step["run"] for step in steps if "reputation watch" in step.get("run", "")], steps[-1]["run"]
    assert "--fail-on never" in watching[0] and watching[0].endswith("> news.txt")
    for news, code in (("", 0), ("Reputation: 1 new listing\n", 1)):
        (tmp_path / "news.txt").write_text(news)
        done = subprocess.run(["bash", "-e", "-c", last], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (code, news)


def test_the_workflow_is_yaml_with_few_rights(config: Path) -> None:
    """Read-only, limited in time, and the secret not on a command line."""
    read = yaml.safe_load(printed("github"))
    assert read["permissions"] == {"contents": "read"}
    job = read["jobs"]["watch"]
    assert job["timeout-minutes"] <= 30
    assert not any("secrets." in str(step.get("run", "")) for step in job["steps"])


def test_the_image_runs_without_root(config: Path) -> None:
    """A user, a volume, a health check, and the form that needs no shell."""
    lines = printed("docker").splitlines()
    words = [line.split(" ", 1) for line in lines if line and not line.startswith("#")]
    given = {word[0]: word[1] for word in words}
    assert given["USER"] == "watch" and "HEALTHCHECK" in given and "VOLUME" in given
    assert json.loads(given["CMD"])[0] == "watch"
    assert [word[0] for word in words].index("USER") > [word[0] for word in words].index("RUN")


def test_an_unknown_kind_names_the_near_one(config: Path) -> None:
    """Exit 2."""
    ended = here("watch", "--print", "sytemd", "--lang", "en")
    assert ended.code == 2 and "systemd" in ended.err


@pytest.mark.parametrize("kind", ["icinga", "nrpe"])
def test_the_monitoring_lines_use_options_that_exist(kind: str, config: Path) -> None:
    """Every long option of the text is one of the command."""
    known = here("listings", "--help").out + here("check-rbl", "--help").out
    assert all(option in known for option in re.findall(r"--[a-z]+", printed(kind)))
