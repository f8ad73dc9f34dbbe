"""A name server that counts, and one that answers like the demo's world."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from reputation.catalogue import load
from reputation.gather.demo_server import DemoServer
from reputation.gather.demo_world import Failure, World, stories


class Counting:
    """Answers nothing and counts the questions; `address` is for --resolver."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.address = ""

    def answer(self, name: str, rdtype: str) -> list[str] | Failure:
        """NXDOMAIN, and one more."""
        self.asked.append(f"{rdtype} {name}")
        return Failure.NXDOMAIN


@pytest.fixture
def counting() -> Iterator[Counting]:
    """A server on loopback that knows no name."""
    zone = Counting()
    with DemoServer(zone) as server:
        zone.address = server.address
        yield zone


@pytest.fixture
def world() -> Iterator[Callable[[str], str]]:
    """Starts the world of a story; gives the address of its name server."""
    lists = load().lists
    known = {story.name: story for story in stories()}
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(DemoServer(World(known[name], lists))).address
