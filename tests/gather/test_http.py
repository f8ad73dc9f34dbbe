"""The bounded fetch against a real HTTPS server on loopback with a certificate authority of its own."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from reputation.gather.http import Fetched, FetchRules, fetch, is_open_internet
from reputation.model import Absent, Cause, Found, Observed, Unknown
from tests.fakes import FakeZone

HOST = "mta-sts.example.com"
URL = f"https://{HOST}/.well-known/mta-sts.txt"
LOOPBACK = FakeZone({HOST: {"A": ["127.0.0.1"]}})
NAMES_OF_NOWHERE = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "localhost", "localhost.", "[::1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[64:ff9b::7f00:1]", "127.0.0.1.", "user@127.0.0.1",
    "example.com@127.0.0.1", "127.0.0.1:443", "example.com:8443", "example.com:0", "1", "0", "0.0.0.0",
    "①②⑦.0.0.1", "example。com", "exa mple.com", "example.com\r\nX: y", "", ".", "-.com", "com", "_", "a..b",
]  # fmt: skip
ADDRESSES_OF_NOWHERE = [
    "127.0.0.1", "127.255.255.255", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "198.18.0.1", "203.0.113.5", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808",
    "2002:7f00:1::1", "2001:0:1::1", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1",
]  # fmt: skip
Answering = Callable[[ssl.SSLSocket], None]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for HOST signed by itself, and its key."""
    folder = tmp_path_factory.mktemp("ca")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder


@contextmanager
def https_server(certificates: Path, answering: Answering) -> Iterator[int]:
    """The port of a server that hands each connection to `answering` after the request has arrived."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "cert.pem", certificates / "key.pem")
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as secure:
                    secure.recv(65_536)
                    answering(secure)
            except OSError:
                continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def rules(certificates: Path, port: int, timeout: float = 5.0) -> FetchRules:
    """As in life, but loopback is permitted and our own authority trusted."""
    return FetchRules(
        port=port,
        timeout=timeout,
        permitted=lambda address: address.is_loopback,
        context=lambda: ssl.create_default_context(cafile=str(certificates / "cert.pem")),
    )


def got(certificates: Path, answering: Answering, timeout: float = 5.0) -> Observed[Fetched]:
    """What the fetch makes of a server."""
    with https_server(certificates, answering) as port:
        return fetch(URL, LOOPBACK, rules(certificates, port, timeout))


def saying(head: str, body: bytes = b"") -> Answering:
    """A server that answers with this."""
    return lambda connection: connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)


def test_a_page_comes_whole(certificates: Path) -> None:
    """Plain and chunked."""
    page = got(certificates, saying("HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 5", b"hello"))
    assert page == Found(Fetched(200, "text/plain", b"hello"), URL)
    page = got(certificates, saying("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"))
    assert isinstance(page, Found)
    assert page.value.body == b"hello"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("HTTP/1.1 404 Not Found", b"x"),
        ("HTTP/1.1 301 Moved\nLocation: http://127.0.0.1/", b""),
        ("HTTP/1.1 200 OK\nContent-Encoding: gzip", gzip.compress(b"a" * 1000)),
        ("HTTP/1.1 200 OK", b"a" * 70_000),
        ("HTTP/1.1 200 OK\nContent-Length: 999999999", b"a" * 70_000),
    ],
    ids=["404", "a redirect", "packed", "too large", "too large by its own word"],
)
def test_a_page_that_cannot_be_used_says_why(certificates: Path, head: str, body: bytes) -> None:
    """Nothing is followed, unpacked or read beyond the bound."""
    page = got(certificates, saying(head, body))
    assert isinstance(page, Found)
    assert page.value.problem is not None
    assert page.value.body == b""


def test_a_stranger_certificate_is_named(certificates: Path) -> None:
    """The usual trust store does not know our authority."""
    with https_server(certificates, saying("HTTP/1.1 200 OK", b"x")) as port:
        page = fetch(URL, LOOPBACK, FetchRules(port=port, permitted=lambda address: True))
    assert isinstance(page, Found)
    assert "certificate" in str(page.value.problem)


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n", b""], ids=["an endless body", "an endless head"])
def test_a_dripping_server_is_left_in_time(certificates: Path, head: bytes) -> None:
    """One byte after the other, for ever: our own clock ends it."""
    stop = threading.Event()

    def drip(connection: ssl.SSLSocket) -> None:
        connection.sendall(head)
        while not stop.wait(0.05):
            connection.sendall(b"a")

    begun = time.monotonic()
    page = got(certificates, drip, timeout=0.6)
    stop.set()
    assert isinstance(page, Unknown)
    assert page.cause is Cause.TIMEOUT
    assert time.monotonic() - begun < 5


def test_an_endless_stream_is_cut_at_its_bound(certificates: Path) -> None:
    """As fast as it can."""

    def pour(connection: ssl.SSLSocket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"a" * 16_384)

    page = got(certificates, pour)
    assert isinstance(page, Found)
    assert "larger" in str(page.value.problem)


def test_garbage_is_unknown(certificates: Path) -> None:
    """Whatever is no HTTP."""
    page = got(certificates, saying("\x00\x01garbage"))
    assert isinstance(page, Unknown)
    assert page.cause is Cause.MALFORMED_ANSWER


@pytest.mark.parametrize("host", NAMES_OF_NOWHERE)
def test_no_spelling_of_an_address_is_resolved_or_reached(certificates: Path, host: str) -> None:
    """Refused before any question; the server that listens on loopback hears nothing."""
    heard: list[int] = []
    zone = FakeZone({"localhost": {"A": ["127.0.0.1"]}})
    with https_server(certificates, lambda connection: heard.append(1)) as port:
        page = fetch(f"https://{host}/x", zone, FetchRules(port=port))
    assert isinstance(page, Unknown)
    assert (page.cause, zone.asked, heard) == (Cause.REFUSED, [], [])


@pytest.mark.parametrize("address", ADDRESSES_OF_NOWHERE)
def test_no_address_that_is_not_on_the_open_internet_is_reached(certificates: Path, address: str) -> None:
    """Also when a good address stands beside it."""
    heard: list[int] = []
    kind = "A" if "." in address and ":" not in address else "AAAA"
    table = {"A": ["8.8.8.8"], "AAAA": ["2606:4700::1111"]}
    table[kind] = [*table[kind], address]
    with https_server(certificates, lambda connection: heard.append(1)) as port:
        page = fetch(URL, FakeZone({HOST: table}), FetchRules(port=port))
    assert isinstance(page, Unknown)
    assert (page.cause, heard) == (Cause.REFUSED, [])
    assert not is_open_internet(ipaddress.ip_address(address))


def test_a_name_that_answers_otherwise_the_second_time_is_asked_once(certificates: Path) -> None:
    """The connection goes to the address that was checked: rebinding changes nothing."""
    zone = FakeZone({HOST: {"A": ["127.0.0.1"]}})
    with https_server(certificates, saying("HTTP/1.1 200 OK", b"x")) as port:
        fetch(URL, zone, rules(certificates, port))
    assert len(zone.asked) == 2


@pytest.mark.parametrize(
    "url", [f"http://{HOST}/", f"ftp://{HOST}/", f"file://{HOST}/", "//x", f"https://{HOST}/\r\nA: b"]
)
def test_only_plain_https_is_fetched(url: str) -> None:
    """Refused with a sentence."""
    page = fetch(url, LOOPBACK, FetchRules(permitted=lambda address: True))
    assert isinstance(page, Unknown)
    assert page.cause is Cause.REFUSED


def test_a_host_that_does_not_exist_is_absent() -> None:
    """And one that was not answered is unknown."""
    assert isinstance(fetch(URL, FakeZone({}), FetchRules()), Absent)
    silent = fetch(URL, FakeZone({HOST: Cause.SERVFAIL}), FetchRules())
    assert isinstance(silent, Unknown)
    assert silent.cause is Cause.SERVFAIL
