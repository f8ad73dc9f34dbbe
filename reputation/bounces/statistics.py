"""Counts over many diagnoses: by verdict, reason, provider and country, the hard rate, and what to do with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from reputation.bounces.diagnosis import Diagnosis, RecipientDiagnosis
from reputation.bounces.knowledge import provider_of
from reputation.records.address import domain_of
from reputation.text import Text, say

HARD_LINE: Final = 0.02  # where services begin to look closer
REVIEW_LINE: Final = 0.05  # Amazon SES reviews the account from here (developer guide, 2026-11)
STOP_LINE: Final = 0.10  # Amazon SES pauses sending from here
FEWEST_SENT: Final = 200  # below it a single bounce moves the rate by half a per cent or more
_VERIFY: Final = frozenset({"mailbox-disabled", "relay", "expired", "unknown"})
_COUNTED: Final = ("hard", "soft", "block", "complaint", "unknown")


@dataclass(frozen=True, slots=True)
class Seen:
    """One recipient over all messages: the gravest diagnosis, how often, and the days of the first and last one."""

    diagnosis: RecipientDiagnosis
    count: int
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The end of a report about many bounces. Addresses are counted once, however often they bounced."""

    messages: int
    verdicts: Mapping[str, int]
    reasons: Mapping[str, int]
    providers: Mapping[str, int]
    countries: Mapping[str, int]
    recipients: tuple[Seen, ...]
    sent: int | None = None

    @property
    def hard_rate(self) -> float | None:
        """Hard bounces over mails sent, when that number is known."""
        return self.verdicts.get("hard", 0) / self.sent if self.sent else None

    @property
    def remove(self) -> tuple[Seen, ...]:
        """Addresses to take off the list: they are dead, or they complained."""
        return tuple(s for s in self.recipients if s.diagnosis.permanent and s.diagnosis.detail not in _VERIFY)

    @property
    def verify(self) -> tuple[Seen, ...]:
        """Addresses to ask about by another channel before the next campaign."""
        return tuple(s for s in self.recipients if self._is_doubtful(s.diagnosis))

    @property
    def retry(self) -> tuple[Seen, ...]:
        """Addresses that are fine; the mail can be sent again later."""
        return tuple(
            s for s in self.recipients
            if s.diagnosis.verdict in ("soft", "block") and not self._is_doubtful(s.diagnosis)
        )  # fmt: skip

    @staticmethod
    def _is_doubtful(diagnosis: RecipientDiagnosis) -> bool:
        return diagnosis.verdict == "unknown" or (diagnosis.verdict in ("hard", "soft") and diagnosis.detail in _VERIFY)


def summarise(diagnoses: Iterable[Diagnosis], sent: int | None = None) -> Summary:
    """The summary of any number of messages."""
    best: dict[str, Seen] = {}
    messages = 0
    for diagnosis in diagnoses:
        messages += 1
        for recipient in diagnosis.recipients:
            if recipient.verdict in _COUNTED:
                _note(best, recipient, diagnosis.date)
    seen = tuple(best.values())
    return Summary(
        messages=messages, recipients=seen, sent=sent,
        verdicts=_counted(s.diagnosis.verdict for s in seen), reasons=_counted(s.diagnosis.reason for s in seen),
        providers=_counted(_provider(s.diagnosis) for s in seen),
        countries=_counted(country_of(s.diagnosis.recipient) for s in seen if s.diagnosis.recipient),
    )  # fmt: skip


def _note(best: dict[str, Seen], recipient: RecipientDiagnosis, day: str) -> None:
    key = recipient.recipient.lower() or f"?{len(best)}"
    known = best.get(key)
    if known is None:
        best[key] = Seen(recipient, 1, day, day)
        return
    graver = min(known.diagnosis, recipient, key=lambda r: _COUNTED.index(r.verdict))
    days = [one for one in (known.first, known.last, day) if one]
    best[key] = Seen(graver, known.count + 1, min(days, default=""), max(days, default=""))


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda entry: (-entry[1], entry[0])))


def _provider(diagnosis: RecipientDiagnosis) -> str:
    domain = domain_of(diagnosis.recipient)
    return diagnosis.provider or provider_of(domain) or domain or "?"


def country_of(address: str) -> str:
    """The country code at the end of the domain, or "-" for .com and the like."""
    ending = domain_of(address).rpartition(".")[2]
    return ending if len(ending) == 2 else "-"


def judgement(summary: Summary) -> Text | None:
    """What the hard rate means against the lines of the large services; None when the number sent is not known."""
    rate = summary.hard_rate
    if rate is None:
        return None
    shown = f"{100 * rate:.1f}"
    if summary.sent is not None and summary.sent < FEWEST_SENT:
        return say("Hard bounces: {rate} % of {sent} mails. Too few mails to judge by.", rate=shown, sent=summary.sent)
    if rate >= STOP_LINE:
        return say("Hard bounces: {rate} %. Stop sending: from 10 % on, services pause an account.", rate=shown)
    if rate >= REVIEW_LINE:
        return say(
            "Hard bounces: {rate} %. Clean the list before the next mail: above 5 %, services step in.", rate=shown
        )
    if rate >= HARD_LINE:
        return say("Hard bounces: {rate} %. Above the 2 % line: remove the dead addresses now.", rate=shown)
    return say("Hard bounces: {rate} %. Below the 2 % line.", rate=shown)
