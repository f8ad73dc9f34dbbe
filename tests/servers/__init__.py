"""Real name servers for tests, on free ports of 127.0.0.1, each from a template, each stopped at the end.

    from tests.servers import rbldnsd, needs

    @pytest.mark.real_server
    def test_listing(tmp_path):
        with rbldnsd(tmp_path, {"bl.test:ip4set": ":127.0.0.2:Listed $\\n127.0.0.2\\n"}) as server:
            Resolver([server.address]).ask_many([Question("2.0.0.127.bl.test")])

Every factory is a context manager that yields a `Server` (`.port`, `.address` = "127.0.0.1:port", `.stop()`), after its
first real answer. All work as root and as anybody else. A missing binary skips the test with the reason; where the
environment says CI=true it fails instead. Mark such tests with `@pytest.mark.real_server`.

    rbldnsd(folder, {"zone:type": text})            a blocklist server; $SOA and $NS are put in front
    nsd(folder, {"example.test": text})             authoritative zones (master files; $ORIGIN, SOA and NS put in front)
    knot(folder, {"signed.test": text})             the same, signed; `trust_anchor(server, zone)` gives the DNSKEY line
    unbound(folder, stubs={zone: server}, extra=(), anchors=())   a resolver; `extra` are lines of its server:
    dnsdist(folder, upstream, rules)                a proxy with faults; `rules` is Lua, such as
                                                    'addAction(QNameRule("x."), DropAction())'

`odd_server(replies)` from tests.servers.odd is an own server in a thread for what no real one sends; it remembers what
it was asked. For a name server that is down use `closed_port()`, for one that is silent `silent_port()`.
"""

from tests.servers.processes import Server, closed_port, free_port, needs, silent_port
from tests.servers.real import dnsdist, knot, nsd, rbldnsd, trust_anchor, unbound

__all__ = [
    "Server", "closed_port", "dnsdist", "free_port", "knot", "needs", "nsd", "rbldnsd", "silent_port", "trust_anchor",
    "unbound",
]  # fmt: skip
