"""A blocklist world of fixed seed: 54 address lists and 6 domain lists, 1,000 senders, and what is listed where."""

from __future__ import annotations

import ipaddress
import json
import random
from dataclasses import dataclass
from pathlib import Path

SEED = 20260101
ADDRESS_ZONES = tuple(f"z{n:02d}.ip.bl.test" for n in range(54))
DOMAIN_ZONES = tuple(f"d{n:02d}.dom.bl.test" for n in range(6))
HEAD = "$SOA 3600 ns.bl.test. hostmaster.bl.test. 1 3600 600 86400 300\n$NS 3600 ns.bl.test.\n"


@dataclass(frozen=True)
class World:
    """Files below `folder`; `questions` in the order of dnsperf's file; `listed` maps a name to its code."""

    folder: Path
    arguments: tuple[str, ...]
    questions: tuple[str, ...]
    listed: dict[str, str]

    @property
    def queries(self) -> Path:
        return self.folder / "queries.txt"

    @property
    def targets(self) -> Path:
        return self.folder / "targets.txt"

    @property
    def catalogue(self) -> Path:
        return self.folder / "catalogue"


def reversed_address(address: str) -> str:
    return ".".join(reversed(address.split(".")))


def make_world(folder: Path, senders: int = 1000) -> World:
    """Write zones, questions, targets and a catalogue. Each zone holds RFC 5782's test entries."""
    rng = random.Random(SEED)
    base = int(ipaddress.ip_address("185.10.0.0"))
    addresses = [str(ipaddress.ip_address(base + n)) for n in sorted(rng.sample(range(1, 1 << 17), senders))]
    domains = [f"shop{n:04d}-{rng.randrange(1 << 24):06x}.example" for n in range(senders)]
    listed: dict[str, str] = {}
    arguments = [_address_zone(folder, number, rng, addresses, listed) for number in range(len(ADDRESS_ZONES))]
    arguments += [_domain_zone(folder, number, rng, domains, listed) for number in range(len(DOMAIN_ZONES))]
    questions = tuple(
        name
        for address, domain in zip(addresses, domains, strict=True)
        for name in (
            *(f"{reversed_address(address)}.{zone}" for zone in ADDRESS_ZONES),
            *(f"{domain}.{zone}" for zone in DOMAIN_ZONES),
        )
    )
    world = World(folder, tuple(arguments), questions, listed)
    world.queries.write_text("".join(f"{name} A\n" for name in questions))
    world.targets.write_text(
        "".join(f"{address}\n{domain}\n" for address, domain in zip(addresses, domains, strict=True))
    )
    (folder / "questions.json").write_text(json.dumps({"questions": questions, "listed": listed}))
    _catalogue(world.catalogue)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return world


def _address_zone(folder: Path, number: int, rng: random.Random, addresses: list[str], listed: dict[str, str]) -> str:
    """24 zones list some senders, the others do not; most carry ballast that nobody asks for."""
    zone = ADDRESS_ZONES[number]
    lines = [":127.0.0.2:Listed, see https://bl.test/?ip=$", "127.0.0.2"]
    if number < 44:
        lines += [str(ipaddress.ip_address(rng.randrange(1 << 24, 126 << 24))) for _ in range(200 * (number + 1))]
    if number < 24:
        for address in rng.sample(addresses, max(1, len(addresses) * (1 + number % 5) // 100)):
            listed[f"{reversed_address(address)}.{zone}"] = code = f"127.0.0.{2 + number % 9}"
            lines.append(f"{address} :{code}:Listed $")
    (folder / zone).write_text(HEAD + "\n".join(lines) + "\n")
    return f"{zone}:ip4set:{zone}"


def _domain_zone(folder: Path, number: int, rng: random.Random, domains: list[str], listed: dict[str, str]) -> str:
    zone = DOMAIN_ZONES[number]
    lines = [":127.0.1.2:Listed $", "test", *(f".spam{n:05d}.invalid" for n in range(5000))]
    for domain in rng.sample(domains, len(domains) * number // 100):
        listed[f"{domain}.{zone}"] = code = f"127.0.1.{2 + number}"
        lines.append(f"{domain} :{code}:Listed $")
    (folder / zone).write_text(HEAD + "\n".join(lines) + "\n")
    return f"{zone}:dnset:{zone}"


def _catalogue(folder: Path) -> None:
    folder.mkdir()
    text = 'operator = "Bench"\nchecked = 2026-01-01\nsources = ["own zones"]\n'
    for zone in (*ADDRESS_ZONES, *DOMAIN_ZONES):
        address = zone in ADDRESS_ZONES
        kind, test_listed, test_unlisted = (
            ("ip4", "127.0.0.2", "127.0.0.1") if address else ("domain", "test", "invalid")
        )
        codes = "127.0.0.2-10" if address else "127.0.1.2-10"
        text += (
            f'\n[[list]]\nzone = "{zone}"\nname = "{zone}"\nkinds = ["{kind}"]\nseverity = "major"\ndefault = true\n'
            f'test_listed = "{test_listed}"\ntest_unlisted = "{test_unlisted}"\ndelist = "https://bl.test/"\n'
            f'delist_how = "Ask."\nwhy = "Measured."\n[list.codes]\n"{codes}" = "listed"\n'
        )
    (folder / "bench.toml").write_text(text)
