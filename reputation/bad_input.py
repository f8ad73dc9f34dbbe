"""What is raised when the user gave something that cannot be used."""

from __future__ import annotations

from reputation.text import Text


class BadInput(ValueError):
    """What the user gave cannot be used. `sentence` says what was expected; the run ends with exit code 2."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
