"""The risk of the drafts that were written for the fit: campaigns and letters are left alone, lures are not."""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from reputation.facts.draft import DraftFacts
from reputation.gather.drafts import from_bytes
from reputation.risk.model import Band, risk_of

ARCHIVE = Path(__file__).parents[2] / "benchmarks" / "content" / "written.tar.xz"


def _drafts() -> Iterator[tuple[str, bytes]]:
    """(label, message) of each draft."""
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield Path(member.name).parent.name, stream.read()


@pytest.fixture(scope="module")
def bands() -> dict[str, Counter[Band]]:
    """Label -> how many drafts have each band."""
    found: dict[str, Counter[Band]] = {"ham": Counter(), "spam": Counter()}
    for label, raw in _drafts():
        draft = from_bytes("draft.eml", raw, ".eml")
        assert isinstance(draft, DraftFacts)
        risk = risk_of(draft)
        assert risk is not None
        found[label][risk.band] += 1
    return found


def test_honest_drafts_are_left_alone(bands: dict[str, Counter[Band]]) -> None:
    honest = bands["ham"]
    assert honest.total() == 280
    assert honest[Band.HIGH] <= honest.total() / 100
    assert honest[Band.LOW] >= 0.95 * honest.total()


def test_most_lures_are_noticed(bands: dict[str, Counter[Band]]) -> None:
    lures = bands["spam"]
    assert lures.total() == 280
    assert lures[Band.MEDIUM] + lures[Band.HIGH] >= lures.total() / 2
