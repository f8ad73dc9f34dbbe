"""Reads the policy, policy.toml as `make docs` compiles it, and a user's changes to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from reputation.checks.registry import module_names
from reputation.model import Area, BadInput, Severity
from reputation.text import Text, say

E = TypeVar("E", Area, Severity)
_BY_CHECK = ("severities", "points_by_check")
_FEW = 10
_BUILT_IN = Path(__file__).parent / "policy.json"


class PolicyError(BadInput):
    """The policy has a line that means nothing; the sentence names it and what is expected."""


class Policy(NamedTuple):
    """Points by severity and by check, weight of each area, caps of the whole, caps of groups of checks."""

    points: Mapping[Severity, int]
    areas: Mapping[Area, int]
    caps: Mapping[str, int]
    groups: Mapping[str, int]
    points_by_check: Mapping[str, int]
    severities: Mapping[str, Severity]

    def points_of(self, check: str, severity: Severity) -> int:
        """What a finding costs its area."""
        return self.points_by_check.get(check, self.points[severity])


@lru_cache(maxsize=1)
def built_in() -> Policy:
    """The policy as shipped."""
    return parse(_shipped())


def _shipped() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(_BUILT_IN.read_text("utf-8"))
    return tables


def with_changes(changes: Mapping[str, Any]) -> Policy:
    """The shipped policy with a user's tables laid over it. Raises PolicyError."""
    merged = _shipped()
    for section, table in changes.items():
        if section not in merged or not isinstance(table, Mapping):
            raise _unknown(section, merged)
        _refuse_strangers(section, table, merged[section])
        merged[section] = {**merged[section], **table}
    return parse(merged)


def _refuse_strangers(section: str, table: Mapping[str, Any], shipped: Mapping[str, Any]) -> None:
    """Names that no check, list, cap or group has; what is only misspelt would otherwise change nothing in silence."""
    known = module_names() if section in _BY_CHECK else shipped
    for name in table:
        if name not in known and not (section == "severities" and "." in name):  # a zone
            raise _unknown(f"{section}.{name}", known, name)


def _unknown(key: str, known: Iterable[str], name: str = "") -> PolicyError:
    names = sorted(known)
    near = tuple(get_close_matches(name or key, names, 1, 0.5)) or (tuple(names) if len(names) < _FEW else ())
    if not near:
        return PolicyError(say("policy.{key}: there is nothing of this name", key=key))
    return PolicyError(say("policy.{key}: there is nothing of this name; possible is {known}", key=key, known=near))


def parse(raw: Mapping[str, Any]) -> Policy:
    """Typed policy from its tables. Raises PolicyError with the key and what is expected."""
    return Policy(
        points={_member(Severity, k, "points"): _number(v, f"points.{k}") for k, v in raw["points"].items()},
        areas={_member(Area, k, "areas"): _number(v, f"areas.{k}") for k, v in raw["areas"].items()},
        caps={k: _number(v, f"caps.{k}") for k, v in raw["caps"].items()},
        groups={k: _number(v.get("points"), f"groups.{k}.points") for k, v in raw["groups"].items()},
        points_by_check={k: _number(v, f"points_by_check.{k}") for k, v in raw["points_by_check"].items()},
        severities={k: _member(Severity, v, f"severities.{k}") for k, v in raw["severities"].items()},
    )


def _number(value: object, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100:
        raise _wrong(key, say("a whole number from 0 to 100"), value)
    return value


def _member(kind: type[E], value: object, key: str) -> E:
    try:
        return kind(str(value))
    except ValueError:
        raise _wrong(key, say("one of {words}", words=tuple(kind)), value) from None


def _wrong(key: str, expected: Text, value: object) -> PolicyError:
    return PolicyError(
        say("policy.{key}: expected {expected}, got {value}", key=key, expected=expected, value=repr(value))
    )
