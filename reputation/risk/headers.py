"""Signals of subject, From and Reply-To. A signal that can not be told is left out."""

from __future__ import annotations

from reputation.checks.content import fake_reply
from reputation.checks.content._needs import FREE_MAIL, value
from reputation.facts.draft import DraftFacts, Sender
from reputation.model import Found
from reputation.records.later import holds, later
from reputation.records.link import organizational
from reputation.records.mixed_script import mixed_words
from reputation.risk.host_names import is_cheap, names_brand, sounds_alarming, squeezed
from reputation.risk.letters import EMOJI, ENCLOSED, MONEY, looks_random, randomness
from reputation.risk.wording import is_latin

_WORD = later(r"[^\W\d_]{2,}")
_NAME_WORD = later(r"[a-z0-9]{2,}")
_DOMAIN_IN_NAME = later(r"[a-z0-9-]{1,60}\.(?:com|net|org|co|io)(?![a-z0-9])", when=holds("."))


def header_signals(facts: DraftFacts) -> dict[str, float]:
    """Signals of the headers that there are."""
    signals: dict[str, float] = {}
    line, sender = value(facts.subject), value(facts.sender)
    if line is not None:
        signals["subject_fake_reply"] = bool(fake_reply.judge(Found(facts)))
        signals |= _subject(line.text, facts.from_domain) if is_latin(line.text) else {}
    if sender is not None:
        signals |= _sender(sender, value(facts.reply_to))
    return signals


def _subject(text: str, domain: str) -> dict[str, float]:
    words = _WORD.findall(text)
    return {
        "subject_brand": names_brand(text) and not names_brand(domain),
        "subject_emoji": min(3, len(EMOJI.findall(text))),
        "subject_exclamations": min(3, text.count("!")),
        "subject_money": bool(MONEY.search(text.lower())),
        "subject_title_case": sum(w[0].isupper() for w in words) / max(1, len(words)),
    }


def _sender(sender: Sender, back: Sender | None) -> dict[str, float]:
    box = sender.mailbox
    own = organizational(box.domain) if box.domain else ""
    core, digits = own.split(".")[0], sum(c.isdigit() for c in box.local_part)
    signals = {
        "from_alarm": bool(own) and sounds_alarming(own),
        "from_digits": min(4, digits),
        "from_domain_random": randomness(core),
        "from_free_mail": own in FREE_MAIL,
        "from_local_random": randomness(box.local_part.lower()),
        "from_oddities": _oddities(sender, back, own, digits),
        "reply_to_free_mail": _answers_to_free_mail(sender, back),
        "reply_to_other": back is not None and organizational(back.mailbox.domain) != own,
    }
    words = _NAME_WORD.findall(box.name.lower())
    if words and own and own not in FREE_MAIL:  # a name in other letters than the domain's can not be compared
        signals["from_name_fits"] = _fits(words, core, squeezed(box.domain.rpartition(".")[0]))
    return signals


def _oddities(sender: Sender, back: Sender | None, own: str, digits: int) -> int:
    """How many odd traits the sender has."""
    name, core = sender.mailbox.name.lower(), own.split(".", maxsplit=1)[0]
    shown = _DOMAIN_IN_NAME.search(name)
    return sum(
        (
            names_brand(name) and not names_brand(sender.mailbox.domain),
            "@" in name or (shown is not None and organizational(shown[0]) != own),
            is_cheap(own), sum(c.isdigit() for c in core) > 1, core.count("-") > 1, looks_random(core, 0.35),
            digits > 2, looks_random(sender.mailbox.local_part.lower(), 0.45),
            _answers_to_free_mail(sender, back), own in FREE_MAIL,
        )
    )  # fmt: skip


def _fits(words: list[str], core: str, domain: str) -> bool:
    """Whether the words of a display name and the domain speak of the same: a word in common, or initials."""
    initials = "".join(word[0] for word in words)
    shares = any(len(word) > 3 and word in domain for word in words) or (len(core) > 3 and core in "".join(words))
    return shares or core in words or (len(words) > 1 and initials in core)


def _answers_to_free_mail(sender: Sender, back: Sender | None) -> bool:
    if back is None or organizational(back.mailbox.domain) not in FREE_MAIL:
        return False
    return back.mailbox.address.lower() != sender.mailbox.address.lower()


def disguised_header_words(facts: DraftFacts) -> int:
    """Words of subject and display name in letters of another alphabet, or in drawn letters."""
    line, sender = value(facts.subject), value(facts.sender)
    texts = (line.text if line else "", sender.mailbox.name if sender else "")
    return sum(bool(next(mixed_words(text), None)) or bool(ENCLOSED.search(text)) for text in texts)
