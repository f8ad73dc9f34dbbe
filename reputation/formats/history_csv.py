"""The history as a table for spreadsheets: one row for each thing that was or is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from reputation.formats import RenderOptions
from reputation.formats.clean import cell
from reputation.formats.digest import stamp
from reputation.formats.history_view import TargetHistory, message

FIELDS: Final = ("watched", "target", "check", "zone", "since", "until", "severity", "message", "ending")


def render(histories: Sequence[TargetHistory], options: RenderOptions) -> str:
    """The table with its heading; begins with the byte order mark that Excel needs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for one in histories:
        for span in one.spans:
            end = stamp(span.until) if span.until is not None else ""
            row = (one.target, span.target, span.check, span.zone, stamp(span.since), end, span.severity,
                   message(span, options.language), span.ending)  # fmt: skip
            writer.writerow([cell(value) for value in row])
    return "\ufeff" + out.getvalue()
