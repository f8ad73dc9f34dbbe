"""The common options, merged with environment and configuration, as every command receives them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from reputation.plugin_range import PluginRange
from reputation.secret import Secret


class FormatRequest(NamedTuple):
    """`-f json` or `-f json=FILE`: a format, and the file it goes to (None: standard output or --output)."""

    name: str
    file: Path | None = None


class Options(NamedTuple):
    """What the user asked for. `timeout` is in seconds for the whole run; `resolvers` are "host" or "host:port"."""

    formats: tuple[FormatRequest, ...] = (FormatRequest("table"),)
    output: Path | None = None
    language: str = "en"
    resolvers: tuple[str, ...] = ()
    blocklists: Path | None = None
    lists: str = "default"  # default, all, or zones separated by commas
    fail_on: str = "fail"  # warn, fail or never
    strict: bool = False
    timeout: float = 25.0
    offline: bool = False
    record: Path | None = None
    replay: Path | None = None
    color: str = "auto"
    save: Path | None = None
    quiet: bool = False
    verbose: int = 0
    keys: Mapping[str, Secret] = {}
    policy: Mapping[str, Mapping[str, Any]] = {}
    watch: Mapping[str, Any] = {}
    lint: Mapping[str, Any] = {}
    warning: PluginRange | None = None
    critical: PluginRange | None = None
    origins: Mapping[str, str] = {}

    def wants(self, format_name: str) -> bool:
        """True when that format was asked for."""
        return any(request.name == format_name for request in self.formats)
