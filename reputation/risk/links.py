"""Signals of the links."""

from __future__ import annotations

import math
from collections import Counter

from reputation.checks.content._needs import value
from reputation.facts.draft import DraftFacts, DraftLink
from reputation.records.later import later
from reputation.records.link import organizational
from reputation.risk.host_names import is_open_hosting, link_oddities, sounds_alarming

_TOKEN = later(r"[A-Za-z0-9_-]{24,}")


def link_signals(facts: DraftFacts) -> dict[str, float]:
    """Signals of the web links; none where there are no links."""
    web = [link for link in facts.links if link.target.is_web]
    if not web:
        return {}
    text = value(facts.html) or value(facts.plain)
    words = text.words if text else 0
    per_word = {"links_per_word": math.log1p(100 * len(web) / (words + 10))}
    return per_word | _hosts(facts, web) | _targets(web) | _texts(web)


def _hosts(facts: DraftFacts, web: list[DraftLink]) -> dict[str, float]:
    own = organizational(facts.from_domain) if facts.from_domain else ""
    domains = Counter(link.target.domain for link in web)
    odd = 0
    hosts = {link.target.host: link.target for link in web}
    for target in hosts.values():
        odd |= link_oddities(target)
    signals: dict[str, float] = {
        "link_alarm": any(map(sounds_alarming, domains)),
        "link_oddities": odd.bit_count(),
        "link_open_hosting": any(map(is_open_hosting, hosts)),
    }
    if own:
        signals["link_own"] = domains[own] / len(web)
        signals["link_own_any"] = own in domains
        signals["link_one_strange_domain"] = len(domains) == 1 and own not in domains
    return signals


def _targets(web: list[DraftLink]) -> dict[str, float]:
    count = len(web)
    targets = Counter(link.target.written for link in web)
    paths = [link.target.path for link in web]
    return {
        "link_repeated": targets.most_common(1)[0][1] / count,
        "link_distinct": math.log1p(len(targets)),
        "link_one_target": len(targets) == 1,
        "link_length_spread": math.log1p(max(map(len, paths)) - min(map(len, paths))),
        "link_bare_path": sum(path in ("", "/") for path in paths) / count,
        "link_token": sum(bool(_TOKEN.search(path)) for path in paths) / count,
    }


def _texts(web: list[DraftLink]) -> dict[str, float]:
    count = len(web)
    shown = [link.text for link in web]
    return {
        "link_image": sum(link.has_image for link in web) / count,
        "link_text_address": sum(text.lower().startswith(("http", "www.")) for text in shown) / count,
    }
