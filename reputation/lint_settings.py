"""The [lint] table of the configuration, typed: checks that are left out, everywhere or in some drafts. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reputation.bad_input import BadInput
from reputation.text import Text, say

if TYPE_CHECKING:
    from reputation.facts.draft import DraftFacts

_KNOWN: Final = ("ignore", "files")


class LintSettings(NamedTuple):
    """`ignore` are ids of checks; `files` are (pattern of a file name, ids left out there)."""

    ignore: frozenset[str] = frozenset()
    files: tuple[tuple[str, frozenset[str]], ...] = ()

    def applied(self, draft: DraftFacts) -> DraftFacts:
        """`draft` with these checks ignored beside those that a comment in it names."""
        matching = (ids for pattern, ids in self.files if PurePath(draft.file).match(pattern))
        ignored = draft.ignored.union(self.ignore, *matching)
        return draft if ignored == draft.ignored else draft._replace(ignored=ignored)


def lint_settings(table: Mapping[str, Any], origins: Mapping[str, str], checks: Collection[str]) -> LintSettings:
    """The settings in [lint]; `checks` are the ids that there are. Raises BadInput naming the place and the key."""
    for key in table:
        if key not in _KNOWN:
            raise BadInput(_unlike(origins, f"lint.{key}", say("one of {words}", words=_KNOWN)))
    files = table.get("files", {})
    if not isinstance(files, Mapping):
        raise BadInput(_unlike(origins, "lint.files", say("a table of its own, [{name}]", name="lint.files")))
    patterns = tuple(
        (_pattern(pattern, origins), _ids(ids, "lint.files", origins, checks)) for pattern, ids in files.items()
    )
    return LintSettings(_ids(table.get("ignore", ()), "lint.ignore", origins, checks), patterns)


def _pattern(pattern: str, origins: Mapping[str, str]) -> str:
    if pattern.strip(" ./"):
        return pattern
    raise BadInput(_unlike(origins, "lint.files", say("a pattern of file names, such as {example}", example="*.html")))


def _ids(value: Any, key: str, origins: Mapping[str, str], checks: Collection[str]) -> frozenset[str]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(one, str) for one in parts):
        example = '["html-only", "link-shortener"]'
        raise BadInput(_unlike(origins, key, say("a list of texts, such as {example}", example=example)))
    ids = [part.strip() for part in parts if part.strip()]
    for one in ids:
        if one not in checks:
            raise BadInput(say("{origin}: {problem}", origin=_place(origins, key), problem=no_such_check(one, checks)))
    return frozenset(ids)


def no_such_check(name: str, checks: Collection[str]) -> Text:
    """The sentence for an id that no check of drafts has, with the nearest that there are."""
    import difflib

    near = difflib.get_close_matches(name, sorted(checks), 3) or sorted(checks)[:3]
    return say("There is no check {name} for drafts; did you mean {near}?", name=name, near=tuple(near))


def _unlike(origins: Mapping[str, str], key: str, expected: Text) -> Text:
    return say("{origin}: {name} must be {expected}", origin=_place(origins, key), name=key, expected=expected)


def _place(origins: Mapping[str, str], key: str) -> str:
    return origins.get(key, "[lint]")
