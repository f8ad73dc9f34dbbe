"""docs/architecture.md as a test: who may import whom, what a check looks like, how long things may get."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reputation.checks.page import parse_page, source_in
from reputation.checks.registry import TOPICS, modules_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "reputation"
SOURCES = sorted(PACKAGE.rglob("*.py"))
CHECKS = [(topic, module) for topic in TOPICS for module in modules_of(topic)]
MAX_FILE, MAX_FUNCTION, MAX_PARAMETERS = 400, 60, 6


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def test_each_room_imports_only_what_lies_below_it() -> None:
    """The contracts in pyproject.toml hold."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_short(path: Path) -> None:
    """No file above 400 lines, no function above 60, and no more than six parameters that can be given by position."""
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= MAX_FILE
    for function in _functions(ast.parse(text)):
        assert (function.end_lineno or 0) - function.lineno < MAX_FUNCTION, function.name
        assert len(function.args.args) - (function.args.args[:1] != [] and function.args.args[0].arg == "self") <= (
            MAX_PARAMETERS
        ), function.name


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_the_command_line_prints_and_exits(path: Path) -> None:
    """print() and sys.exit() outside cli would take the report away from the caller of the library."""
    if PACKAGE / "cli" in path.parents:
        return
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert not [c for c in calls if isinstance(c.func, ast.Name) and c.func.id in ("print", "exit", "input")]
    assert not [c for c in calls if ast.unparse(c.func) in ("sys.exit", "sys.stdout.write", "sys.stderr.write")]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_public_names_have_a_docstring(path: Path) -> None:
    """Each module and each public class and function at the top level says what it is."""
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree) or not tree.body
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


@pytest.mark.parametrize(("topic", "module"), CHECKS, ids=lambda v: getattr(v, "__name__", v))
def test_a_check_is_named_like_its_file_and_has_its_page(topic: str, module: object) -> None:
    """Id = file name, and the docstring has its five sections."""
    check = module.CHECK  # type: ignore[attr-defined]
    assert check.id.replace("-", "_") == module.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
    assert source_in(module.__doc__ or "") == parse_page(module.__doc__ or "").source


@pytest.mark.parametrize(("topic", "module"), CHECKS, ids=lambda v: getattr(v, "__name__", v))
def test_a_check_has_cases(topic: str, module: object) -> None:
    """A case file with at least one case that must find it and one that must not."""
    name = module.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
    path = ROOT / "tests" / "checks" / topic / f"{name}.toml"
    assert path.exists(), f"{path.relative_to(ROOT)} is missing"
    tomllib.loads(path.read_text("utf-8"))


def test_no_check_id_occurs_twice() -> None:
    """Ids are unique over all topics: `explain ID` must not have to ask which."""
    ids = [module.CHECK.id for _, module in CHECKS]
    assert len(ids) == len(set(ids))


def test_every_sentence_has_its_chinese() -> None:
    """No sentence of code, check pages or data files without a translation, and the compiled catalogue is fresh."""
    tool = str(ROOT / "tools" / "translations.py")
    done = subprocess.run([sys.executable, tool, "check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    done = subprocess.run([sys.executable, tool, "fresh"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("tool", sorted((ROOT / "tools").glob("make_*.py")), ids=lambda p: p.stem)
def test_generated_pages_are_fresh(tool: Path) -> None:
    """`make docs` would change nothing."""
    done = subprocess.run([sys.executable, str(tool), "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
