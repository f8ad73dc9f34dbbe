"""What is raised when the user gave something that cannot be used."""

from __future__ import annotations

from typing import Final

from reputation.text import Text, say, verbatim

_PASTED: Final = ("<stdin>", "<text>")
EMPTY: Final = '""'  # how a file without a name is called
NO_NAME: Final = say("a file name is empty; expected a file, a folder, or - for standard input")
_SYSTEM_PROBLEMS: Final = (
    say("No such file or directory"),
    say("Permission denied"),
    say("Is a directory"),
    say("Not a directory"),
    say("No space left on device"),
    say("Read-only file system"),
    say("File name too long"),
)


class BadInput(ValueError):
    """What the user gave cannot be used. `sentence` says what was expected; the run ends with exit code 2."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def problem_of(error: OSError) -> Text:
    """What the system says is wrong with a file; the usual ones can be read in each language."""
    words = error.strerror or type(error).__name__
    return next((said for said in _SYSTEM_PROBLEMS if said.template == words), verbatim(words))


def called(file: str) -> Text:
    """The name of a file for people: what was pasted has none, whatever machines call it."""
    return say("pasted text") if file in _PASTED else verbatim(file)
