"""Several HTML documents that are shown one below the other, as one view of their joined source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TypeVar

from reputation.records.html import HtmlImage, HtmlLink, HtmlView, Note
from reputation.records.mapped_text import MappedText, TextBuilder

_Placed = TypeVar("_Placed", HtmlLink, HtmlImage, Note)


def joined_views(views: Sequence[HtmlView], shifts: Sequence[int]) -> HtmlView:
    """The views of documents that were read apart, as what is open at the end of one ends there; `shifts` say where in
    the joined source each document begins."""
    return HtmlView(
        text=_text([view.text for view in views], shifts),
        hidden=_text([view.hidden for view in views], shifts),
        links=_moved([view.links for view in views], shifts),
        images=_moved([view.images for view in views], shifts),
        noted=_moved([view.noted for view in views], shifts),
        counts=sum((view.counts for view in views), Counter()),
        unclosed=_moved([view.unclosed for view in views], shifts),
        title=next(filter(None, (view.title for view in views)), ""),
        language=next(filter(None, (view.language for view in views)), ""),
        styled=sum(view.styled for view in views),
        comment_length=sum(view.comment_length for view in views),
        style_sheet="\n".join(view.style_sheet for view in views),
        too_complex=any(view.too_complex for view in views),
    )


def _moved(rows: Sequence[tuple[_Placed, ...]], shifts: Sequence[int]) -> tuple[_Placed, ...]:
    moved = (
        [one._replace(start=one.start + by, end=one.end + by) for one in row]
        for row, by in zip(rows, shifts, strict=True)
    )
    return tuple(chain.from_iterable(moved))


def _text(texts: Sequence[MappedText], shifts: Sequence[int]) -> MappedText:
    joined = TextBuilder()
    for text, shift in zip(texts, shifts, strict=True):
        if len(joined):
            joined.add("\n", shift)
        ends = (*text.starts[1:], len(text.text))[: len(text.starts)]
        for start, end, origin in zip(text.starts, ends, text.origins, strict=True):
            joined.add(text.text[start:end], origin + shift)
    return joined.build()
