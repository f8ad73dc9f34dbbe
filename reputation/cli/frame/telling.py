"""What is said beside the report, on standard error."""

from __future__ import annotations

import sys

from reputation.text import Text, render, say


def tell(sentence: Text, language: str) -> None:
    """One line, in which no name of a file and no word of a stranger can speak to the terminal."""
    from reputation.formats.clean import one_line

    print(one_line(render(sentence, language)), file=sys.stderr)


def tell_error(sentence: Text, language: str) -> None:
    """The same for what makes the exit code that of an error."""
    tell(say("Error: {what}", what=sentence), language)
