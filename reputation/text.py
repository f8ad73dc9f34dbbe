"""Sentences for people, kept apart from the language in which they will be read.

A check says what it saw as `say("SPF asks {count} questions", count=12)`. The English sentence is the message id;
the language is chosen when a format renders the report, so one report can be read in both languages.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

Value: TypeAlias = "str | int | float | Text | tuple[Text | str, ...]"
LANGUAGES: Final = ("en", "zh")
_LOCALES: Final = {"zh": "zh_CN"}
_LONGEST: Final = 20_000  # characters of a sentence out of a file
_FOLDER: Final = Path(__file__).parent / "locale"


class Text(NamedTuple):
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
    if not values:  # nothing to fill in: braces are part of the sentence, as in a page that is about them
        return template
    return template.format(**{name: _shown(value, language) for name, value in values.items()})


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


def plain(text: Text) -> dict[str, Any]:
    """The sentence as plain values for JSON: its id, its plural and its values."""
    values = {name: _plain_value(value) for name, value in text.values}
    return {"id": text.template, "values": values} | ({"plural": text.plural} if text.plural else {})


def from_plain(raw: object, fallback: str) -> Text:
    """A sentence out of a file. What is not one of ours in form becomes `fallback`, word for word: a template from
    outside must not reach into objects or ask for a million spaces."""
    if not isinstance(raw, dict):
        return verbatim(fallback)
    template, plural, values = raw.get("id"), raw.get("plural", ""), raw.get("values")
    if not (isinstance(template, str) and isinstance(plural, str) and isinstance(values, dict)):
        return verbatim(fallback)
    if not all(_is_harmless(form, values) for form in (template, plural)):
        return verbatim(fallback)
    found = Text(template, tuple((str(k), _value_of(v)) for k, v in values.items()), plural)
    return found if _length(found) <= _LONGEST else verbatim(fallback)


def _length(value: Value) -> int:
    """About how long the value is when rendered, found without rendering it: a few nested sentences, each of which
    repeats the next, would fill the memory."""
    if isinstance(value, Text):
        lengths = {name: _length(part) for name, part in value.values}
        return max(_length_of(form, lengths) for form in (value.template, value.plural))
    if isinstance(value, tuple):
        return sum(_length(part) + 2 for part in value)
    return len(str(value))


def _length_of(template: str, lengths: Mapping[str, int]) -> int:
    parts = _parts(template)
    return sum(len(literal) + lengths.get(name or "", 0) for literal, name, _, _ in parts)


def _plain_value(value: Value) -> Any:
    if isinstance(value, Text):
        return plain(value)
    return [_plain_value(part) for part in value] if isinstance(value, tuple) else value


def _value_of(raw: object) -> Value:
    if isinstance(raw, dict):
        return from_plain(raw, "")
    if isinstance(raw, list):
        return tuple(v if isinstance(v := _value_of(part), Text) else str(v) for part in raw)
    return raw if isinstance(raw, str | int | float) else str(raw)


def _is_harmless(template: str, values: Mapping[object, object]) -> bool:
    """Only fields that are plain names and have a value; no attributes, no conversions, no widths."""
    try:
        fields = list(_parts(template))
    except ValueError:
        return False
    return all(name is None or (name in values and not spec and not conv) for _, name, spec, conv in fields)


def _parts(template: str) -> Iterable[tuple[str, str | None, str | None, str | None]]:
    import string  # for sentences out of files alone

    return string.Formatter().parse(template)
