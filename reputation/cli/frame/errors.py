"""Failures in one sentence each, in the reader's language, and the exit code that goes with them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Final

from reputation.bad_input import problem_of
from reputation.log import log_of
from reputation.text import Text, render, say, verbatim

USAGE: Final = 2
COULD_NOT_TELL: Final = 3
INTERRUPTED: Final = 130


def sentence_of(error: Exception) -> Text:
    """What went wrong, for a person. Usage errors of the command line library are told by their names."""
    told = _told(error)
    if told is not None:
        return told
    if _is_usage(error):
        return _usage(error)
    if isinstance(error, OSError):
        problem = problem_of(error)
        if error.filename is None:
            return say("the report could not be written to the end: {problem}", problem=problem)
        return say("{file}: {problem}", file=str(error.filename), problem=problem)
    return say(
        "Something broke inside this program ({kind}); this is our fault, not yours. Run again with -vv for details.",
        kind=type(error).__name__,
    )


def _told(error: Exception) -> Text | None:
    """The sentence that one of our own rooms put into its error."""
    carried = getattr(error, "sentence", None) or getattr(error, "text", None)
    return carried if isinstance(error, ValueError) and isinstance(carried, Text) else None


def _is_usage(error: Exception) -> bool:
    return hasattr(error, "format_message") and getattr(error, "exit_code", 0) == USAGE


def _usage(error: Exception) -> Text:
    kind = type(error).__name__
    parameter = getattr(getattr(error, "param", None), "metavar", None) or getattr(
        getattr(error, "param", None), "name", None
    )
    if kind == "NoSuchOption":
        option, near = str(getattr(error, "option_name", "")), getattr(error, "possibilities", None)
        if near:
            return say("There is no option {option}; did you mean {near}?", option=option, near=_nearest(option, near))
        return say("There is no option {option}; add --help to see which there are.", option=option)
    if kind == "MissingParameter" and parameter:
        return say("{name} is missing; add --help to see how the command is used.", name=str(parameter).upper())
    if kind == "BadOptionUsage":
        return say("Option {option} needs a value.", option=str(getattr(error, "option_name", "")))
    return verbatim(str(getattr(error, "message", "") or error))


def _nearest(typed: str, known: Sequence[str]) -> str:
    from difflib import SequenceMatcher

    return max(sorted(known), key=lambda name: SequenceMatcher(None, typed, name).ratio())


def fail(sentence: Text, error: Exception, words: Sequence[str], language: str) -> int:
    """Says the sentence once and gives the exit code; a Nagios plugin answers UNKNOWN on standard output."""
    usage = _told(error) is not None or isinstance(error, OSError) or _is_usage(error)
    if not usage:
        log_of(__name__).debug("internal error", exc_info=error)
    from reputation.formats.clean import one_line

    line = one_line(" ".join(render(sentence, language).split()))
    if _wants_nagios(words):
        print(f"{'CHECK_RBL' if words[:1] == ['check-rbl'] else 'REPUTATION'} UNKNOWN - {line.replace('|', '/')}")
        return COULD_NOT_TELL
    print(render(say("Error: {what}", what=line), language), file=sys.stderr)
    return USAGE if usage else COULD_NOT_TELL


def _wants_nagios(words: Sequence[str]) -> bool:
    if os.environ.get("REPUTATION_FORMAT", "") == "nagios" or words[:1] == ["check-rbl"]:
        return True
    named = {"nagios", "-fnagios", "--format=nagios", "-f=nagios"}
    return any(word in named and (word != "nagios" or words[at - 1] in ("-f", "--format")) for at, word in enumerate(words))  # fmt: skip  # noqa: E501
