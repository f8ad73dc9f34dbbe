"""What a list's answer means to the sender, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from reputation.checks.listing._severity import is_undocumented
from reputation.facts.listing import ListAnswer, ListedFact, Role
from reputation.model import Remedy
from reputation.records.dnsxl import Kind, State
from reputation.records.dnsxl_codes import catalogue_text
from reputation.text import Text, Value, say


def message_of(fact: ListedFact) -> Text:
    """What was seen and what it means, for one answer that is known."""
    message = _MESSAGES[fact.answer.state](fact)
    if fact.answer.state is State.LISTED and fact.answer.kind is Kind.IP6:
        return say("{message} IPv6 lists work per /64, so the whole network shares this.", message=message)
    return message


def unknown_message(answer: ListAnswer, cause: Text) -> Text:
    """Why this list could not be asked."""
    return say("{list}: not checked, {cause}", list=answer.blocklist.name, cause=cause)


def remedy_of(fact: ListedFact) -> Remedy | None:
    """What to do: the operator's own procedure and page, or what helps with any list."""
    delist = fact.answer.blocklist.delist
    if fact.answer.state is State.LISTED:
        return Remedy(_what_to_do(fact), url="" if fact.role is Role.POOL_IP else delist)
    if fact.answer.state is State.LISTED_POLICY:
        return Remedy(
            say("Nothing to do if you send through a provider. If your own mail server sends directly from this "
                "address, ask for the removal of this one address on the page."),
            url=delist,
        )  # fmt: skip
    return None


def _what_to_do(fact: ListedFact) -> Text:
    how = catalogue_text(fact.answer.blocklist.delist_how)
    if fact.role is Role.POOL_IP:
        return say("Tell your e-mail service the address and the list; do not ask the list for removal yourself.")
    if fact.role is Role.LINK_HOST:
        return say("Take this link out of the mail or replace it. If the domain is yours: {how}", how=_or_page(how))
    if how.template:
        return how
    if fact.answer.blocklist.collective:
        return say("Ask your hosting company, or send through another network.")
    if fact.answer.kind is Kind.DOMAIN:
        return say("Stop what caused it first (spam sent with your name, a hacked site, bought lists), then ask for "
                   "removal on the list's page.")  # fmt: skip
    return say("Find and stop the cause first (infected PC, stolen password, bought address list), then ask for "
               "removal on the list's page.")  # fmt: skip


def _or_page(how: Text) -> Text:
    return how if how.template else say("ask for removal on the list's page")


def _meaning(answer: ListAnswer) -> tuple[Text | str, ...]:
    """The meanings of all codes, each once; an address without one speaks for itself."""
    return tuple(dict.fromkeys(catalogue_text(hit.meaning) if hit.meaning else hit.address for hit in answer.codes))


def _values(fact: ListedFact) -> dict[str, Value]:
    return {"list": fact.answer.blocklist.name, "meaning": _meaning(fact.answer)}


def _listed(fact: ListedFact) -> Text:
    answer, values = fact.answer, _values(fact)
    if fact.role is Role.POOL_IP:
        return say("{list} lists this address ({meaning}). It belongs to the pool of your e-mail service and is shared "
                   "by many senders: it says nothing about you.", **values)  # fmt: skip
    if is_undocumented(answer):
        return say("{list} lists it (answer: {meaning}), but what this means is not documented; it counts little.",
                   **values)  # fmt: skip
    if answer.blocklist.collective:
        return say("{list} lists the network around it, not you: {meaning}. Few receivers refuse mail for this alone.",
                   **values)  # fmt: skip
    if not answer.blocklist.confirmed:
        return say("{list} lists it: {meaning}. Little is known for sure about this list, so it counts little.",
                   **values)  # fmt: skip
    if answer.blocklist.why:
        return say("{list} lists it: {meaning}. {why}", why=catalogue_text(answer.blocklist.why), **values)
    return say("{list} lists it: {meaning}. Receivers who use this list may refuse your mail.", **values)


def _policy(fact: ListedFact) -> Text:
    return say("{list} says what kind of address this is, not that it did anything wrong: {meaning}. This is normal "
               "for an office or home line.", **_values(fact))  # fmt: skip


def _info(fact: ListedFact) -> Text:
    return say("{list} notes: {meaning}. This is information, not blame.", **_values(fact))


def _good(fact: ListedFact) -> Text:
    return say("{list} knows it as a good sender: {meaning}", **_values(fact))


def _clean(fact: ListedFact) -> Text:
    return say("not on {list}", list=fact.answer.blocklist.name)


def _not_applicable(fact: ListedFact) -> Text:
    return say("{list} holds nothing of this kind, so it is not asked", list=fact.answer.blocklist.name)


_MESSAGES: Final[Mapping[State, Callable[[ListedFact], Text]]] = {
    State.LISTED: _listed,
    State.LISTED_POLICY: _policy,
    State.INFO: _info,
    State.GOOD: _good,
    State.CLEAN: _clean,
    State.NOT_APPLICABLE: _not_applicable,
}
