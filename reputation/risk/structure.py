"""Signals of the MIME structure and of the HTML."""

from __future__ import annotations

import math

from reputation.checks.content._needs import value
from reputation.facts.draft import Body, DraftFacts
from reputation.model import Found
from reputation.records.html import HtmlImage, HtmlView
from reputation.records.later import holds, later
from reputation.records.link import organizational
from reputation.risk.host_names import is_cheap

_WORD = later(r"[a-z]{4,}")
_PAGE = later(r"\.(?:s?html?|xhtml|svg)$", when=holds("."))
_IMAGE_HOST = later(r"https?://([^/:?#]{1,253})")
_HEAD = 200_000


def structure_signals(facts: DraftFacts) -> dict[str, float]:
    """Signals of the parts and, where there is HTML, of its tags."""
    html, plain = value(facts.html), value(facts.plain)
    signals = _parts(facts) if isinstance(facts.message, Found) else {}
    if html is None or html.html is None:
        return signals
    signals |= _made(html, html.html) | _pictures(html, html.html)
    return signals | (_compared(html, plain) if plain is not None else {})


def _parts(facts: DraftFacts) -> dict[str, float]:
    names = [item.name.lower() for item in facts.attachments]
    return {
        "html_only": isinstance(facts.html, Found) and not isinstance(facts.plain, Found),
        "attachments": min(3, len(names)),
        "attachment_page": any(_PAGE.search(name) for name in names),
        "attachment_pdf": any(".pdf" in name for name in names),
    }


def _made(body: Body, view: HtmlView) -> dict[str, float]:
    counts, tags = view.counts, sum(view.counts.values())
    shown, hidden = len("".join(body.visible.text.split())), len("".join(view.hidden.text.split()))
    return {
        "care": _care(body.source[:_HEAD].lower(), view),
        "hidden_share": hidden / (shown + hidden + 1),
        "html_kb": math.log1p(len(body.source) / 1024),
        "media_queries": "@media" in view.style_sheet.lower(),
        "style_sheet": bool(view.style_sheet.strip()),
        "styled_share": min(1.0, view.styled / max(1, tags)),
        "tables": math.log1p(counts["table"]),
        "text_share": shown / (len(body.source) + 1),
        "unclosed": math.log1p(len(view.unclosed)),
    }


def _care(low: str, view: HtmlView) -> int:
    """How many of the things are there that whoever builds HTML for mail with care adds."""
    images = [image for image in view.images if not image.hidden]
    described = sum(bool((image.alt or "").strip()) for image in images)
    return sum(
        (
            bool(view.language), bool(view.title), "<!doctype" in low[:2_000], "viewport" in low,
            "@media" in view.style_sheet.lower(), "[if " in low,
            'role="presentation"' in low or "role='presentation'" in low, 2 * described > len(images),
        )
    )  # fmt: skip


def _pictures(body: Body, view: HtmlView) -> dict[str, float]:
    images = [image for image in view.images if not image.hidden]
    shown, count = len("".join(body.visible.text.split())), max(1, len(images))
    signals = {
        "images": math.log1p(len(images)),
        "image_little_text": bool(images) and shown < 150,
        "image_per_text": math.log1p(1_000 * len(images) / (shown + 100)),
        "image_insecure": sum(image.source.lower().startswith("http:") for image in images) / count,
    }
    hosts = _image_hosts(view.images)
    return signals | ({"image_cheap_ending": any(is_cheap(organizational(host)) for host in hosts)} if hosts else {})


def _image_hosts(images: tuple[HtmlImage, ...]) -> set[str]:
    found = (_IMAGE_HOST.match(image.source[:300].lower()) for image in images)
    return {match[1] for match in found if match}


def _compared(html: Body, plain: Body) -> dict[str, float]:
    """How much the plain text says of what the HTML says."""
    first, second = (set(_WORD.findall(part.folded.text[:20_000])) for part in (plain, html))
    sizes = len(plain.visible.text) + 50, len(html.visible.text) + 50
    return {
        "parts_differ": 1 - len(first & second) / max(1, len(first | second)),
        "plain_per_html": math.log(sizes[0] / sizes[1]),
    }
