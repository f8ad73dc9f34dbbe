"""`reputation lint --fix`: the safe repairs as a diff, or written into the file."""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from reputation.bad_input import BadInput, called, problem_of
from reputation.checks.draft_fixes import Done, fixed, sentences, texts_of
from reputation.checks.draft_text_part import with_text_part
from reputation.facts.draft import DraftFacts
from reputation.formats.clean import one_line
from reputation.gather.draft_reading import read_draft
from reputation.gather.drafts import PASTED, write_draft
from reputation.text import Text, render, say


class _Repaired(NamedTuple):
    draft: DraftFacts
    done: tuple[Text, ...]


def fix_drafts(drafts: Sequence[DraftFacts], *, write: bool, language: str) -> int:
    """Shows or writes the repairs of each draft. 0, or 2 when a file could not be written."""
    worst = 0
    for draft in drafts:
        repaired = _repaired(draft)
        if not repaired.done:
            _say(say("{file}: nothing that can be repaired safely", file=called(draft.file)), language)
        elif write and draft.file != PASTED:
            worst = max(worst, _written(draft, repaired, language))
        else:
            print(_diff(draft, repaired.draft), end="")
            _say(_unwritten(draft.file, repaired), language)
    return worst


def _unwritten(file: str, repaired: _Repaired) -> Text:
    """What was pasted has no file that could be written."""
    if file == PASTED:
        return say("{file}: {done}", file=called(file), done=repaired.done)
    return say("{file}: {done}; nothing written, add --write", file=file, done=repaired.done)


def _repaired(draft: DraftFacts) -> _Repaired:
    """All repairs, one after the other until there is none: what one leaves, the next may still have to mend.

    A repair after which the draft does not read as meant is none: its charset may have been a guess.
    """
    now, done = draft, Counter[Done]()
    while True:
        for repair in (fixed, with_text_part):
            fix = repair(now)
            after = read_draft(draft.file, fix.raw, draft.kind) if fix else None
            if fix and after and texts_of(after) == fix.texts:
                now, done = after, done + fix.done
                break
        else:
            return _Repaired(now, sentences(done))


def _written(draft: DraftFacts, repaired: _Repaired, language: str) -> int:
    try:
        write_draft(draft, repaired.draft.raw)
    except (OSError, BadInput) as error:
        reason = error.sentence if isinstance(error, BadInput) else problem_of(error)
        _say(say("Error: {file} could not be written ({reason})", file=draft.file, reason=reason), language)
        return 2
    _say(say("{file}: {done}", file=draft.file, done=repaired.done), language)
    return 0


def _diff(before: DraftFacts, after: DraftFacts) -> str:
    """Of the texts as people read them: a part in base64 is shown decoded."""
    old, new = (draft.readable().splitlines(keepends=True) for draft in (before, after))
    lines = difflib.unified_diff(old, new, before.file, before.file)
    return "".join(_visible(line) for line in lines)


def _visible(line: str) -> str:
    """What is invisible is shown as its code, so that its removal can be seen; each line ends."""
    shown = "".join(c if c.isprintable() or c in "\t" else f"\\u{ord(c):04x}" for c in line.rstrip("\r\n"))
    return shown + "\n"


def _say(sentence: Text, language: str) -> None:
    print(one_line(render(sentence, language)), file=sys.stderr)
