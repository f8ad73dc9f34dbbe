"""The [watch] table of the configuration, typed: what is watched, what counts as news, and who is told. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reputation.bad_input import BadInput
from reputation.records.selector import parse_selector
from reputation.records.target import BadTarget, Target, parse_ip, parse_target
from reputation.text import Text, say

ROBOTS: Final = ("webhook", "dingtalk", "wecom", "feishu", "slack")
KINDS: Final = (*ROBOTS, "mail", "apprise")
SECURITY: Final[Mapping[str, int]] = {"starttls": 587, "tls": 465, "none": 25}
_WAYS: Final = ("", "_file", "_env", "_credential")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a secret comes from: `way` is "" (written in the configuration), "_file", "_env" or "_credential"."""

    way: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchTarget:
    """One target and what goes with it. `drafts` is a file or folder, "" for none."""

    target: Target
    ips: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    drafts: str = ""

    @property
    def name(self) -> str:
        """Its canonical name, the same from run to run."""
        return self.target.domain or self.target.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One receiver of digests. `kind` "" means: by the address. `keyword` is put into every message."""

    name: str
    kind: str
    url: Source | None = None
    secret: Source | None = None
    keyword: str = ""
    host: str = ""
    port: int = 0
    security: str = "starttls"
    sender: str = ""
    recipients: tuple[str, ...] = ()
    user: str = ""
    ca_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSettings:
    """All of it. Days, minutes and seconds as named; 0 reminder days means never, 0 days to keep or until something
    leaves mean for ever."""

    targets: tuple[WatchTarget, ...] = ()
    channels: tuple[Channel, ...] = ()
    confirmations: int = 2
    confirm_minutes: float = 2.0
    blind_after: int = 3
    remind_days: float = 7.0
    keep_days: float = 730.0
    leave_days: int = 14
    interval: float = 3600.0
    jitter: float = 0.0
    second_resolver: str = ""
    state: str = ""
    metrics: str = ""
    luzilla: bool = False


class BadWatch(BadInput):
    """A mistake: `table` is "watch", "target" or "channel", `index` its number from 0, `key` the setting."""

    def __init__(self, table: str, index: int, key: str, problem: Text) -> None:
        super().__init__(problem)
        self.table, self.index, self.key = table, index, key


class _Table:
    """One table of raw values, with the place of each mistake."""

    def __init__(self, raw: object, table: str, index: int, known: Sequence[str]) -> None:
        self._table, self._index = table, index
        if not isinstance(raw, Mapping):
            raise self.wrong("", say("a table of its own"))
        self.raw: Mapping[str, Any] = raw
        for key in raw:
            if key not in known:
                raise self.bad(str(key), _unknown(str(key), known))

    def wrong(self, key: str, expected: Text) -> BadWatch:
        """The error for this key: what was expected."""
        return self.bad(key, say("expected {what}", what=expected))

    def bad(self, key: str, problem: Text) -> BadWatch:
        """The error for this key, in a sentence of its own."""
        return BadWatch(self._table, self._index, key, problem)

    def text(self, key: str, default: str = "") -> str:
        """A text without control characters."""
        value = self.raw.get(key, default)
        if not isinstance(value, str) or not all(character.isprintable() for character in value):
            raise self.wrong(key, say("a text in quotes, on one line"))
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one, and commas part it."""
        value = self.raw.get(key, [])
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, Sequence) or not all(isinstance(part, str) for part in parts):
            raise self.wrong(key, say("a list of texts, such as {example}", example='["a", "b"]'))
        return tuple(part.strip() for part in parts if part.strip())

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """A number in a range; digits in quotes count, because the environment knows nothing else."""
        value = self.raw.get(key, default)
        try:
            number = low - 1 if isinstance(value, bool) else float(value)
        except (TypeError, ValueError):
            number = low - 1
        if not low <= number <= high:
            raise self.wrong(key, say("a number from {low} to {high}", low=f"{low:g}", high=f"{high:g}"))
        return number

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self.raw.get(key, False)
        if str(value).lower() not in ("true", "false"):
            raise self.wrong(key, say("true or false"))
        return str(value).lower() == "true"

    def source(self, key: str) -> Source | None:
        """The one way in which this secret is given; None for none."""
        given = [way for way in _WAYS if f"{key}{way}" in self.raw]
        if len(given) > 1:
            raise self.bad(f"{key}{given[1]}", say("only one of them: {key} is given already", key=f"{key}{given[0]}"))
        return Source(given[0], self.text(f"{key}{given[0]}")) if given else None


_WATCH: Final = (
    "targets", "target", "channel", "confirmations", "confirm_minutes", "blind_after", "remind_days", "keep_days",
    "leave_days", "interval", "jitter", "second_resolver", "state", "metrics", "luzilla",
)  # fmt: skip
_TARGET: Final = ("name", "ip", "selector", "drafts")
_CHANNEL: Final = (
    "name", "kind", "keyword", "host", "port", "security", "from", "to", "user", "ca_file",
    *(f"{key}{way}" for key in ("url", "secret", "password") for way in _WAYS),
)  # fmt: skip


def watch_settings(raw: Mapping[str, Any]) -> WatchSettings:
    """The table as settings. Raises BadWatch for the first mistake."""
    table = _Table(raw, "watch", 0, _WATCH)
    return WatchSettings(
        targets=_targets(table), channels=_channels(table),
        confirmations=int(table.number("confirmations", 2, 1, 10)),
        confirm_minutes=table.number("confirm_minutes", 2, 0, 1440),
        blind_after=int(table.number("blind_after", 3, 1, 1000)),
        remind_days=table.number("remind_days", 7, 0, 365), keep_days=table.number("keep_days", 730, 0, 36500),
        leave_days=int(table.number("leave_days", 14, 0, 3650)),
        interval=table.number("interval", 3600, 1, 604800), jitter=table.number("jitter", 0, 0, 86400),
        second_resolver=table.text("second_resolver"), state=table.text("state"), metrics=table.text("metrics"),
        luzilla=table.flag("luzilla"),
    )  # fmt: skip


def _targets(table: _Table) -> tuple[WatchTarget, ...]:
    short = [WatchTarget(target=_parsed(table, "targets", text, parse_target)) for text in table.texts("targets")]
    long = [_target(raw, index) for index, raw in enumerate(_rows(table, "target"))]
    return tuple({one.name: one for one in (*short, *long)}.values())


def _rows(table: _Table, key: str) -> Sequence[object]:
    rows = table.raw.get(key, [])
    if not isinstance(rows, list):
        raise table.wrong(key, say("tables under the heading {heading}", heading=f"[[watch.{key}]]"))
    return rows


def _parsed(table: _Table, key: str, text: str, parse: Callable[[str], Any]) -> Any:
    try:
        return parse(text)
    except BadInput as error:
        raise table.bad(key, error.sentence) from None


def _target(raw: object, index: int) -> WatchTarget:
    table = _Table(raw, "target", index, _TARGET)
    ips = tuple(_parsed(table, "ip", text, _addresses) for text in table.texts("ip"))
    return WatchTarget(
        target=_parsed(table, "name", table.text("name"), parse_target),
        ips=tuple(dict.fromkeys(ip for found in ips for ip in found)),
        selectors=tuple(_parsed(table, "selector", text, parse_selector) for text in table.texts("selector")),
        drafts=table.text("drafts"),
    )  # fmt: skip


def _addresses(text: str) -> tuple[str, ...]:
    """One address, or those of a block."""
    if "/" not in text:
        return (parse_ip(text),)
    found = parse_target(text)
    if not found.ips:
        raise BadTarget(say("expected an IP address or a block of them"))
    return found.ips


def _channels(table: _Table) -> tuple[Channel, ...]:
    found = tuple(_channel(raw, index) for index, raw in enumerate(_rows(table, "channel")))
    names = [channel.name for channel in found]
    for index, name in enumerate(names):
        if name in names[:index] or name == "stdout":
            raise BadWatch("channel", index, "name", say("expected a name that no other channel has"))
    return found


def _channel(raw: object, index: int) -> Channel:
    table = _Table(raw, "channel", index, _CHANNEL)
    kind, url = table.text("kind"), table.source("url")
    if kind and kind not in KINDS:
        raise table.wrong("kind", say("one of {words}", words=KINDS))
    name = table.text("name") or (kind or "channel") + f"-{index + 1}"
    if kind == "mail":
        return _mail(table, name)
    if url is None:
        raise table.wrong("url", say("url, url_file, url_env or url_credential"))
    if url.way == "" and kind != "apprise" and not url.name.lower().startswith(("https://", "http://")):
        raise table.wrong("url", say("an address that begins with https://"))
    return Channel(name=name, kind=kind, url=url, secret=table.source("secret"), keyword=table.text("keyword"))


def _mail(table: _Table, name: str) -> Channel:
    security = table.text("security", "starttls")
    if security not in SECURITY:
        raise table.wrong("security", say("one of {words}", words=tuple(SECURITY)))
    for key in ("host", "from", "to"):
        if not table.texts(key):
            raise table.wrong(key, say("a value, because the channel is of the kind mail"))
    recipients = table.texts("to")
    for address in (table.text("from"), *recipients):
        _parsed(table, "from" if address == table.text("from") else "to", address, _mail_address)
    return Channel(
        name=name, kind="mail", host=table.text("host"), security=security, sender=table.text("from"),
        port=int(table.number("port", SECURITY[security], 1, 65535)), recipients=recipients, user=table.text("user"),
        secret=table.source("password"), ca_file=table.text("ca_file"),
    )  # fmt: skip


def _mail_address(text: str) -> str:
    """An address as given, or BadTarget. Names without a dot are allowed: local mail servers deliver to root@host."""
    if not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}", text):
        raise BadTarget(say("expected an e-mail address, such as {example}", example="postmaster@example.com"))
    return text


def _unknown(key: str, known: Sequence[str]) -> Text:
    near = difflib.get_close_matches(key, known, 1)
    if near:
        return say("there is no such setting; did you mean {near}?", near=near[0])
    return say("there is no such setting; known are {known}", known=tuple(known))
