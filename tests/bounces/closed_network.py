"""A network of its own in which Postfix looks domains up, and what it returns. Runs as root, without any other network:

    unshare -n -m python -m tests.bounces.closed_network KIT RECIPIENT...

Writes each returned message to KIT/returned/N.eml. The mail server of "good.corp.test" answers as `Sink` does. No
process binds a port below 1024: the kernel hands port 53 to unbound and port 25 of that mail server to the sink.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bounces.mail_servers import postfix, sink
from tests.servers import closed_port, needs, nsd, unbound

MAIL_SERVER, CLOSED_SERVER = "198.51.100.25", "198.51.100.26"
_ZONE = f"""\
good MX 10 mx.good
mx.good A {MAIL_SERVER}
closed MX 10 mx.closed
mx.closed A {CLOSED_SERVER}
nullmx MX 0 .
lost MX 10 nowhere
loop CNAME loop-b
loop-b CNAME loop
"""


def _run(*command: str) -> None:
    subprocess.run([needs(command[0]), *command[1:]], check=True, stdin=subprocess.DEVNULL)


def _redirect(protocol: str, port: int, to: int, *address: str) -> None:
    _run(
        "iptables", "-t", "nat", "-A", "OUTPUT", "-p", protocol, *address, "--dport", str(port),
        "-j", "REDIRECT", "--to-ports", str(to),
    )  # fmt: skip


def _ask_only(kit: Path, resolver: int) -> None:
    """Every question of this network goes to the resolver on that port."""
    for protocol in ("udp", "tcp"):
        _redirect(protocol, 53, resolver)
    (kit / "resolv.conf").write_text("nameserver 127.0.0.1\n")
    _run("mount", "--bind", str(kit / "resolv.conf"), "/etc/resolv.conf")


def main(kit: Path, recipients: list[str]) -> None:
    """Sends to each recipient and waits for as many returned messages."""
    _run("ip", "link", "set", "lo", "up")
    for address in (MAIL_SERVER, CLOSED_SERVER):
        _run("ip", "addr", "add", f"{address}/32", "dev", "lo")
    (kit / "postfix").mkdir()
    (kit / "returned").mkdir()
    with (
        nsd(kit, {"corp.test": _ZONE}) as zones,
        unbound(kit, {"corp.test": zones, "broken.test": closed_port()}) as resolver,
        sink(20_000) as (_, port),
    ):
        _ask_only(kit, resolver.port)
        _redirect("tcp", 25, port, "-d", MAIL_SERVER)
        with postfix(kit / "postfix", lookups="enabled") as server:
            for recipient in recipients:
                server.send(recipient)
            for number, raw in enumerate(server.wait_for(len(recipients))):
                (kit / "returned" / f"{number}.eml").write_bytes(raw)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
