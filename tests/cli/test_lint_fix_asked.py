"""`reputation lint --fix` does what is asked: the checks that are chosen, the output that is named, nothing signed."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from reputation.checks.draft_edits import Done
from reputation.checks.page import parse_page
from reputation.checks.registry import modules_of
from tests.cli.command_line import here, process

HEAD = "From: Anna <anna@own.example.com>\nSubject: offer\nMIME-Version: 1.0\n"
TYPE = "Content-Type: text/html; charset=utf-8\n\n"
PAGE = '<html><p>So fr\u200bee. Wow!! <a href="http://own.example.com/">a</a><img src=a.png></p></html>\n'
TEXT_PART = "multipart/alternative"
# Each repair: the check that it belongs to, and what is in the file before it and after it.
REPAIRS = {
    "insecure-links": ("http://own", "https://own"), "image-alt-missing": ("<img src", '<img alt="" src'),
    "exclamation-runs": ("Wow!! ", "Wow! "), "invisible-in-word": ("fr\u200bee", "free"),
    "html-only": ("Content-Type: text/html", TEXT_PART),
}  # fmt: skip


def _mail(tmp_path: Path, head: str = "", page: str = PAGE) -> Path:
    path = tmp_path / "a.eml"
    path.write_text(HEAD + head + TYPE + page, "utf-8")
    return path


def _made(path: Path) -> set[str]:
    """The checks whose repairs are in the file."""
    text = path.read_text("utf-8")
    return {check for check, (_, after) in REPAIRS.items() if after in text}


def test_each_repair_belongs_to_the_check_that_promises_it() -> None:
    pages = {module.CHECK.id: parse_page(module.__doc__ or "") for module in modules_of("content")}
    promised = {check for check, page in pages.items() if "lint --fix" in page.fix}
    assert promised == set(Done) == set(REPAIRS)


def test_all_repairs_are_made_when_nothing_is_left_out(tmp_path: Path) -> None:
    path = _mail(tmp_path)
    assert not _made(path)
    assert here("lint", "--fix", "--write", str(path)).code == 0
    assert _made(path) == set(REPAIRS)


@pytest.mark.parametrize("check", REPAIRS)
def test_the_repair_of_a_check_that_is_left_out_is_not_made(tmp_path: Path, check: str) -> None:
    path = _mail(tmp_path)
    assert here("lint", "--fix", "--write", "--ignore", check, str(path)).code == 0
    assert _made(path) == set(REPAIRS) - {check} and REPAIRS[check][0] in path.read_text("utf-8")


@pytest.mark.parametrize("check", REPAIRS)
def test_only_the_repair_of_a_check_that_is_asked_is_made(tmp_path: Path, check: str) -> None:
    path = _mail(tmp_path)
    assert here("lint", "--fix", "--write", "--only", check, str(path)).code == 0
    assert _made(path) == {check}


@pytest.mark.parametrize("check", REPAIRS)
def test_a_comment_and_a_header_in_the_draft_leave_repairs_out(tmp_path: Path, check: str) -> None:
    for path in (
        _mail(tmp_path, page=f"<!-- reputation: ignore {check} -->{PAGE}"),
        _mail(tmp_path, head=f"X-Reputation-Ignore: {check}\n"),
    ):
        assert here("lint", "--fix", "--write", str(path)).code == 0
        assert _made(path) == set(REPAIRS) - {check}


@pytest.mark.parametrize(
    "table",
    ['[lint]\nignore = ["exclamation-runs"]\n', '[lint.files]\n"*.eml" = ["exclamation-runs"]\n'],
)
def test_the_configuration_leaves_repairs_out_also_in_what_a_repair_leaves(tmp_path: Path, table: str) -> None:
    settings = tmp_path / "reputation.toml"
    settings.write_text(table)
    path = _mail(tmp_path)
    assert here("lint", "--fix", "--write", "--config", str(settings), str(path)).code == 0
    assert _made(path) == set(REPAIRS) - {"exclamation-runs"}


@pytest.mark.parametrize("words", [["--only", "subject-long"], [w for c in REPAIRS for w in ("--ignore", c)]])
def test_when_no_repair_is_asked_that_is_said(tmp_path: Path, words: list[str]) -> None:
    path = _mail(tmp_path)
    ended = here("lint", "--fix", "--write", *words, "--lang", "en", str(path))
    assert ended.code == 2 and "html-only" in ended.err and not _made(path)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["-f", "json"], "json"),
        (["-f", "html=a.html"], "html"),
        (["-f", "table", "-f", "sarif=a.sarif"], "sarif"),
        (["--with", "rspamd:1"], "--with"),
        (["--learn", "."], "--learn"),
    ],
)
def test_what_does_not_go_with_a_diff_is_refused(tmp_path: Path, words: list[str], named: str) -> None:
    path = _mail(tmp_path)
    files = [] if "--learn" in words else [str(path)]
    ended = here("lint", "--fix", "--write", *words, "--lang", "en", *files)
    assert ended.code == 2 and named in ended.err and len(ended.err.splitlines()) == 1
    assert not ended.out and not _made(path)


def test_the_diff_goes_where_it_is_asked_to_go(tmp_path: Path) -> None:
    path, target = _mail(tmp_path), tmp_path / "a.diff"
    shown = here("lint", "--fix", str(path)).out
    assert shown == here("lint", "--fix", "-f", "table", str(path)).out
    for words in (["-o", str(target)], ["-f", f"table={target}"], ["--write", "-o", str(target)]):
        assert here("lint", "--fix", *words, str(path)).out == ""
        assert target.read_text("utf-8") == shown
        target.unlink()


def test_one_file_gets_the_diffs_of_all_drafts(tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]
    for name, text in zip(names, ["So cheap!!\n", "So dear\n", "So nice!!\n"], strict=True):
        Path(name).write_text(f"Subject: x\n\n{text}")
    target = tmp_path / "all.diff"
    assert here("lint", "--fix", "-o", str(target), *names).code == 0
    shown = target.read_text().splitlines()
    assert [line for line in shown if line.startswith("+")] == [
        f"+++ {names[0]}", "+So cheap!", f"+++ {names[2]}", "+So nice!"
    ]  # fmt: skip


def test_a_diff_that_can_not_be_filed_is_shown(tmp_path: Path) -> None:
    ended = here("lint", "--fix", "-o", str(tmp_path / "no" / "a.diff"), "--lang", "en", str(_mail(tmp_path)))
    assert ended.code == 2 and "+++" in ended.out and "could not be written" in ended.err


CLEAR = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nSo cheap!!\n-----BEGIN PGP SIGNATURE-----\n"
SMIME = f"--s\n{TYPE}{PAGE}\n--s\nContent-Type: application/pkcs7-signature\n\nMII\n--s--\n"
SIGNED = {
    "S/MIME": "Content-Type: multipart/signed; boundary=s\n\n" + SMIME,
    "PGP": "Content-Type: multipart/signed; boundary=s; protocol=application/pgp-signature\n\n" + SMIME,
    "signed inside": "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/signed; boundary=s\n\n"
    f"{SMIME}\n--m--\n",
    "signed text": f"Content-Type: text/plain\n\n{CLEAR}",
}  # fmt: skip


@pytest.mark.parametrize("name", SIGNED)
def test_what_its_writer_signed_stays_as_it_is_and_that_is_said(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.eml"
    path.write_text(HEAD + SIGNED[name], "utf-8")
    ended = here("lint", "--fix", "--write", "--lang", "en", str(path))
    assert ended.code == 0 and "signature" in ended.err
    assert path.read_text("utf-8") == HEAD + SIGNED[name]


def test_what_stands_beside_a_signed_part_is_repaired(tmp_path: Path) -> None:
    mail = (
        f"{HEAD}Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nSo {{}}\n"
        f"--m\nContent-Type: multipart/signed; boundary=s\n\n{SMIME}\n--m--\n"
    )
    path = tmp_path / "a.eml"
    path.write_text(mail.format("cheap!!"), "utf-8")
    assert "signature" in here("lint", "--fix", "--write", "--lang", "en", str(path)).err
    assert path.read_text("utf-8") == mail.format("cheap!")


def test_nothing_is_said_of_a_signature_where_nothing_would_be_repaired(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text(f"{HEAD}{SIGNED['signed text'].replace('!!', '.')}")
    assert "signature" not in here("lint", "--fix", "--lang", "en", str(path)).err


@pytest.mark.parametrize("header", ["DKIM-Signature", "ARC-Message-Signature"])
@pytest.mark.parametrize("words", [[], ["--write"]])
def test_a_repair_says_that_the_server_must_sign_anew(tmp_path: Path, header: str, words: list[str]) -> None:
    path = _mail(tmp_path, head=f"{header}: v=1; d=own.example.com; s=a; b=YQ==\n")
    assert "DKIM" in here("lint", "--fix", *words, "--lang", "en", str(path)).err
    assert bool(_made(path)) == bool(words)
    path.write_text(path.read_text("utf-8").replace(PAGE, "<html><p>So</p></html>\n"), "utf-8")
    assert "DKIM" not in here("lint", "--fix", "--ignore", "html-only", "--lang", "en", str(path)).err


def test_a_draft_that_is_not_read_to_its_end_is_not_repaired_and_that_is_said(tmp_path: Path) -> None:
    path = _mail(tmp_path, page="<div>" * 300 + PAGE)
    before = path.read_bytes()
    ended = here("lint", "--fix", "--write", "--lang", "en", str(path))
    assert "could be read" in ended.err and path.read_bytes() == before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_file_with_another_name_is_left_and_that_is_said(tmp_path: Path, language: str) -> None:
    """A repair under one name would part the two; nobody but the user knows whether the other is a copy to be kept."""
    path, other = _mail(tmp_path), tmp_path / "other.eml"
    os.link(path, other)
    alone = tmp_path / "alone.eml"
    alone.write_bytes(path.read_bytes())
    before = sorted(tmp_path.iterdir())
    ended = here("lint", "--fix", "--write", "--lang", language, str(path), str(alone))
    assert ended.code == 2 and {"en": "hard link", "zh": "硬链接"}[language] in ended.err
    assert not _made(path) and path.samefile(other) and sorted(tmp_path.iterdir()) == before
    assert _made(alone) == set(REPAIRS)
    other.unlink()
    assert here("lint", "--fix", "--write", str(path)).code == 0 and _made(path) == set(REPAIRS)


@pytest.mark.skipif(sys.platform != "linux", reason="root can give up its rights on Linux alone")
def test_a_file_that_must_not_be_written_is_left(tmp_path: Path) -> None:
    path = _mail(tmp_path)
    path.chmod(stat.S_IRUSR)
    ended = process("lint", "--fix", "--write", "--lang", "en", str(path), guest=True)
    assert ended.code == 2 and "could not be written" in ended.err and not _made(path)
