"""`reputation lint --fix`: the safe repairs as a diff, or written into the file."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reputation.bad_input import BadInput, called, problem_of
from reputation.checks.draft_edits import Done
from reputation.checks.draft_fixes import (
    fixed,
    is_signed_as_a_whole,
    keeps_signed_text,
    reads_as_meant,
    sentences,
)
from reputation.checks.draft_text_part import with_text_part
from reputation.cli.frame import Options, deliver
from reputation.facts.draft import DraftFacts
from reputation.formats.clean import one_line
from reputation.formats.draft_diff import draft_diff
from reputation.gather.drafts import PASTED, from_bytes, write_draft
from reputation.text import Text, render, say

_ONLY_FORM = "table"  # what is asked for when nothing is


class _Repaired(NamedTuple):
    draft: DraftFacts
    done: tuple[Text, ...]
    remarks: tuple[Text, ...]


def check_fix(options: Options, others: Sequence[str]) -> None:
    """Raises BadInput for what --fix would have to pass over: another form than its diff, or one of `others`, the
    options that ask for something else."""
    for request in options.formats:
        if request.name != _ONLY_FORM:
            sentence = say(
                "--fix shows a diff; {name} is another form, so leave it out or name -f table", name=request.name
            )
            raise BadInput(sentence)
    for other in others:
        raise BadInput(say("--fix and {other} do not go together; run them one after the other", other=other))


def fix_drafts(drafts: Sequence[DraftFacts], checks: Collection[str], options: Options, *, write: bool) -> int:
    """Shows or writes the repairs of each draft that belong to `checks`. 0, or 2 when something could not be written.

    Raises BadInput when no repair belongs to them.
    """
    wanted = _wanted(checks)
    worst, filed = 0, []
    for draft in drafts:
        repaired = _repaired(draft, wanted - draft.ignored)
        writes = write and draft.file != PASTED and bool(repaired.done)
        diff = draft_diff(draft.readable(), repaired.draft.readable(), draft.file)
        if _goes_to_file(options):
            filed.append(diff)
        elif not writes:
            _deliver(diff, options)
        worst = max(worst, _written(draft, repaired, options.language) if writes else 0)
        if not writes:
            _say(_unwritten(draft.file, repaired), options.language)
        for remark in repaired.remarks:
            _say(say("{file}: {what}", file=called(draft.file), what=remark), options.language)
    return max(worst, _deliver("".join(filed), options)) if filed else worst


def _wanted(checks: Collection[str]) -> frozenset[str]:
    wanted = frozenset(checks).intersection(Done)
    if not wanted:
        raise BadInput(say("--fix mends what {checks} find, and none of them is asked", checks=tuple(map(str, Done))))
    return wanted


def _goes_to_file(options: Options) -> bool:
    return options.output is not None or any(request.file for request in options.formats)


def _deliver(diff: str, options: Options) -> int:
    return deliver(lambda _: diff, options)


def _unwritten(file: str, repaired: _Repaired) -> Text:
    """What was pasted has no file that could be written."""
    if not repaired.done:
        return say("{file}: nothing that can be repaired safely", file=called(file))
    if file == PASTED:
        return say("{file}: {done}", file=called(file), done=repaired.done)
    return say("{file}: {done}; nothing written, add --write", file=file, done=repaired.done)


def _repaired(draft: DraftFacts, wanted: Collection[str]) -> _Repaired:
    """All repairs, one after the other until there is none: what one leaves, the next may still have to mend.

    Each is read again as the file will be; one after which the draft does not read as meant is none.
    """
    now, done = draft, Counter[Done]()
    while True:
        for repair in (fixed, with_text_part):
            fix = repair(now, wanted)
            after = from_bytes(draft.file, fix.raw, Path(draft.file).suffix) if fix else None
            if fix and isinstance(after, DraftFacts) and reads_as_meant(fix, now, after):
                now, done = after, done + fix.done
                break
        else:
            return _Repaired(now, sentences(done), tuple(_remarks(now, wanted, is_repaired=bool(done))))


def _remarks(draft: DraftFacts, wanted: Collection[str], *, is_repaired: bool) -> Iterator[Text]:
    """Why something was left, and what a repair costs."""
    if draft.incomplete:
        yield say("not all of it could be read, so nothing in it is repaired")
    elif keeps_signed_text(draft, wanted):
        yield say("what is signed in it is left as it is: a repair would break the signature")
    if is_repaired and is_signed_as_a_whole(draft):
        yield say("the repair breaks its DKIM signature; whoever sends it must sign it anew")


def _written(draft: DraftFacts, repaired: _Repaired, language: str) -> int:
    try:
        write_draft(draft, repaired.draft.raw)
    except (OSError, BadInput) as error:
        reason = error.sentence if isinstance(error, BadInput) else problem_of(error)
        _say(say("Error: {file} could not be written ({reason})", file=draft.file, reason=reason), language)
        return 2
    _say(say("{file}: {done}", file=draft.file, done=repaired.done), language)
    return 0


def _say(sentence: Text, language: str) -> None:
    print(one_line(render(sentence, language)), file=sys.stderr)
