"""One JSON object a line and subject, made fast: an answer that many subjects share is written out once.

A result differs from the result of another subject with the same answer only in its target and fingerprint, so the
text around these two is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from reputation.formats.json_result import result_object
from reputation.model import Coverage, Json, Result, Verdict

_MARK: Final = "\x00mark\x00"
_MARKED: Final = json.dumps(_MARK)
_MAX_KEPT: Final = 20_000


class _Piece(NamedTuple):
    """The text of a result around its target and its fingerprint, and the end of what the fingerprint is made of."""

    template: Result
    before: str
    between: str
    after: str
    rest: bytes


class ListingLines:
    """Writes the lines of one run in one language. Templates are results with an empty target, shared by subjects."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._pieces: dict[int, _Piece] = {}

    def line(self, target: str, templates: Sequence[Result], verdict: Verdict, coverage: Coverage) -> str:
        """One subject with all its results."""
        shown = json.dumps(target)
        results = ", ".join(self._results(target, shown, templates))
        return (
            f'{{"target": {shown}, "verdict": "{verdict.value}", '
            f'"coverage": {{"asked": {coverage.asked}, "unknown": {coverage.unknown}}}, "results": [{results}]}}'
        )

    def _results(self, target: str, shown: str, templates: Sequence[Result]) -> Iterator[str]:
        heads = {check: f"{check}\0{target}\0".encode() for check in {template.check for template in templates}}
        pieces = self._pieces
        for template in templates:
            kept = pieces.get(id(template))
            if kept is None:
                if len(pieces) >= _MAX_KEPT:
                    pieces.clear()
                kept = pieces[id(template)] = _cut(template, self._language)
            fingerprint = sha256(heads[template.check] + kept.rest).hexdigest()[:16]
            yield f'{kept.before}{shown}{kept.between}"{fingerprint}"{kept.after}'


def _cut(template: Result, language: str) -> _Piece:
    fields: Mapping[str, Json] = result_object(template, language)
    marked = {name: _MARK if name in ("target", "fingerprint") else value for name, value in fields.items()}
    before, between, after = json.dumps({"target": None, **marked}).split(_MARKED)
    rest = f"{template.details.get('zone', '')}\0".encode()
    return _Piece(template, before, between, after, rest)
