"""The pictures that a reader sees."""

from __future__ import annotations

from reputation.checks.content._campaign import signature_start
from reputation.facts.draft import Body
from reputation.records.html import HtmlImage

_WIDEST_LOGO = 300  # pixels; a poster is as wide as the mail


def shown_pictures(text: Body) -> list[HtmlImage]:
    """Without hidden ones and those of one or two pixels, which count readers or hold space."""
    images = text.html.images if text.html else ()
    return [image for image in images if not image.hidden and not (0 < image.width <= 2 or 0 < image.height <= 2)]


def pictures_of_text(text: Body) -> list[HtmlImage]:
    """Those without the logo of a signature: below the closing words, no wider than a logo, and with its words."""
    shown = shown_pictures(text)
    end = signature_start(text) if shown else 0
    return [image for image in shown if image.start < end or not image.alt or image.width > _WIDEST_LOGO]
