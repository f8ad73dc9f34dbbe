"""One JSON object a line and subject, made fast: an answer that many subjects share is written out once.

A result differs from the result of another subject with the same answer only in its target and fingerprint, so the
text around these two is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from reputation.formats.json_result import result_object
from reputation.model import Coverage, Json, Result, Verdict

_MARK: Final = "\x00mark\x00"
_MARKED: Final = json.dumps(_MARK)


class _Piece(NamedTuple):
    """The text of a result around its target and its fingerprint, and what the fingerprint is made of."""

    before: str
    between: str
    after: str
    check: str
    rest: str


class ListingLines:
    """Writes the lines of one run in one language. Templates are results with an empty target, shared by subjects."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._pieces: dict[int, tuple[Result, _Piece]] = {}

    def line(self, target: str, templates: Sequence[Result], verdict: Verdict, coverage: Coverage) -> str:
        """One subject with all its results."""
        shown = json.dumps(target)
        parts = [self._result(template, target, shown) for template in templates]
        return (
            f'{{"target": {shown}, "verdict": "{verdict.value}", '
            f'"coverage": {{"asked": {coverage.asked}, "unknown": {coverage.unknown}}}, '
            f'"results": [{", ".join(parts)}]}}'
        )

    def _result(self, template: Result, target: str, shown: str) -> str:
        kept = self._pieces.get(id(template))
        if kept is None:
            kept = self._pieces[id(template)] = (template, _cut(template, self._language))
        before, between, after, check, rest = kept[1]
        fingerprint = sha256(f"{check}\0{target}\0{rest}".encode()).hexdigest()[:16]
        return f'{before}{shown}{between}"{fingerprint}"{after}'


def _cut(template: Result, language: str) -> _Piece:
    fields: Mapping[str, Json] = result_object(template, language)
    marked = {name: _MARK if name in ("target", "fingerprint") else value for name, value in fields.items()}
    before, between, after = json.dumps({"target": None, **marked}).split(_MARKED)
    zone = template.details.get("zone", "")
    return _Piece(before, between, after, template.check, f"{zone}\0")
