"""What the names of hosts and senders give away: borrowed space, words of alarm, brands of others, chance."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from reputation.records.later import has_digit, later
from reputation.records.link import Target, organizational
from reputation.risk.letters import CHEAP_ENDINGS, looks_random

_FOLDER = Path(__file__).parent
_SHORTENERS = _FOLDER.parent / "checks" / "content" / "data" / "shorteners.txt"
_OPEN_HOSTING = _FOLDER / "open_hosting.txt"
_BRANDS = _FOLDER / "imitated_brands.txt"
_ALARM = later(
    r"secur|verif|alert|log-?in|sign-?in|logon|billing|refund|claim|suspen|unlock|wallet|customs|aduana|zoll|douane"
    r"|kundens|sicherheit|servicio|support|helpdesk|account|update|confirm|notic|notif|reward|prize|winner|giveaway"
    r"|airdrop|payment|payroll|tracking|delivery|parcel|badge|validat|recover|authent|webmail|mailbox|quota|storage"
    r"|cloud-|-cloud|membership|renew|benefit|offers?$|deals|promo|savings|discount|health|remed|cure"
)
_NOT_WORD = later(r"[^a-z0-9]")
_CHANGES = later(r"[0-9][a-z]|[a-z][0-9]", when=has_digit)


@lru_cache(maxsize=4)
def _listed(path: Path) -> frozenset[str]:
    return frozenset(path.read_text("ascii").split())


def squeezed(name: str) -> str:
    """Letters and digits alone: "Bank of X" -> "bankofx"."""
    return _NOT_WORD.sub("", name.lower())


def names_brand(name: str) -> bool:
    """Whether a brand that is often imitated stands in it, however it is spaced."""
    return any(map(squeezed(name).__contains__, _listed(_BRANDS)))


def sounds_alarming(domain: str) -> bool:
    """Whether the name of a domain speaks of security, accounts, parcels or prizes."""
    return bool(_ALARM.search(domain.rpartition(".")[0]))


def is_cheap(domain: str) -> bool:
    """Whether it lies below an ending that spam likes."""
    return domain.rpartition(".")[2] in CHEAP_ENDINGS


def is_open_hosting(host: str) -> bool:
    """Whether anybody can get a page there within minutes."""
    labels, known = host.split("."), _listed(_OPEN_HOSTING)
    return any(".".join(labels[-n:]) in known for n in range(2, min(5, len(labels) + 1)))


def link_oddities(target: Target) -> int:
    """The odd traits of one link's host, one bit each."""
    host, domain = target.host, target.domain
    traits = (
        is_cheap(domain), is_open_hosting(host), domain in _listed(_SHORTENERS), target.is_address,
        target.port not in (None, 80, 443), bool(target.user),
        "@" in target.path or "%40" in target.path, len(_CHANGES.findall(host)) >= 3,
        looks_random(organizational(host).split(".")[0], 0.4),
    )  # fmt: skip
    return sum(1 << at for at, trait in enumerate(traits) if trait)
