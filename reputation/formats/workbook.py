"""Workbooks for a team (XLSX): the table of bounce codes, and the recipients of a run.

Codes stay text, nothing becomes a formula or a link, the heading stays in view and can be filtered.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import reputation
from reputation.bounces.knowledge import Row
from reputation.bounces.statistics import Summary
from reputation.formats.bounce_rows import COLUMNS as CONTACT_COLUMNS
from reputation.formats.bounce_rows import bounce_rows
from reputation.formats.clean import one_line
from reputation.formats.codes_table import COLUMNS as CODE_COLUMNS
from reputation.formats.codes_table import code_row
from reputation.text import Text, render, say

_CODES: Final = dict(zip(CODE_COLUMNS, (8, 34, 18, 22, 10, 17, 19, 46, 40, 46, 40, 7, 40, 12), strict=True))
_CONTACTS: Final = dict(zip(CONTACT_COLUMNS, (32, 10, 12, 10, 13, 28, 20, 12, 12, 7, 28, 30, 12, 50), strict=True))
_CLASSES: Final = ("hard", "soft", "block", "auto", "complaint", "none", "unknown")
_STATUSES: Final = ("remove", "verify", "retry", "keep", "done")
_DAYS: Final = ("first_seen", "last_seen", "next_check", "checked")
_COLOURS: Final = {"hard": "#f8d7da", "block": "#fff3cd", "soft": "#e2f0d9", "complaint": "#f8d7da"}


def codes_workbook(rows: Sequence[Row], today: date) -> bytes:
    """The team's table of codes."""
    about = [
        say("The table of bounce codes: what a mail server answered, what it means, what to do."),
        say("class: hard = the address is dead; soft = may pass later; block = you were refused, the contact is fine."),
        say("trap: on these rows the rule 5xx = dead is wrong. Read the text before you delete anybody."),
        say("match: * stands for any words. Filter by code, provider or reason with the arrows in the first line."),
        say("Each row names its source and the day on which it was last checked."),
    ]
    return _workbook("Codes", _CODES, [code_row(row) for row in rows], 4, about, today)


def contacts_workbook(summary: Summary, today: date, language: str) -> bytes:
    """The recipients of a run, for a CRM."""
    about = [
        say("The addresses that bounced, one a line, ready to be matched with a CRM by the column email."),
        say("status: remove = take off the list; verify = ask elsewhere; retry = send again; keep = nothing wrong."),
        say("A block never speaks against the contact: it is about the sender."),
    ]
    rows = bounce_rows(summary, today, language)
    return _workbook("Contacts", _CONTACTS, rows, 2, about, today)


def _workbook(
    name: str, columns: Mapping[str, int], rows: Sequence[Sequence[str]], class_column: int, about: Sequence[Text],
    today: date,
) -> bytes:  # fmt: skip
    import xlsxwriter

    heading, widths = list(columns), list(columns.values())
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})  # fmt: skip
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, text)
    last = max(1, len(rows))
    sheet.add_table(0, 0, last, len(heading) - 1, {"columns": [{"header": title, "format": text} for title in heading]})
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if heading[column] in _DAYS and value:
                sheet.write_datetime(number, column, datetime.fromisoformat(value), day)
            else:
                sheet.write_string(number, column, one_line(value)[:32_000], text)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    _colours(book, sheet, class_column, last)
    if "status" in heading:
        column = heading.index("status")
        sheet.data_validation(1, column, last, column, {"validate": "list", "source": list(_STATUSES)})
    _about(book, about, today)
    book.close()
    return out.getvalue()


def _colours(book: Any, sheet: Any, column: int, last: int) -> None:
    sheet.data_validation(1, column, last, column, {"validate": "list", "source": list(_CLASSES)})
    for word, colour in _COLOURS.items():
        shade = book.add_format({"bg_color": colour})
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": shade}
        sheet.conditional_format(1, column, last, column, rule)


def _about(book: Any, about: Sequence[Text], today: date) -> None:
    sheet = book.add_worksheet("读我 Read me")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100, wrap)
    made = say("Made by reputation {version} on {day}.", version=reputation.__version__, day=today.isoformat())
    for number, sentence in enumerate((*about, made)):
        sheet.write_string(2 * number, 0, render(sentence, "zh"), wrap)
        sheet.write_string(2 * number + 1, 0, render(sentence, "en"), wrap)
