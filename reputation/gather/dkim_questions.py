"""DKIM keys without a message: which selectors are tried, and what the answers prove.

A name server that follows RFC 8020 answers NXDOMAIN for a `_domainkey` under which nothing exists, and an empty NOERROR
when some selector does. A made-up selector and a made-up host tell the servers that answer for everything.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Final

from reputation.facts.domain import DanglingSelector, DkimFacts, SelectorKey, SelectorOrigin
from reputation.gather.answers import answer_to, none_of
from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, Question
from reputation.records.dkim_key import looks_like_key, parse_dkim_key
from reputation.records.dns_name import normal
from reputation.records.providers import generic_selectors, provider_name, providers, providers_by
from reputation.records.spf_evaluate import Answers
from reputation.records.spf_tree import SpfNode
from reputation.text import say

_MAX_GUESSES: Final = 60
_WILDCARD: Final = Unknown(
    Cause.MALFORMED_ANSWER,
    detail=say("the domain's name servers answer for every name alike; name your selector with --selector"),
)


def made_up_label(domain: str) -> str:
    """A label that nobody has registered; the same for the same domain, so that a recorded run can be replayed."""
    return f"no-such-name-{zlib.crc32(normal(domain).encode()):08x}"


def key_question(selector: str, domain: str) -> Question:
    """Where RFC 6376 section 3.6.2.1 puts the key of a selector."""
    return Question(f"{normal(selector)}._domainkey.{normal(domain)}", "TXT")


def node_questions(domain: str) -> tuple[Question, Question, Question]:
    """The node above all selectors, a made-up selector, and a made-up host beside it."""
    made_up = made_up_label(domain)
    return (
        Question(f"_domainkey.{normal(domain)}", "TXT"),
        key_question(made_up, domain),
        Question(f"{made_up}.{normal(domain)}", "A"),
    )


def guessed_selectors(tree: SpfNode | None, mail_hosts: Iterable[str]) -> tuple[str, ...]:
    """The generic selectors, then those of the services that SPF or MX point to."""
    names = [("spf", node.domain) for node in tree.walk()] if tree else []
    named = [*names, *(("mx", host) for host in mail_hosts)]
    special = [s for field, name in named for provider in providers_by(field, name) for s in provider.selectors]
    return tuple(dict.fromkeys([*generic_selectors(), *special]))[:_MAX_GUESSES]


def observed_key(selector: str, origin: SelectorOrigin, domain: str, answers: Answers) -> Observed[SelectorKey]:
    """What stands at one selector. Texts that a made-up selector is answered with too are no key of this one."""
    question = key_question(selector, domain)
    observed = answer_to(question, answers)
    if not isinstance(observed, Found):
        return observed
    everywhere = _texts(answers.get(key_question(made_up_label(domain), domain)))
    texts = [text for text in _texts(observed) if text not in everywhere and looks_like_key(text)]
    if not texts:
        return none_of(question, observed)
    target = normal(observed.value.canonical_name)
    target = "" if target == question.name else target
    return Found(
        SelectorKey(
            selector=selector,
            origin=origin,
            records=tuple(texts),
            target=target,
            provider=_provider(selector, target),
            key=parse_dkim_key(texts[0]) if len(texts) == 1 else None,
        ),
        question.source,
    )


def alias_questions(domain: str, named: Iterable[str], tree: SpfNode | None, hosts: Iterable[str]) -> list[Question]:
    """The CNAMEs of the named selectors, and of those of a service that works with CNAMEs and is in use here."""
    used = [("spf", node.domain) for node in tree.walk()] if tree else []
    used += [("mx", host) for host in hosts]
    services = [provider for field, name in used for provider in providers_by(field, name) if provider.dkim]
    selectors = dict.fromkeys([*named, *(s for provider in services for s in provider.selectors)])
    return [Question(key_question(selector, domain).name, "CNAME") for selector in selectors]


def observed_dangling(
    selectors: Iterable[tuple[str, Observed[SelectorKey]]], named: Iterable[str], domain: str, answers: Answers
) -> Observed[tuple[DanglingSelector, ...]]:
    """Selectors without a key whose CNAME is there all the same."""
    selectors, in_use = tuple(selectors), frozenset(named)
    silent = [key for selector, key in selectors if isinstance(key, Unknown) and selector in in_use]
    if silent or all(isinstance(key, Unknown) for _, key in selectors):
        return next((key for _, key in selectors if isinstance(key, Unknown)), Absent())
    found = []
    for selector, key in selectors:
        alias = answers.get(Question(key_question(selector, domain).name, "CNAME"))
        if isinstance(key, Absent) and isinstance(alias, Unknown):
            return alias
        if isinstance(key, Absent) and isinstance(alias, Found):
            target = normal(next(iter(alias.value.strings()), ""))
            found.append(
                DanglingSelector(
                    selector=selector, target=target, named=selector in in_use, provider=provider_name("dkim", target)
                )
            )
    return Found(tuple(found))


def observed_dkim(domain: str, found: Iterable[Observed[SelectorKey]], answers: Answers) -> Observed[DkimFacts]:
    """The four answers: found, there but under an unknown selector (no keys), none (Absent), cannot tell (Unknown)."""
    found = tuple(found)
    keys = tuple(observed.value for observed in found if isinstance(observed, Found))
    silent = next((observed for observed in found if isinstance(observed, Unknown)), None)
    node, made_up, beside = (answer_to(q, answers) for q in node_questions(domain))
    if keys:
        return Found(DkimFacts(keys=keys))
    if isinstance(node, Unknown):
        return node
    if isinstance(node, Absent) and node.nxdomain:
        return Absent(node.source, nxdomain=True)
    if silent is not None:
        return silent
    if isinstance(made_up, Unknown):
        return made_up
    if isinstance(made_up, Absent) and made_up.nxdomain:
        return Found(DkimFacts(), node.source)
    if isinstance(made_up, Absent) and isinstance(beside, Found):
        return Absent(node.source)  # a wildcard reaches below _domainkey, so nothing of its own stands there
    return beside if isinstance(beside, Unknown) else _WILDCARD


def _texts(observed: Observed[Answer] | None) -> tuple[str, ...]:
    return tuple(t.decode("latin-1") for t in observed.value.texts()) if isinstance(observed, Found) else ()


def _provider(selector: str, target: str) -> str:
    """By the CNAME's target when there is one; a selector alone names a service only when nobody else uses it."""
    if target:
        return provider_name("dkim", target)
    users = [provider.name for provider in providers() if selector in provider.selectors]
    return users[0] if len(users) == 1 and selector not in generic_selectors() else ""
