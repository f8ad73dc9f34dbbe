"""The risk in sentences: the band, the number, and what moved it."""

from __future__ import annotations

from reputation.facts.draft import DraftFacts
from reputation.risk.model import Band, Risk, risk_of
from reputation.text import Text, say

BANDS: dict[Band, Text] = {Band.LOW: say("low"), Band.MEDIUM: say("medium"), Band.HIGH: say("high")}
WORDING_UNKNOWN = say(
    "the wording was not judged, as there was no mail in this script to measure: this band rests on structure and "
    "links alone, and is never high"
)
UNKNOWN = say("risk unknown: not all of the draft could be read")


def risk_lines(risk: Risk | None) -> tuple[Text, ...]:
    """One sentence for the band, one for what it leaves out, one for what raised it, one for what lowered it."""
    if risk is None:
        return (UNKNOWN,)
    lines = [_band(risk), *(() if risk.wording_judged else (WORDING_UNKNOWN,))]
    if risk.up:
        lines.append(say("raised by: {what}", what=risk.up))
    if risk.down:
        lines.append(say("lowered by: {what}", what=risk.down))
    return tuple(lines)


def risk_note(facts: DraftFacts) -> Text:
    """The band of a draft for the notes of a report."""
    risk = risk_of(facts)
    band = risk_lines(risk)[0]
    if risk is None or risk.wording_judged:
        return say("{file}: {risk}", file=facts.file, risk=band)
    return say("{file}: {risk}; {left_out}", file=facts.file, risk=band, left_out=WORDING_UNKNOWN)


def _band(risk: Risk) -> Text:
    band, score = BANDS[risk.band], f"{risk.score:.2f}"
    if risk.band is Band.HIGH:
        return say("risk {band} ({score}): filters of the measured kind would be suspicious", band=band, score=score)
    if risk.band is Band.MEDIUM:
        return say("risk {band} ({score}): filters of the measured kind could be suspicious", band=band, score=score)
    return say("risk {band} ({score}): filters of the measured kind would hardly be suspicious", band=band, score=score)
