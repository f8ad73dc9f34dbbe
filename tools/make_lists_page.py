"""Writes docs/lists.md from blocklists/*.toml. With --check: exit 1 when the page is not fresh."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reputation.catalogue import Catalogue, load  # noqa: E402
from reputation.records.dnsxl import Blocklist, Kind  # noqa: E402

PAGE = ROOT / "docs" / "lists.md"
HEAD = """# The lists

Written by `make docs` from `blocklists/`; how to add one: [blocklists/README.md](../blocklists/README.md). What the
severities mean: [severities.md](severities.md). *Default* lists are asked without further ado, the others with
`--lists all` or by name. A keyed list is asked when you have set its key. *Doubtful* means that its facts could not be
confirmed; its answers weigh little. *Collective* means that it lists networks, not senders.

{lists} lists by {operators} operators, {default} of them asked by default ({open} without any key). {closed} zones are
closed and refused with the reason, {unknown} more are asked only by name because hardly anything is known of them.
"""
COLUMNS = ("zone", "name", "holds", "severity", "default", "key", "remarks", "removal")


def _head_row(columns: tuple[str, ...]) -> str:
    return f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}"


def page(catalogue: Catalogue) -> str:
    """The whole page."""
    by_operator = sorted(catalogue.lists, key=lambda one: (one.operator.casefold(), one.zone))
    groups = [(operator, list(lists)) for operator, lists in groupby(by_operator, key=lambda one: one.operator)]
    default = [one for one in catalogue.lists if one.default]
    head = HEAD.format(
        lists=len(catalogue.lists),
        operators=len(groups),
        default=len(default),
        open=len([one for one in default if not one.key]),
        closed=len(catalogue.closed),
        unknown=len(catalogue.unconfirmed),
    )
    parts = [head, *(_operator(operator, lists) for operator, lists in groups)]
    return "\n".join([*parts, _not_askable(catalogue), _unconfirmed(catalogue), _closed(catalogue)])


def _operator(operator: str, lists: list[Blocklist]) -> str:
    file = f"[{lists[0].file}](../blocklists/{lists[0].file})"
    rows = "\n".join(_row(one) for one in lists)
    return f"## {operator}\n\n{file}, checked {lists[0].checked}\n\n{_head_row(COLUMNS)}\n{rows}\n"


def _row(one: Blocklist) -> str:
    holds = ", ".join(kind for kind in Kind if kind in one.kinds)
    marks = [word for word, yes in (("doubtful", not one.confirmed), ("collective", one.collective)) if yes]
    removal = f"[link]({one.delist})" if one.delist else ""
    cells = (f"`{one.zone}`", one.name, holds, one.severity, "yes" if one.default else "", one.key, ", ".join(marks))
    return f"| {' | '.join(cells)} | {removal} |"


def _not_askable(catalogue: Catalogue) -> str:
    rows = "\n".join(f"| `{one.zone}` | {one.name} | {one.reason} |" for one in catalogue.not_askable)
    return f"## Lists that cannot be asked\n\n{_head_row(('zone', 'name', 'why'))}\n{rows}\n"


def _unconfirmed(catalogue: Catalogue) -> str:
    rows = "\n".join(f"| `{one.zone}` | {one.name} | {one.why} |" for one in catalogue.unconfirmed)
    return f"## Lists of which little is known\n\n{_head_row(('zone', 'name', 'what is known'))}\n{rows}\n"


def _closed(catalogue: Catalogue) -> str:
    rows = "\n".join(f"| `{d.zone}` | {d.name} | {d.closed} | {d.reason} | {d.source} |" for d in catalogue.closed)
    return f"## Closed lists\n\n{_head_row(('zone', 'name', 'closed', 'why', 'source'))}\n{rows}\n"


def main() -> int:
    fresh = page(load())
    if "--check" in sys.argv:
        return 0 if PAGE.exists() and PAGE.read_text("utf-8") == fresh else 1
    PAGE.write_text(fresh, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
