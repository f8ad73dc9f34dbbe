"""`reputation lint --fix`: the safe repairs as a diff, or written into the file."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence

from reputation.bad_input import called
from reputation.checks.draft_fixes import Fixed, fixed
from reputation.facts.draft import DraftFacts
from reputation.gather.draft_reading import read_draft
from reputation.gather.drafts import PASTED, write_draft
from reputation.text import Text, render, say


def fix_drafts(drafts: Sequence[DraftFacts], *, write: bool, language: str) -> int:
    """Shows or writes the repairs of each draft. 0, or 2 when a file could not be written."""
    worst = 0
    for draft in drafts:
        repaired = _repaired(draft)
        if repaired is None:
            _say(say("{file}: nothing that can be repaired safely", file=called(draft.file)), language)
        elif write and draft.file != PASTED:
            worst = max(worst, _written(draft, repaired, language))
        else:
            print(_diff(draft.file, repaired), end="")
            _say(_unwritten(draft.file, repaired), language)
    return worst


def _unwritten(file: str, repaired: Fixed) -> Text:
    """What was pasted has no file that could be written."""
    if file == PASTED:
        return say("{file}: {done}", file=called(file), done=repaired.done)
    return say("{file}: {done}; nothing written, add --write", file=file, done=repaired.done)


def _repaired(draft: DraftFacts) -> Fixed | None:
    """The repairs inside the text, and then the missing text part made from the repaired HTML."""
    first = fixed(draft)
    if first is None:
        return None
    second = fixed(read_draft(draft.file, first.after.encode("utf-8"), draft.kind))
    return Fixed(first.before, second.after, (*first.done, *second.done)) if second else first


def _written(draft: DraftFacts, repaired: Fixed, language: str) -> int:
    try:
        write_draft(draft, repaired.after)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        _say(say("Error: {file} could not be written ({reason})", file=draft.file, reason=reason), language)
        return 2
    _say(say("{file}: {done}", file=draft.file, done=repaired.done), language)
    return 0


def _diff(file: str, repaired: Fixed) -> str:
    before, after = repaired.before.splitlines(keepends=True), repaired.after.splitlines(keepends=True)
    lines = difflib.unified_diff(before, after, file, file)
    return "".join(_visible(line) for line in lines)


def _visible(line: str) -> str:
    """What is invisible is shown as its code, so that its removal can be seen; each line ends."""
    shown = "".join(c if c.isprintable() or c in "\t" else f"\\u{ord(c):04x}" for c in line.rstrip("\r\n"))
    return shown + "\n"


def _say(sentence: Text, language: str) -> None:
    print(render(sentence, language), file=sys.stderr)
