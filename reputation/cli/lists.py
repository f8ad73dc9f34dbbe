"""`reputation lists`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from reputation.cli._words import SEVERITIES, kinds_in_words
from reputation.cli.frame import Argument, Options, deliver
from reputation.text import Text, render, say, say_plural, verbatim

if TYPE_CHECKING:
    from reputation.catalogue import Catalogue
    from reputation.records.dnsxl import Blocklist

HELP = say("Show the blocklists: which are asked, which need a key, which are closed.")
OFFLINE = True
NO_CHECKS = True
USED = {"blocklists": say("Folder of blocklist files that replaces the built-in catalogue.")}
FORMATS = ("table", "json", "csv")

_NOTHING = verbatim("")
_WORDS = {
    "default": say("asked by default"),
    "optional": say("asked with --lists all"),
    "contained": say("asked only by name, since another list contains it"),
    "needs-key": say("needs a key"),
    "unconfirmed": say("asked only by name"),
    "not-askable": say("cannot be asked"),
    "closed": say("closed, never asked"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One zone. `state` is a key of _WORDS; `note` says the key, or why a zone is not asked."""

    zone: str
    name: str
    operator: str
    state: str
    severity: str = ""
    kinds: tuple[str, ...] = ()
    note: Text = _NOTHING

    def fields(self, language: str) -> dict[str, str]:
        """The row for machines: the state is never translated."""
        return {
            "zone": self.zone, "name": self.name, "operator": self.operator, "state": self.state,
            "severity": self.severity, "kinds": " ".join(self.kinds), "note": render(self.note, language),
        }  # fmt: skip


def command(
    options: Options,
    text: Annotated[
        str, Argument(metavar="TEXT", help=str(say("Show only lists whose zone, name or operator has this.")))
    ] = "",
) -> int:
    """The catalogue with the state of each list."""
    from reputation.catalogue import load

    catalogue = load(options.blocklists)
    rows = [row for row in _rows(catalogue, frozenset(options.keys)) if _matches(row, text)]
    rendered = {
        "table": lambda: _table(rows, options.language),
        "json": lambda: json.dumps([row.fields(options.language) for row in rows], ensure_ascii=True, indent=2),
        "csv": lambda: _csv(rows, options.language),
    }
    return deliver(lambda name: rendered[name](), options, FORMATS)


def _rows(catalogue: Catalogue, keys: frozenset[str]) -> list[Row]:
    from reputation.catalogue import closed_when, contained

    held = contained(catalogue.lists, keys)
    asked = [_askable(one, keys, held) for one in catalogue.lists]
    doubtful = [_row(one, "unconfirmed") for one in catalogue.unconfirmed]
    others = [Row(z.zone, z.name, "", "not-askable", note=Text(z.reason)) for z in catalogue.not_askable]
    closed = [
        Row(
            one.zone,
            one.name,
            "",
            "closed",
            note=say("{date}: {reason}", date=closed_when(one), reason=Text(one.reason)),
        )
        for one in catalogue.closed
    ]
    order = list(_WORDS)
    return sorted([*asked, *doubtful, *others, *closed], key=lambda row: (order.index(row.state), row.zone))


def _askable(one: Blocklist, keys: frozenset[str], held: frozenset[str]) -> Row:
    if one.key and one.key not in keys:
        return _row(one, "needs-key", say("key {name}", name=one.key))
    if one.zone in held:
        return _row(one, "contained")
    return _row(one, "default" if one.default else "optional")


def _row(one: Blocklist, state: str, note: Text = _NOTHING) -> Row:
    kinds = tuple(sorted(str(kind) for kind in one.kinds))
    return Row(one.zone, one.name, one.operator, state, str(one.severity), kinds, note)


def _matches(row: Row, text: str) -> bool:
    return text.lower() in f"{row.zone} {row.name} {row.operator} {row.state}".lower()


def _table(rows: Sequence[Row], language: str) -> str:
    """One line a list, in groups by state; short enough for 80 columns where the names allow it."""
    lines: list[str] = []
    for state, words in _WORDS.items():
        group = [row for row in rows if row.state == state]
        if group:
            lines += ["", f"{render(words, language)} ({len(group)})"]
            lines += [_line(row, language) for row in group]
    count = render(say_plural("{n} zone", "{n} zones", len(rows)), language)
    return "\n".join([*lines, "", count]).strip("\n")


def _line(row: Row, language: str) -> str:
    from reputation.formats.columns import pad

    severity = render(SEVERITIES[row.severity], language) if row.severity else ""
    return f"  {row.zone:<32} {pad(severity, 13)} {_remark(row, language)}".rstrip()


def _remark(row: Row, language: str) -> str:
    if row.state in ("closed", "not-askable"):
        return render(row.note, language)
    return f"{row.name}  {render(kinds_in_words(row.kinds), language)}"


def _csv(rows: Sequence[Row], language: str) -> str:
    from reputation.formats.clean import cell

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    fields = [row.fields(language) for row in rows]
    writer.writerow(list(Row("", "", "", "closed").fields(language)))
    writer.writerows([[cell(value) for value in one.values()] for one in fields])
    return out.getvalue()
