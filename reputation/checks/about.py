"""What is known of a check apart from any draft or domain: its page, how bad it can get, how good its evidence is."""

from __future__ import annotations

import importlib
from functools import lru_cache
from types import ModuleType
from typing import NamedTuple

from reputation.checks import AnyCheck
from reputation.checks.page import Page, parse_page
from reputation.checks.runner import module_names_cached
from reputation.model import Severity


class About(NamedTuple):
    """`severities` that its findings have, the worst first; `evidence` labels, none where a standard is the source."""

    page: Page
    severities: tuple[Severity, ...]
    evidence: tuple[str, ...]
    default: bool


@lru_cache(maxsize=512)
def about(check_id: str) -> About | None:
    """What there is to say of a check; None for an id that no file belongs to."""
    name = module_names_cached().get(check_id)
    return about_module(importlib.import_module(name)) if name else None


def about_module(module: ModuleType) -> About:
    """The same from the module of the check."""
    from reputation.checks.content._finding import Finder

    check: AnyCheck = module.CHECK
    finders = [one for one in vars(module).values() if isinstance(one, Finder)]
    found = {finder.severity for finder in finders} or {check.severity}
    return About(
        page=parse_page(module.__doc__ or ""), severities=tuple(one for one in Severity if one in found),
        evidence=tuple(dict.fromkeys(finder.evidence.value for finder in finders)), default=check.default,
    )  # fmt: skip
