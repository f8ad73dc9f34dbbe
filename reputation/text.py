"""Sentences for people, kept apart from the language in which they will be read.

A check says what it saw as `say("SPF asks {count} questions", count=12)`. The English sentence is the message id;
the language is chosen when a format renders the report, so one report can be read in both languages.
"""

from __future__ import annotations

import gettext
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

Value: TypeAlias = "str | int | float | Text | tuple[Text | str, ...]"
LANGUAGES: Final = ("en", "zh")
_LOCALES: Final = {"zh": "zh_CN"}
_FOLDER: Final = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence: its English template (the message id), its plural form when it has one, and its values."""

    template: str
    values: tuple[tuple[str, Value], ...] = ()
    plural: str = ""

    def __str__(self) -> str:
        """The English sentence."""
        return render(self, "en")


def say(template: str, **values: Value) -> Text:
    """A sentence. `template` must be a literal, so that the translation catalogue can find it."""
    return Text(template, tuple(values.items()))


def say_plural(singular: str, plural: str, n: int, **values: Value) -> Text:
    """A sentence that counts: `n` chooses the form and fills `{n}`."""
    return Text(singular, (("n", n), *values.items()), plural)


def verbatim(words: str) -> Text:
    """Words that are no sentence of ours (a name, a record, a stranger's text): shown as they are in each language."""
    return Text("{words}", (("words", words),))


def render(text: Text, language: str) -> str:
    """The sentence in `language` ("en" or "zh"); a sentence without a translation stays English."""
    values = dict(text.values)
    template = _template(text, values, language)
    return string.Formatter().vformat(template, (), {k: _shown(v, language) for k, v in values.items()})


def _template(text: Text, values: Mapping[str, Value], language: str) -> str:
    catalogue = _catalogue(language)
    if not text.plural:
        return catalogue.gettext(text.template) if text.template else ""
    n = values.get("n", 0)
    return catalogue.ngettext(text.template, text.plural, n if isinstance(n, int) else 0)


def _shown(value: Value, language: str) -> str | int | float:
    if isinstance(value, Text):
        return render(value, language)
    if isinstance(value, tuple):
        comma = "、" if language == "zh" else ", "
        return comma.join(str(_shown(part, language)) for part in value)
    return value


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    name = _LOCALES.get(language)
    if name is None:
        return gettext.NullTranslations()
    return gettext.translation("reputation", _FOLDER, languages=[name], fallback=True)
