"""The pictures that a reader sees."""

from __future__ import annotations

from reputation.facts.draft import Body
from reputation.records.html import HtmlImage


def shown_pictures(text: Body) -> list[HtmlImage]:
    """Without hidden ones and those of one or two pixels, which count readers or hold space."""
    images = text.html.images if text.html else ()
    return [image for image in images if not image.hidden and not (0 < image.width <= 2 or 0 < image.height <= 2)]
