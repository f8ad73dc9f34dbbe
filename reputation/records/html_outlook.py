"""What only Outlook for Windows shows of an HTML mail: the content of its conditional comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.records.html import HtmlView, read_html
from reputation.records.later import holds, later

VML = ("v:roundrect", "v:rect", "v:oval", "v:shape")  # shapes that can be links
_CONDITION = later(
    r"<!--\[if\s(?![^\]]{0,60}!\s{0,3}\(?mso)[^\]]{0,60}\b(?:mso|ie|vml)\b[^\]]{0,60}\]>",
    re.IGNORECASE,
    when=holds("<!--["),
)
_CONDITION_END = "<![endif]"


def outlook_view(source: str) -> HtmlView | None:
    """The view of what stands in comments such as `<!--[if mso]>`, with offsets into `source`; None without any.

    For every other program it is a comment.
    """
    pieces, position = [], 0
    for start, end in _spans(source):
        pieces += [" " * (start - position), source[start:end]]
        position = end
    return read_html("".join(pieces)) if pieces else None


def _spans(source: str) -> Iterator[tuple[int, int]]:
    position = 0
    while opened := _CONDITION.search(source, position):
        position = source.find("-->", opened.end())
        if position < 0:
            return
        content = source[opened.end() : position]
        yield opened.end(), opened.end() + len(content.removesuffix(_CONDITION_END))
