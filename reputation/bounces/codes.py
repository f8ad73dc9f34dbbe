"""Search in the table of codes and texts: by reply code, status code, words, provider or reason."""

from __future__ import annotations

import re
from typing import Final

from reputation.bounces.decide import codes_of
from reputation.bounces.failure import Failure
from reputation.bounces.find.pasted import find_in_text
from reputation.bounces.knowledge import Row, knowledge
from reputation.bounces.phrases import matches, normalised
from reputation.text import render

_STATUS: Final = re.compile(r"^[245]\.\d{1,3}\.\d{1,3}$")
_PARTIAL: Final = re.compile(r"^[245x]\.\d{1,3}(?:\.\d{1,3})?$", re.I)
_REPLY: Final = re.compile(r"^[245]\d\d$")


def search(query: str) -> list[Row]:
    """The rows that fit, the closest first; all rows for an empty query.

    Every word of the query must occur in a row, in English or Chinese. Where no row has them all, a pasted reply
    gives the rows that explain it.
    """
    rows = knowledge().table
    words = query.lower().split()
    if not words:
        return list(rows)
    found = [row for row in rows if all(_fits(row, word) for word in words)]
    return sorted(found, key=lambda row: _distance(row, query.lower())) if found else _explaining(query)


def _fits(row: Row, word: str) -> bool:
    if _REPLY.match(word):
        return (row.kind == "reply" and row.match == word) or (row.kind == "text" and word in row.match)
    if _STATUS.match(word):
        return (row.kind == "status" and word in codes_of(row)) or (row.kind == "text" and word in row.match)
    if _PARTIAL.match(word):
        return row.kind == "status" and row.match.endswith(word.lstrip("x."))
    return word in _words_of(row)


def _words_of(row: Row) -> str:
    return " ".join(
        (row.match, row.provider, row.detail, row.verdict, render(row.meaning, "en"), render(row.meaning, "zh"))
    ).lower()


def _distance(row: Row, query: str) -> tuple[int, int]:
    return (0 if row.match == query else 1 if query in row.match else 2), len(row.match)


def _explaining(query: str) -> list[Row]:
    """The rows behind a pasted reply."""
    text = normalised(query)
    rows = [phrase.row for phrase in matches(text) if phrase.row.dialect]
    failures = find_in_text(query).failures or (Failure(text=query),)
    codes = {failures[0].status, failures[0].reply} - {""}
    rows += [row for row in knowledge().table if row.kind != "text" and codes & set(codes_of(row))]
    return list(dict.fromkeys(rows))
