"""A small authoritative name server on loopback, inside our process, so that the demo goes through the real engine."""

from __future__ import annotations

import socketserver
import struct
import threading
from types import TracebackType
from typing import Any, Final, Protocol

from reputation.bad_input import BadInput
from reputation.gather.demo_world import Failure
from reputation.text import say

UDP_LIMIT: Final = 1232
_TRIES: Final = 20


class Zone(Protocol):
    """What the server asks for its answers; `World` is one."""

    def answer(self, name: str, rdtype: str) -> list[str] | Failure:
        """Records as text, or why there are none."""


class DemoServer:
    """Answers over UDP and TCP on a free port of 127.0.0.1 while the `with` block lasts; `address` is host:port."""

    def __init__(self, zone: Zone) -> None:
        self._udp, self._tcp = _bound(zone)
        self.address = f"127.0.0.1:{self._udp.server_address[1]}"
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            for server in (self._udp, self._tcp)
        ]

    def __enter__(self) -> DemoServer:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for server in (self._udp, self._tcp):
            server.shutdown()
            server.server_close()


class _Udp(socketserver.UDPServer):
    max_packet_size = 4096
    zone: Zone


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    zone: Zone


def _bound(zone: Zone) -> tuple[_Udp, _Tcp]:
    """Both servers on one port; another program may hold the port for the other protocol, then the next is tried."""
    for _ in range(_TRIES):
        udp = _Udp(("127.0.0.1", 0), _UdpHandler)
        try:
            tcp = _Tcp(("127.0.0.1", udp.server_address[1]), _TcpHandler)
        except OSError:
            udp.server_close()
            continue
        udp.zone = tcp.zone = zone
        return udp, tcp
    raise BadInput(say("no port of 127.0.0.1 is free for the demo's name server; close some programs and try again"))


class _UdpHandler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        data, socket = self.request
        reply = _reply(data, self.server.zone, UDP_LIMIT)  # type: ignore[attr-defined]
        if reply:
            socket.sendto(reply, self.client_address)


class _TcpHandler(socketserver.StreamRequestHandler):
    timeout = 5.0

    def handle(self) -> None:
        head = self.rfile.read(2)
        while len(head) == 2:
            reply = _reply(self.rfile.read(struct.unpack("!H", head)[0]), self.server.zone, 65535)  # type: ignore[attr-defined]
            if not reply:
                return
            self.wfile.write(struct.pack("!H", len(reply)) + reply)
            head = self.rfile.read(2)


def _reply(data: bytes, zone: Zone, limit: int) -> bytes:
    """The packet that answers, or nothing for silence and for what is no question."""
    import dns.exception
    import dns.flags
    import dns.message
    import dns.rcode
    import dns.rdatatype

    try:
        question = dns.message.from_wire(data)
        asked = question.question[0]
    except (dns.exception.DNSException, IndexError):
        return b""
    found = zone.answer(asked.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(asked.rdtype))
    if found is Failure.SILENCE:
        return b""
    response = dns.message.make_response(question, recursion_available=True)
    if isinstance(found, list):
        response.answer.append(_records(asked, found))
    elif found is Failure.NXDOMAIN:
        response.set_rcode(dns.rcode.NXDOMAIN)
    return _within(response, limit)


def _records(asked: Any, found: list[str]) -> Any:
    import dns.rdatatype
    import dns.rrset

    texts = [_quoted(text) for text in found] if asked.rdtype == dns.rdatatype.TXT else found
    return dns.rrset.from_text(asked.name, 300, asked.rdclass, asked.rdtype, *texts)


def _quoted(text: str) -> str:
    """A TXT record in strings of at most 255 bytes (RFC 1035 section 3.3.14)."""
    pieces = [text[at : at + 250] for at in range(0, len(text), 250)]
    return " ".join('"{}"'.format(piece.replace("\\", "\\\\").replace('"', '\\"')) for piece in pieces)


def _within(response: Any, limit: int) -> bytes:
    import dns.flags

    packet = bytes(response.to_wire(max_size=65535))
    if len(packet) <= limit:
        return packet
    response.flags |= dns.flags.TC
    response.answer.clear()
    return bytes(response.to_wire())
