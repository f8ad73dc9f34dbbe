"""Decides what one failure means. The only place in which hard, soft and block are told apart.

Order: the words of the provider that refused, then words anyone may use, then a status code that says something,
then vague words, then a status code of the catch-all kind and the reply code, at last its first digit. A reply code
alone is weak evidence: six of ten replies with 5xx are not about the address.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reputation.bounces.failure import Failure
from reputation.bounces.knowledge import Reason, Row, dialects_of, knowledge
from reputation.bounces.phrases import Phrase, matches, normalised, says_less
from reputation.model import Confidence
from reputation.records.address import domain_of
from reputation.records.status import class_of, find_status, is_generic

_DISTINCT: Final = frozenset("[]():=_#/&0123456789")
_PASSES: Final = ("address", "domain", "relay", "mailbox-disabled")
_DELAY: Final = ("delivered", "relayed", "expanded")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a failure means: the finer reason, the verdict of the contract, and the row of the table that said so."""

    reason: Reason
    verdict: str
    confidence: Confidence
    row: Row | None = None

    @property
    def permanent(self) -> bool:
        """Whether another try would fail as well."""
        return self.verdict in ("hard", "complaint")


def decide(failure: Failure) -> Decision:
    """The meaning of a failure. Never fails: what nobody can tell is "unknown"."""
    if failure.action in _DELAY:
        return Decision(_reason("delivered"), "none", Confidence.HIGH)
    speakers = _speakers(failure)
    decision = _by_words(failure, _general(failure), speakers)
    if decision is None or decision.confidence is Confidence.LOW:
        hinted = _by_words(failure, normalised(failure.hint), speakers) if failure.hint else None
        decision = _surer(decision, hinted)
    if failure.service_reason and (decision is None or decision.confidence is not Confidence.HIGH):
        reason = _reason(failure.service_reason)
        return Decision(reason, failure.service_verdict or reason.verdict, Confidence.MEDIUM)
    return _tempered(decision or _by_code(failure), failure)


def _general(failure: Failure) -> str:
    """The words of the reply without its recipient: so that the same reply to thousands is read once."""
    return _normalised(failure.text.replace(failure.recipient, "@") if failure.recipient else failure.text)


@lru_cache(maxsize=4096)
def _normalised(text: str) -> str:
    return normalised(text)


def _surer(first: Decision | None, second: Decision | None) -> Decision | None:
    if first is None or (second is not None and second.confidence is not Confidence.LOW):
        return second or first
    return first


def _speakers(failure: Failure) -> frozenset[str] | None:
    """The dialects of whoever refused; None when nobody is known."""
    named = dialects_of(failure.host) if failure.host else frozenset()
    if named:
        return named
    own = dialects_of(domain_of(failure.recipient)) if failure.recipient else frozenset()
    return own or (frozenset() if failure.host else None)


def _by_words(failure: Failure, text: str, speakers: frozenset[str] | None) -> Decision | None:
    """By the words, and by a status that says something; None when only a catch-all code is left."""
    found = _matches(text)
    strong = _best(found, speakers, text, strong=True)
    if strong is not None:
        return _decided(strong, Confidence.HIGH)
    status = _telling_status(failure)
    row = _row_of_status(status, speakers) if status else None
    if row is not None:
        return _decided(row, Confidence.HIGH if row.dialect != "standard" else Confidence.MEDIUM)
    weak = _best(found, speakers, text, strong=False)
    if weak is None or (weak.verdict == "hard" and _speaks_of_policy(failure)):
        return None
    return _decided(weak, Confidence.LOW)


def _speaks_of_policy(failure: Failure) -> bool:
    """Whether the code is one of security or policy (x.7.x): then vague words condemn nobody."""
    return ".7." in (find_status(failure.text) or failure.status)[1:4]


@lru_cache(maxsize=4096)
def _matches(text: str) -> tuple[Phrase, ...]:
    return tuple(matches(text)) if text else ()


def _best(found: Iterable[Phrase], speakers: frozenset[str] | None, text: str, *, strong: bool) -> Row | None:
    """The row of the best phrase: of who speaks, then the longest; a part of a longer one does not count."""
    spoken = [(rank, phrase) for phrase in found if (rank := _rank(phrase.row, speakers, text)) >= 0]
    ranked = [
        (rank, phrase.length + _reason(phrase.row.detail).precedence, phrase.row)
        for rank, phrase in spoken
        if phrase.row.strong is strong and not any(says_less(phrase, other) for _, other in spoken)
    ]
    return max(ranked, key=lambda entry: entry[:2])[2] if ranked else None


def _rank(row: Row, speakers: frozenset[str] | None, text: str) -> int:
    """1 for the words of the provider that speaks, 0 for words anyone may use, -1 for those of somebody else."""
    hosts = knowledge().dialects[row.dialect].hosts if row.dialect else ()
    if not hosts:
        return 0
    spoken = (speakers and row.dialect in speakers) or any(host in text for host in hosts)
    if spoken or _DISTINCT & set(row.match):
        return 1
    return 0 if speakers is None and not row.bound else -1


def _telling_status(failure: Failure) -> str:
    """The status code that says most: one inside the reply corrects a generic Status field, and the reverse."""
    inside = find_status(failure.text)
    for status in (inside, failure.status):
        if status and not is_generic(status):
            return status
    return ""


def _row_of_status(status: str, speakers: frozenset[str] | None) -> Row | None:
    rows = _codes().get(("status", status), ())
    own = [row for row in rows if speakers and row.dialect in speakers]
    return next(iter(own or [row for row in rows if row.dialect == "standard"] or rows), None)


def _by_code(failure: Failure) -> Decision:
    """By the catch-all status, the reply code, or its first digit."""
    reply = failure.reply
    if reply == "550":
        name, verdict = ("address", "hard") if failure.command == "RCPT" else ("unknown", "unknown")
        return Decision(_reason(name), verdict, Confidence.LOW)
    status = find_status(failure.text) or failure.status
    for kind, code in (("status", status), ("reply", reply)):
        row = next((r for r in _codes().get((kind, code), ()) if r.dialect == "standard"), None)
        if row is not None and row.detail != "unknown":
            return _decided(row, Confidence.LOW)
    soft = class_of(status) == 4 or reply.startswith("4")
    return Decision(_reason("unknown"), "soft" if soft else "unknown", Confidence.LOW)


def _decided(row: Row, confidence: Confidence) -> Decision:
    return Decision(_reason(row.detail), row.verdict, confidence, row)


def _tempered(decision: Decision, failure: Failure) -> Decision:
    """A refusal that says "later" of itself is soft, unless the sending server has given the message up."""
    later = failure.reply.startswith("4") if failure.reply else class_of(failure.status) == 4
    if failure.action == "delayed":
        name = "expired" if decision.reason.name == "unknown" else decision.reason.name
        return Decision(_reason(name), "soft", decision.confidence, decision.row)
    common = decision.row is not None and not decision.row.dialect
    if (
        later
        and failure.action != "failed"
        and (decision.verdict == "hard" or (decision.verdict == "block" and common))
    ):
        return Decision(decision.reason, "soft", decision.confidence, decision.row)
    if decision.verdict == "soft" and not later and decision.reason.name in _PASSES and failure.action == "failed":
        return Decision(decision.reason, decision.reason.verdict, decision.confidence, decision.row)
    return decision


def _reason(name: str) -> Reason:
    return knowledge().reasons[name]


@lru_cache(maxsize=1)
def _codes() -> dict[tuple[str, str], list[Row]]:
    codes: dict[tuple[str, str], list[Row]] = {}
    for row in knowledge().table:
        if row.kind != "text":
            for code in codes_of(row):
                codes.setdefault((row.kind, code), []).append(row)
    return codes


def codes_of(row: Row) -> list[str]:
    """Each code that a row stands for, those of "5.7.606-5.7.649" one by one."""
    first, _, last = row.match.partition("-")
    if not last:
        return [first]
    prefix, _, low = first.rpartition(".")
    return [f"{prefix}.{number}" for number in range(int(low), int(last.rpartition(".")[2]) + 1)]
