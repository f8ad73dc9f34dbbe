"""A small world for the watchman: a name server whose answers a test may change, two lists, a configuration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reputation.gather.demo_server import DemoServer
from reputation.gather.demo_world import Failure
from tests.cli.command_line import Ended, here

LISTS = """
operator = "Example"
checked = 2026-11-24
sources = ["https://lists.test/"]

[[list]]
zone = "ip.test"
name = "Example IP"
kinds = ["ip4"]
severity = "critical"
default = true
test_listed = "127.0.0.2"
test_unlisted = "127.0.0.1"
delist = "https://lists.test/remove"
delist_how = "Ask on the page."
[list.codes]
"127.0.0.2" = "spam source"
"127.0.0.10" = {meaning = "dynamic range", as = "policy"}
"127.255.255.0/24" = {meaning = "refused", as = "refused"}

[[list]]
zone = "other.test"
name = "Other IP"
kinds = ["ip4"]
severity = "major"
default = true
test_listed = "127.0.0.2"
test_unlisted = "127.0.0.1"
[list.codes]
"127.0.0.2" = "spam source"
"""


class World:
    """Answers from `records` ({"example.com": {"TXT": [...]}}); a name without an entry does not exist.

    `blind` are endings of names that get no usable answer (127.255.255.254).
    """

    def __init__(self) -> None:
        self.records: dict[str, dict[str, list[str]]] = {}
        self.blind: set[str] = set()
        self.address = ""
        for zone in ("ip.test", "other.test"):
            self.list("127.0.0.2", zone)

    def answer(self, name: str, rdtype: str) -> list[str] | Failure:
        """What the name server says now."""
        name = name.lower().rstrip(".")
        if any(name.endswith(zone) for zone in self.blind):
            return ["127.255.255.254"] if rdtype == "A" else Failure.NODATA
        table = self.records.get(name)
        if table is None:
            exists = any(other.endswith("." + name) for other in self.records)
            return Failure.NODATA if exists else Failure.NXDOMAIN
        return table.get(rdtype) or Failure.NODATA

    def list(self, ip: str, zone: str, code: str = "127.0.0.2") -> None:
        """Put an address on a list."""
        self.records[self._name(ip, zone)] = {"A": [code], "TXT": ["seen sending spam"]}

    def delist(self, ip: str, zone: str) -> None:
        """Take it off."""
        self.records.pop(self._name(ip, zone), None)

    @staticmethod
    def _name(ip: str, zone: str) -> str:
        return ".".join(reversed(ip.split("."))) + "." + zone


@contextmanager
def running(folder: Path) -> Iterator[World]:
    """The name server runs, and `folder` holds the lists."""
    (folder / "lists").mkdir(exist_ok=True)
    (folder / "lists" / "example.toml").write_text(LISTS)
    world = World()
    with DemoServer(world) as server:
        world.address = server.address
        yield world


def configure(folder: Path, world: World, text: str) -> Path:
    """A configuration that asks this world; `text` is its [watch] part."""
    file = folder / "reputation.toml"
    file.write_text(
        f'resolver = ["{world.address}"]\nblocklists = "{folder / "lists"}"\nlang = "en"\ntimeout = 20\n{text}\n'
    )
    file.chmod(0o600)  # a channel may hold a key
    return file


def watch(folder: Path, *words: str) -> Ended:
    """One run in this process."""
    return here("watch", "--config", str(folder / "reputation.toml"), *words)
