"""The table of bounce codes for a terminal, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Final

from reputation.bounces.knowledge import ANY_PROVIDER, Row, knowledge
from reputation.formats.bounce_table import SHORT
from reputation.formats.clean import cell
from reputation.formats.columns import columns, pad, wrap
from reputation.model import Json
from reputation.text import render, say

COLUMNS: Final = ("kind", "match", "seen", "provider", "class", "reason", "detail", "meaning", "meaning_zh", "action", "action_zh", "trap", "source", "checked")  # fmt: skip  # noqa: E501


def code_row(row: Row) -> tuple[str, ...]:
    """The cells of one row, in both languages."""
    return (
        row.kind, row.match, row.seen, row.provider, row.verdict, knowledge().reasons[row.detail].under, row.detail,
        render(row.meaning, "en"), render(row.meaning, "zh"), render(row.advice, "en"), render(row.advice, "zh"),
        "trap" if row.trap else "", row.source, row.checked,
    )  # fmt: skip


def codes_table(rows: Sequence[Row], language: str, width: int = 80) -> str:
    """Each row: what it is and its class, then meaning and advice, in the language of the reader before the other."""
    if not rows:
        return render(say("Nothing in the table fits. Try a code such as 5.1.1, or one word of the text."), language)
    out: list[str] = []
    for row in rows:
        title = knowledge().reasons[row.detail].title
        provider = render(say("any"), language) if row.provider == ANY_PROVIDER else row.provider
        head = f"{row.match}   ({provider}{f', {row.seen}' if row.seen else ''})"
        kind = render(say("{verdict}, {title}", verdict=SHORT[row.verdict], title=title), language)
        fits = columns(head) + 2 + columns(kind) <= width
        out += [f"{pad(head, width - columns(kind))}{kind}"] if fits else [*wrap(head, width), f"  {kind}"]
        for spoken in (language, "en" if language == "zh" else "zh"):
            out += wrap(render(row.meaning, spoken), width, "    ")
            first, *rest = wrap(render(row.advice, spoken), width - 7)
            out += [f"    -> {first}", *(f"       {line}" for line in rest)]
        out.append("")
    out.append(render(say("{count} rows", count=len(rows)), language))
    return "\n".join(out)


def codes_json(rows: Sequence[Row]) -> str:
    """The rows as a list of objects."""
    listed: list[Json] = [dict(zip(COLUMNS, code_row(row), strict=True)) for row in rows]
    return json.dumps(listed, ensure_ascii=False, indent=2)


def codes_csv(rows: Sequence[Row]) -> str:
    """The rows for a spreadsheet: byte order mark, CRLF, no cell that runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in code_row(row)] for row in rows)
    return "\ufeff" + out.getvalue()
