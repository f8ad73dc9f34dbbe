"""Collects every sentence of the product and compiles the Chinese catalogue.

    python tools/translations.py check      what is missing, superfluous or has other placeholders; exit 1 if anything
    python tools/translations.py missing F  appends the missing sentences to the .po file F, to be translated
    python tools/translations.py compile    reputation/locale/zh_CN/*.po -> LC_MESSAGES/reputation.mo
    python tools/translations.py fresh      exit 1 when the compiled catalogue is not what compile would write

Sentences are: first arguments of say(), both forms of say_plural(), the docstring pages of the checks, and the texts in
the data files for people (blocklists/, reputation/**/*.toml keys named in DATA_KEYS).
"""

from __future__ import annotations

import ast
import io
import re
import string
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "reputation" / "locale" / "zh_CN"
WRITTEN = datetime(2026, 11, 24, tzinfo=UTC)  # in the header; the hour of compiling would change the bytes
COMPILED = LOCALE / "LC_MESSAGES" / "reputation.mo"
DATA_KEYS = {
    "meaning",
    "delist_how",
    "why",
    "reason",
    "advice",
    "title",
    "story",
    "description",
    "what",
    "whose",
    "next",
}
sys.path.insert(0, str(ROOT))

from reputation.checks.page import parse_page  # noqa: E402


def code_sentences() -> Iterator[tuple[str, str]]:
    """(singular, plural or "") of every say() and say_plural() in the package."""
    for path in sorted((ROOT / "reputation").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                literals = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                if node.func.id == "say" and literals:
                    yield literals[0], ""
                if node.func.id == "say_plural" and len(literals) >= 2:
                    yield literals[0], literals[1]


def page_sentences() -> Iterator[str]:
    """Title, why and fix of every check's page, and its source and examples where they are prose.

    An example that begins with a capital or a sign shows words of a mail or a record; they stay as they would be sent.
    """
    for path in sorted((ROOT / "reputation" / "checks").glob("*/*.py")):
        docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
        if path.name.startswith("_") or not docstring:
            continue
        page = parse_page(docstring)
        yield from (page.title, page.why, page.fix)
        yield from (example for example in (page.bad, page.good) if example[0].islower() and _is_prose(example))
        if _is_prose(page.source):
            yield page.source


def _is_prose(text: str) -> bool:
    """Three plain words in a row: no name of a standard, and no line of a record."""
    return re.search(r"(?:\b[a-z]+ ){2}[a-z]+\b", text) is not None


def data_sentences() -> Iterator[str]:
    """The texts of the data files that people edit."""
    for folder in (ROOT / "blocklists", ROOT / "reputation"):
        for path in sorted(folder.rglob("*.toml")):
            yield from _texts(tomllib.loads(path.read_text("utf-8")), "")


def _texts(node: Any, key: str) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if key == "codes" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value, key)
    elif isinstance(node, str) and key in DATA_KEYS and node:
        yield node


def wanted() -> dict[str, str]:
    """Every sentence -> its plural form, or "" without one."""
    found = dict(code_sentences())
    for sentence in (*page_sentences(), *data_sentences()):
        found.setdefault(sentence, "")
    found.pop("", None)
    found.pop("{words}", None)
    return found


class SteadyCatalog(Catalog):
    """A catalogue whose header names no version of Babel: the same sentences give the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in super().mime_headers if name != "Generated-By"]


def merged() -> Catalog:
    """All .po files as one catalogue."""
    whole = SteadyCatalog(locale="zh_CN", charset="utf-8", creation_date=WRITTEN, revision_date=WRITTEN)
    for path in sorted(LOCALE.glob("*.po")):
        for message in read_po(io.BytesIO(path.read_bytes()), locale="zh_CN"):
            if message.id:
                whole.add(message.id, message.string)
    return whole


def compiled() -> bytes:
    """The catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, merged())
    return out.getvalue()


def problems() -> list[str]:
    """What a translator still has to do, one line each."""
    have = {(m.id[0] if isinstance(m.id, (list, tuple)) else m.id): m.string for m in merged() if m.id}
    found = []
    for sentence, plural in wanted().items():
        translated = have.get(sentence)
        translated = translated[0] if isinstance(translated, (list, tuple)) and translated else translated
        if not translated:
            found.append(f"no Chinese: {sentence}")
        elif not _fields(str(translated)) <= _fields(sentence) | _fields(plural):
            found.append(f"unknown placeholder in the Chinese of: {sentence}")
    return found


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def append_missing(target: Path) -> None:
    """Adds an empty entry to `target` for each sentence that no .po file has."""
    have = {m.id[0] if isinstance(m.id, (list, tuple)) else m.id for m in merged() if m.id}
    catalogue = Catalog(locale="zh_CN", charset="utf-8")
    if target.exists():
        catalogue = read_po(io.BytesIO(target.read_bytes()), locale="zh_CN")
    for sentence, plural in wanted().items():
        if sentence not in have:
            catalogue.add((sentence, plural) if plural else sentence)
    with target.open("wb") as out:
        write_po(out, catalogue, width=120)


def main() -> int:
    command = sys.argv[1] if len(sys.argv) > 1 else "check"
    if command == "missing":
        append_missing(Path(sys.argv[2]))
    elif command == "compile":
        COMPILED.write_bytes(compiled())
    elif command == "fresh":
        return 0 if COMPILED.read_bytes() == compiled() else 1
    found = problems()
    print("\n".join(found[:200]) or "every sentence has its Chinese")
    return 1 if found and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
