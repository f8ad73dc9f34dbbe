"""What the watchman prints: news on standard output, troubles on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reputation.cli.frame import Options, deliver
from reputation.model import Outcome
from reputation.text import Text, render, say, say_plural

if TYPE_CHECKING:
    from reputation.formats.digest import DigestOptions
    from reputation.history.changes import Event
    from reputation.history.store import StoreError
    from reputation.watch_round import Book, Opened
    from reputation.watch_run import Watched
    from reputation.watch_send import Trouble

_SHOWN: Final = 60


def print_digest(events: Sequence[Event], how: DigestOptions, options: Options) -> None:
    """One digest on standard output or into the file that was named, as text or as a line of JSON."""
    from reputation.formats.digest import as_text, digest

    told = digest(events, how)
    line = json.dumps({"id": told.id, "title": told.title, "events": list(told.events)})
    deliver(lambda name: line if name == "json" else as_text(told), options)


def tell_trouble(opened: Opened, book: Book, options: Options) -> bool:
    """Says loudly that the state cannot be saved; whether it is so, or was damaged."""
    trouble = book.trouble or (opened.trouble if opened.store is None else None)
    if trouble is not None:
        warn(_why_not_saved(trouble), options)
    return trouble is not None or opened.aside is not None


def _why_not_saved(trouble: StoreError) -> Text:
    if trouble.kind == "newer":
        return say("Error: {file} was written by a newer version of this program; update it. Nothing was saved.",
                   file=str(trouble.path))  # fmt: skip
    return say("Error: this run was not saved in {file} ({problem}).", file=str(trouble.path), problem=trouble.detail)


def tell_channels(troubles: Sequence[Trouble], options: Options) -> None:
    """Each message that a channel did not take is told once: a channel that is down is not news in every run."""
    for one in troubles:
        if one.first or options.verbose:
            warn(_of_channel(one), options)


def _of_channel(one: Trouble) -> Text:
    if one.lost:
        return say("Warning: channel {name} did not take the message: {problem}. The next runs try again.",
                   name=one.name, problem=one.problem)  # fmt: skip
    return say("Warning: channel {name} took the message, but {problem}.", name=one.name, problem=one.problem)


def tell_everything(found: Sequence[Watched], options: Options) -> None:
    """Without the last state nobody knows what is new, so all that is wrong is said."""
    from reputation.formats.clean import one_line

    wrong = [r for one in found for r in one.results if r.outcome in (Outcome.FAIL, Outcome.WARN)]
    heading = (
        say_plural(
            "Without the history nobody knows what is new. {n} thing is wrong now:",
            "Without the history nobody knows what is new. {n} things are wrong now:",
            len(wrong),
        )
        if wrong
        else say("Without the history nobody knows what is new. Nothing was found wrong now.")
    )
    print(render(heading, options.language))
    for result in wrong[:_SHOWN]:
        print(f"- {one_line(result.target)}: {one_line(render(result.message, options.language))}")


def tell_notes(found: Sequence[Watched], chosen: Sequence[Text], options: Options) -> None:
    """What concerns the choice of lists and the round is said only on request: cron would mail it each time."""
    if options.verbose:
        for note in dict.fromkeys((*chosen, *(note for one in found for note in one.notes))):
            warn(note, options)


def warn(sentence: Text, options: Options) -> None:
    """One sentence on standard error."""
    print(render(sentence, options.language), file=sys.stderr)
