"""One answer as one JSON object of a recording, and back. Names are as shown: the user's key never gets here."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Any, Final

from reputation.model import Absent, Cause, Found, Json, Observed, Unknown
from reputation.records.answer import Answer, MailExchange, Question, RecordData
from reputation.text import Text

_MAX_RECORDS: Final = 1_000


class BadRecord(ValueError):
    """A line that no recording holds. Its one argument says what is expected there."""


def to_json(question: Question, answer: Observed[Answer]) -> dict[str, Json]:
    """The line for `question` and its `answer`."""
    out: dict[str, Json] = {"ask": question.source}
    if isinstance(answer, Found):
        value = answer.value
        out["found"] = [_record_to_json(record) for record in value.records]
        out["owner"] = question.shown or value.canonical_name
        out["ttl"] = value.ttl
        out |= {name: True for name in ("authenticated", "cut") if getattr(value, name)}
    else:
        out |= miss_to_json(answer)
    return out


def miss_to_json(miss: Absent | Unknown) -> dict[str, Json]:
    """What there is to keep of something that was not found."""
    if isinstance(miss, Absent):
        return {"absent": "name" if miss.nxdomain else "record", **({"alias": True} if miss.alias else {})}
    return {"unknown": str(miss.cause), **(text_to_json(miss.detail) if miss.detail else {})}


def text_to_json(text: Text) -> dict[str, Json]:
    """A sentence, with plain values."""
    values: dict[str, Json] = {name: v if isinstance(v, (int, float)) else str(v) for name, v in text.values}
    return {"template": text.template, "values": values}


def _record_to_json(record: RecordData) -> Json:
    if isinstance(record, MailExchange):
        return {"preference": record.preference, "host": record.host}
    if isinstance(record, bytes):
        return {"bytes": record.decode("latin-1")}
    return record


def from_json(line: Any) -> tuple[str, Observed[Answer]]:
    """The question's name ("TXT example.com") and its answer. Raises BadRecord."""
    ask = typed(line, "ask", str)
    if "found" in line:
        records = typed(line, "found", list)[:_MAX_RECORDS]
        answer = Answer(
            tuple(_record_from_json(record) for record in records),
            typed(line, "owner", str),
            typed(line, "ttl", int),
            line.get("authenticated") is True,
            line.get("cut") is True,
        )
        return ask, Found(answer, ask)
    return ask, miss_from_json(line, ask)


def miss_from_json(line: dict[str, Any], source: str) -> Absent | Unknown:
    """What was not found. Raises BadRecord."""
    if "absent" in line:
        nxdomain = _one_of(line["absent"], {"name": True, "record": False}.get, "absent: name or record")
        return Absent(source, nxdomain, line.get("alias") is True)
    if "unknown" in line:
        return Unknown(_one_of(line["unknown"], _causes().get, "unknown: a cause"), source, text_from_json(line))
    raise BadRecord("found, absent or unknown")


def _causes() -> dict[str, Cause]:
    return {str(cause): cause for cause in Cause}


def _one_of(value: Any, known: Callable[[str], Any], expected: str) -> Any:
    found = known(value) if isinstance(value, str) else None
    if found is None:
        raise BadRecord(expected)
    return found


def typed(line: Any, field: str, kind: type) -> Any:
    """The field, which must be of this kind. Raises BadRecord."""
    value = line.get(field) if isinstance(line, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BadRecord(f"{field}: {kind.__name__}")
    return value


def _record_from_json(record: Any) -> RecordData:
    if isinstance(record, str):
        return record
    if isinstance(record, dict) and "bytes" in record:
        try:
            return bytes(typed(record, "bytes", str), "latin-1")
        except UnicodeEncodeError:
            raise BadRecord("bytes: letters from U+0000 to U+00FF") from None
    return MailExchange(typed(record, "preference", int), typed(record, "host", str))


def text_from_json(line: dict[str, Any]) -> Text | None:
    """The sentence that the line holds. Raises BadRecord."""
    if "template" not in line:
        return None
    template, values = typed(line, "template", str), line.get("values", {})
    if not isinstance(values, dict) or not all(isinstance(v, (str, int, float)) for v in values.values()):
        raise BadRecord("values: words and numbers")
    if not _is_plain(template, set(values)):
        raise BadRecord("template: a sentence whose {placeholders} are all among values")
    return Text(template, tuple(values.items()))


def _is_plain(template: str, names: set[str]) -> bool:
    """Only plain placeholders: a stranger's file must not reach attributes or widths through a format string."""
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        return False
    return all(name is None or (name in names and not spec and not how) for _, name, spec, how in parts)
