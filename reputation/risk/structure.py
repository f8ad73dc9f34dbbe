"""Signals of the MIME structure and of the HTML."""

from __future__ import annotations

import math
import re

from reputation.checks.content._needs import value
from reputation.facts.draft import Body, DraftFacts
from reputation.model import Found
from reputation.records.html import HtmlView
from reputation.records.later import later

_MEDIA = later(r"@media", re.IGNORECASE)


def structure_signals(facts: DraftFacts) -> dict[str, float]:
    """Signals of the parts and, where there is HTML, of its tags."""
    html = value(facts.html)
    signals = _parts(facts) if isinstance(facts.message, Found) else {}
    return signals | (_html(html, html.html) if html is not None and html.html is not None else {})


def _parts(facts: DraftFacts) -> dict[str, float]:
    return {
        "plain_only": not isinstance(facts.html, Found),
        "attachments": min(3, len(facts.attachments)),
        "attachment_nameless": any(not item.name for item in facts.attachments),
    }


def _html(body: Body, view: HtmlView) -> dict[str, float]:
    source, visible = body.source, body.visible.text
    counts, tags = view.counts, sum(view.counts.values())
    shown, hidden = len("".join(visible.split())), len("".join(view.hidden.text.split()))
    images = [image for image in view.images if not image.hidden]
    return {
        "html_kb": math.log1p(len(source) / 1024),
        "text_share": shown / (len(source) + 1),
        "html_language": bool(view.language),
        "tags": math.log1p(tags),
        "styled_share": min(1.0, view.styled / max(1, tags)),
        "style_sheet": math.log1p(len(view.style_sheet)),
        "media_queries": min(10, len(_MEDIA.findall(view.style_sheet))),
        "mso": min(10, source.count("[if ")),
        "paragraphs": math.log1p(counts["p"]),
        "headings": math.log1p(counts["h1"] + counts["h2"] + counts["h3"]),
        "centers": min(3, counts["center"]),
        "unclosed": math.log1p(len(view.unclosed)),
        "hidden_share": hidden / (shown + hidden + 1),
        "hidden": math.log1p(hidden),
        "images": math.log1p(len(images)),
        "images_without_alt": sum(not (image.alt or "").strip() for image in images) / max(1, len(images)),
        "image_little_text": bool(images) and shown < 150,
        "image_per_text": math.log1p(1_000 * len(images) / (shown + 100)),
        "image_insecure": sum(i.source.lower().startswith("http:") for i in images) / max(1, len(images)),
    }
