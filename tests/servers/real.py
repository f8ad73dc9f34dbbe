"""rbldnsd, nsd, knot, unbound and dnsdist with small configurations."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import dns.message
import dns.query

from tests.servers.processes import Server, free_port, needs, readable, running

_NSD = """server:
  ip-address: 127.0.0.1@{port}
  username: ""
  chroot: ""
  zonesdir: "{folder}"
  pidfile: "{folder}/nsd.pid"
  database: ""
  xfrdfile: "{folder}/xfrd.state"
  xfrdir: "{folder}"
  zonelistfile: "{folder}/zone.list"
  cookie-secret-file: "{folder}/cookie"
  server-count: 1
  rrl-ratelimit: 0
  do-ip6: no
remote-control:
  control-enable: no
"""
_KNOT = """server:
  listen: 127.0.0.1@{port}
  rundir: "{folder}"
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: "{folder}"
  journal-db-max-size: 50M
  kasp-db-max-size: 50M
control:
  listen: "{folder}/knot.sock"
policy:
  - id: p
    algorithm: ecdsap256sha256
    single-type-signing: on
"""
_KNOT_ZONE = """  - domain: {zone}
    file: "{folder}/{zone}.zone"
    dnssec-signing: on
    dnssec-policy: p
    zonefile-sync: -1
    zonefile-load: difference-no-serial
    journal-content: all
"""
_UNBOUND = """server:
  interface: 127.0.0.1
  port: {port}
  username: ""
  chroot: ""
  directory: "{folder}"
  pidfile: "{folder}/unbound.pid"
  use-syslog: no
  num-threads: 1
  do-ip6: no
  do-not-query-localhost: no
  local-zone: "test." nodefault
  module-config: "{modules}"
  cache-max-negative-ttl: 1
  ede: yes
{extra}
remote-control:
  control-enable: no
"""
_DNSDIST = """setLocal("127.0.0.1:{port}")
setACL({{"127.0.0.0/8"}})
setSecurityPollSuffix("")
newServer({{address="{upstream}", name="u"}}):setUp()
addAction(QNameRule("ready.dnsdist.test."), RCodeAction(DNSRCode.NXDOMAIN))
{rules}
"""


@contextmanager
def rbldnsd(folder: Path, zones: Mapping[str, str]) -> Iterator[Server]:
    """A blocklist server. `zones` maps "bl.test:ip4set" (any type of rbldnsd) to the lines of the zone."""
    binary, port, here = needs("rbldnsd"), free_port(), readable(folder)
    arguments = []
    for number, (spec, text) in enumerate(zones.items()):
        zone = spec.partition(":")[0]
        head = f"$SOA 60 ns.{zone}. admin.{zone}. 0 60 60 60 60\n$NS 60 ns.{zone}.\n"
        _write(here / f"zone{number}", head + text)
        arguments.append(f"{spec}:zone{number}")
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    command = [binary, *user, "-n", "-b", f"127.0.0.1/{port}", "-w", str(here), "-c", "1s", "-t", "60", *arguments]
    first = next(iter(zones)).partition(":")[0]
    with running("rbldnsd", here, port, command, (first, "SOA")) as server:
        yield server


@contextmanager
def nsd(folder: Path, zones: Mapping[str, str]) -> Iterator[Server]:
    """An authoritative server for `zones` (name to the lines of a master file)."""
    binary, port, here = needs("nsd"), free_port(), readable(folder)
    config = _NSD.format(port=port, folder=here)
    for zone, text in zones.items():
        _master_file(here, zone, text)
        config += f'zone:\n  name: "{zone}"\n  zonefile: "{zone}.zone"\n'
    _write(here / "nsd.conf", config)
    with running("nsd", here, port, [binary, "-d", "-c", str(here / "nsd.conf")], (next(iter(zones)), "SOA")) as server:
        yield server


@contextmanager
def knot(folder: Path, zones: Mapping[str, str]) -> Iterator[Server]:
    """An authoritative server that signs its zones by itself."""
    binary, port, here = needs("knotd"), free_port(), readable(folder)
    config = _KNOT.format(port=port, folder=here) + "zone:\n"
    for zone, text in zones.items():
        _master_file(here, zone, text)
        config += _KNOT_ZONE.format(zone=zone, folder=here)
    _write(here / "knot.conf", config)
    with running("knotd", here, port, [binary, "-c", str(here / "knot.conf")], (next(iter(zones)), "SOA")) as server:
        yield server


def trust_anchor(server: Server, zone: str) -> str:
    """The DNSKEY of a zone that `server` signs, as unbound's `trust-anchor:` takes it."""
    query = dns.message.make_query(zone, "DNSKEY")
    answer = dns.query.tcp(query, "127.0.0.1", timeout=5, port=server.port).answer[0]
    return f"{zone}. DNSKEY {answer[0].to_text()}"


@contextmanager
def unbound(
    folder: Path, stubs: Mapping[str, Server | str], extra: Sequence[str] = (), anchors: Sequence[str] = ()
) -> Iterator[Server]:
    """A resolver. `stubs` maps a zone to its server (or "127.0.0.1:port"); it validates when `anchors` are given."""
    binary, port, here = needs("unbound"), free_port(), readable(folder)
    lines = [*extra, *(f'trust-anchor: "{anchor}"' for anchor in anchors)]
    modules = "validator iterator" if anchors else "iterator"
    ready = 'local-zone: "ready.unbound.test." always_nxdomain'
    server_lines = "\n".join(f"  {line}" for line in [ready, *lines])
    config = _UNBOUND.format(port=port, folder=here, modules=modules, extra=server_lines)
    for zone, stub in stubs.items():
        address = stub if isinstance(stub, str) else stub.address
        config += f'stub-zone:\n  name: "{zone}"\n  stub-addr: {address.replace(":", "@")}\n'
    _write(here / "unbound.conf", config)
    command = [binary, "-d", "-c", str(here / "unbound.conf")]
    with running("unbound", here, port, command, ("ready.unbound.test", "A")) as server:
        yield server


@contextmanager
def dnsdist(folder: Path, upstream: Server | str, rules: str) -> Iterator[Server]:
    """A proxy to `upstream` with the faults that `rules` (Lua) describe."""
    binary, port, here = needs("dnsdist"), free_port(), readable(folder)
    address = upstream if isinstance(upstream, str) else upstream.address
    _write(here / "dnsdist.conf", _DNSDIST.format(port=port, upstream=address, rules=rules))
    command = [binary, "--supervised", "--disable-syslog", "-C", str(here / "dnsdist.conf")]
    with running("dnsdist", here, port, command, ("ready.dnsdist.test", "A")) as server:
        yield server


def _master_file(folder: Path, zone: str, text: str) -> None:
    head = f"$ORIGIN {zone}.\n$TTL 60\n@ SOA ns.{zone}. admin.{zone}. 1 60 60 60 60\n@ NS ns\nns A 127.0.0.1\n"
    _write(folder / f"{zone}.zone", head + text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o644)
