"""The links of the texts of a draft."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reputation.facts.draft import Body, DraftLink
from reputation.gather.markdown import markdown_links
from reputation.records.html_outlook import VML
from reputation.records.link import bare_urls, parse_target

MAX_LINKS = 2_000
_FORMS = ("form", "button", "input")
_ACTIONS = ("formaction", "action")


def links_of(body: Body | None) -> list[DraftLink]:
    """The links of one text: those of its tags, else those of Markdown and the addresses that are written out."""
    if body is None:
        return []
    if body.html:
        return [
            DraftLink(parse_target(link.target), link.text, body, link.start, link.end, link.has_image)
            for link in body.html.links
        ]
    written = [(target, text, start, end) for target, text, start, end in markdown_links(body.source)]
    inside = [(start, end) for _, _, start, end in written]
    bare = [(t, t, start, end) for t, start, end in bare_urls(body.source) if not _within(start, inside)]
    return [DraftLink(parse_target(t), text, body, start, end) for t, text, start, end in (*written, *bare)]


def other_links(html: Body | None, links: Sequence[DraftLink], special: Sequence[Body]) -> list[DraftLink]:
    """What only some programs show, where the forms of the HTML lead to, and its relative `links` as its first
    <base href> makes them whole."""
    found = [link for body in special for link in (*links_of(body), *_tag_links(body, ("href",), *VML))]
    if html is None or html.html is None:
        return found
    found += _tag_links(html, _ACTIONS, *_FORMS)
    bases = (tag.attributes["href"] for tag in html.html.tags("base") if "href" in tag.attributes)
    base = parse_target(next(bases, ""))
    if not base.is_web:
        return found
    site = base.written[: len(base.written) - len(base.path)]
    relative = (link for link in links if not link.target.scheme and link.target.written[:1] not in ("", "#"))
    return found + [link._replace(target=parse_target(f"{site}/{link.target.path}")) for link in relative]


def _tag_links(body: Body, attributes: tuple[str, ...], *names: str) -> list[DraftLink]:
    """Where tags of these names lead to by the first of these attributes that they have."""
    tags = body.html.tags(*names) if body.html else ()
    targets = ((next(filter(None, map(tag.attributes.get, attributes)), ""), tag) for tag in tags)
    return [DraftLink(parse_target(target), "", body, tag.start, tag.end) for target, tag in targets if target]


def _within(start: int, spans: list[tuple[int, int]]) -> bool:
    before = bisect_right(spans, (start, 1 << 60)) - 1
    return before >= 0 and spans[before][0] <= start < spans[before][1]
