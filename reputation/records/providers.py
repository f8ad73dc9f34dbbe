"""Who runs mail for others: the data file beside this module, and the questions asked of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from reputation.model import Confidence
from reputation.records.dns_name import is_below

_FILE: Final = Path(__file__).parent / "providers.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One service and its traces in DNS; the fields are those of the data file."""

    name: str
    kind: str
    spf: tuple[str, ...] = ()
    mx: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    dkim: tuple[str, ...] = ()
    ptr: tuple[str, ...] = ()
    confidence: Confidence = Confidence.LOW


@lru_cache(maxsize=1)
def providers() -> tuple[Provider, ...]:
    """All services of the data file, in its order."""
    return tuple(_provider(entry) for entry in _data()["provider"])


@lru_cache(maxsize=1)
def generic_selectors() -> tuple[str, ...]:
    """Selectors that many sites use and that name nobody."""
    return tuple(_data()["generic_selectors"])


def providers_by(field: str, name: str) -> tuple[Provider, ...]:
    """The services one of whose endings in `field` (spf, mx, dkim, ptr) fits `name`, the longest ending first."""
    fitting = [
        (max(map(len, endings)), provider) for provider in providers() if (endings := _fitting(provider, field, name))
    ]
    longest = max((length for length, _ in fitting), default=0)
    return tuple(provider for length, provider in fitting if length == longest)


def provider_name(field: str, name: str) -> str:
    """The name of the service that `name` belongs to, or "" when nobody knows."""
    found = providers_by(field, name)
    return found[0].name if found else ""


def _fitting(provider: Provider, field: str, name: str) -> list[str]:
    return [ending for ending in getattr(provider, field) if is_below(name, ending)]


def _provider(entry: dict[str, Any]) -> Provider:
    lists = {key: tuple(entry.get(key, ())) for key in ("spf", "mx", "selectors", "dkim", "ptr")}
    return Provider(name=entry["name"], kind=entry["kind"], confidence=Confidence(entry["confidence"]), **lists)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
