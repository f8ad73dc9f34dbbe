"""Signals of the links."""

from __future__ import annotations

import math
import re
from collections import Counter

from reputation.checks.content._needs import value
from reputation.facts.draft import DraftFacts, DraftLink
from reputation.records.later import later
from reputation.risk.letters import CHEAP_ENDINGS

_UNSUBSCRIBE = later(
    r"unsub|opt-?out|optout|preferences|abmeld|abbestell|desinscri|désinscri|baja|отпис|退订", re.IGNORECASE
)
_TOKEN = later(r"[A-Za-z0-9_-]{24,}")


def link_signals(facts: DraftFacts) -> dict[str, float]:
    """Signals of the web links; none where there are no links."""
    web = [link for link in facts.links if link.target.is_web]
    if not web:
        return {}
    text = value(facts.html) or value(facts.plain)
    words = text.words if text else 0
    per_word = {"links_per_word": math.log1p(100 * len(web) / (words + 10))}
    return per_word | _hosts(web) | _targets(web) | _texts(web)


def _hosts(web: list[DraftLink]) -> dict[str, float]:
    hosts = {link.target.host for link in web}
    domains = Counter(link.target.domain for link in web)
    return {
        "link_domains": math.log1p(len(domains)),
        "link_cheap_ending": sum(n for d, n in domains.items() if d.rpartition(".")[2] in CHEAP_ENDINGS) / len(web),
        "link_host_digits": max(sum(c.isdigit() for c in host) for host in hosts),
    }


def _targets(web: list[DraftLink]) -> dict[str, float]:
    count = len(web)
    targets = Counter(link.target.written for link in web)
    paths = [link.target.path for link in web]
    return {
        "link_insecure": sum(link.target.written[:5].lower() == "http:" for link in web) / count,
        "link_repeated": targets.most_common(1)[0][1] / count,
        "link_distinct": math.log1p(len(targets)),
        "link_length_spread": math.log1p(max(map(len, paths)) - min(map(len, paths))),
        "link_bare_path": sum(path in ("", "/") for path in paths) / count,
        "link_token": sum(bool(_TOKEN.search(path)) for path in paths) / count,
    }


def _texts(web: list[DraftLink]) -> dict[str, float]:
    count = len(web)
    shown = [link.text for link in web]
    return {
        "link_text_address": sum(text.lower().startswith(("http", "www.")) for text in shown) / count,
        "link_unsubscribe": any(_UNSUBSCRIBE.search(link.text + link.target.written[:300]) for link in web),
    }
