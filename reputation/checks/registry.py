"""Finds the checks by folder, sorted by name: there is no list to keep."""

from __future__ import annotations

import importlib
import os
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from reputation.checks import AnyCheck

TOPICS = ("authentication", "listing", "content")


@lru_cache(maxsize=8)
def checks_of(topic: str) -> tuple[AnyCheck, ...]:
    """The checks of one folder, sorted by id."""
    return tuple(module.CHECK for module in modules_of(topic))


@lru_cache(maxsize=8)
def modules_of(topic: str) -> tuple[ModuleType, ...]:
    """The check modules of one folder, sorted by name. Modules whose name begins with "_" are helpers."""
    package = importlib.import_module(f"reputation.checks.{topic}")
    modules = (importlib.import_module(f"{package.__name__}.{name}") for name in _names(topic))
    return tuple(module for module in modules if hasattr(module, "CHECK"))


def module_names() -> dict[str, str]:
    """Check id -> dotted module name, without importing a check or its folder."""
    return {name.replace("_", "-"): f"reputation.checks.{topic}.{name}" for topic in TOPICS for name in _names(topic)}


@lru_cache(maxsize=8)
def _names(topic: str) -> tuple[str, ...]:
    """The names of the check modules of one folder, sorted, without importing them."""
    with os.scandir(Path(__file__).parent / topic) as entries:
        files = [entry.name for entry in entries]
    return tuple(sorted(name[:-3] for name in files if name.endswith(".py") and not name.startswith("_")))
