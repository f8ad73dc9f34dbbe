"""The edits of a draft of many parts find their parts without each part looking at all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, SupportsIndex

import pytest

from reputation.checks.draft_edits import Done, Edit, edits_of
from reputation.checks.draft_homes import homes
from reputation.facts.draft import DraftFacts
from reputation.gather.drafts import from_bytes
from reputation.model import Found

HEAD = b"From: a@own.example.com\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"


class Touched(list[Edit]):
    """Counts how many of its edits were looked at."""

    touches = 0

    def __iter__(self) -> Iterator[Edit]:
        self.touches += len(self)
        return super().__iter__()

    def __getitem__(self, at: SupportsIndex | slice) -> Any:
        found = super().__getitem__(at)
        self.touches += len(found) if isinstance(found, list) else 1
        return found


def _draft(parts: int, text: bytes) -> DraftFacts:
    part = b"\n--b\nContent-Type: text/plain\n\n" + text
    draft = from_bytes("a.eml", HEAD + part * parts + b"\n--b--\n", ".eml")
    assert isinstance(draft, DraftFacts)
    return draft


@pytest.mark.parametrize("parts", [10, 100, 400])
def test_many_parts_do_not_each_look_at_all_edits(parts: int) -> None:
    draft = _draft(parts, b"wow!! now!! http://own.example.com/a " * 5)
    assert isinstance(draft.plain, Found)
    found = {kind: Touched(edits) for kind, edits in edits_of(draft, draft.plain.value, set(Done)).items()}
    given = [home.edits(dict(found)) for home in homes(draft, draft.plain.value)]
    assert len(given) == parts
    for kind, per_part in ((Done.HTTPS, 5), (Done.RUN, 10)):
        assert [len(edits[kind]) for edits in given] == [per_part] * parts
        assert [edit.start for edit in given[-1][kind]] == [edit.start for edit in given[0][kind]]
        assert found[kind].touches <= parts * (per_part + 40)  # 40 for two searches by halves
