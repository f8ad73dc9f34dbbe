"""An HTTPS server in a thread, with a certificate authority of its own, for what a stranger's web server may do.

    authority = Authority(folder)
    with https_server(authority.issue("mta-sts.example.com"), plays(b"version: STSv1 ...")["good"]) as port: ...

`context(authority)` is what a client needs to trust it.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Play = Callable[[ssl.SSLSocket], None]
_DAY = timedelta(days=1)
_PIECE = b"a" * 65_536


class Authority:
    """Signs certificates with its own root; files go to `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
        self.root = folder / "root.pem"
        self.root.write_bytes(_pem(self._signed(self._name, self._key.public_key(), (-1, 365), _CA)))

    def issue(self, host: str, days: tuple[int, int] = (-1, 30)) -> Path:
        """A file with a certificate for `host` and its key; `days` from today that it holds."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        path = self._folder / f"{host}.{days[1]}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(_pem(self._signed(subject, key.public_key(), days, names)) + private)
        return path

    def context(self) -> ssl.SSLContext:
        """A client's, that trusts this root and nothing else."""
        return ssl.create_default_context(cafile=str(self.root))

    def _signed(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, days: tuple[int, int], extension: x509.ExtensionType
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self._name).public_key(key)
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now + days[0] * _DAY).not_valid_after(now + days[1] * _DAY)
        return builder.add_extension(extension, critical=extension is _CA).sign(self._key, hashes.SHA256())


_CA = x509.BasicConstraints(ca=True, path_length=0)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


@contextmanager
def https_server(certificate: Path, play: Play) -> Iterator[int]:
    """The port of a server that hands each connection to `play` after the request has arrived."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
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
                    play(secure)
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


@contextmanager
def trap() -> Iterator[tuple[int, list[object]]]:
    """A port of every loopback address, and the clients that connected to it."""
    listener = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True, backlog=128)
    caught: list[object] = []

    def serve() -> None:
        while True:
            try:
                client, address = listener.accept()
            except OSError:
                return
            caught.append(address)
            client.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], caught
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def plays(body: bytes, *, pause: float = 0.5, endless: int = 1 << 40) -> dict[str, Play]:
    """What a server may do, by name. `pause`: seconds between two bytes; `endless`: bytes after which it tires."""
    bomb = gzip.compress(b"\0" * (200 << 20), 1)

    def pour(connection: ssl.SSLSocket, head: bytes, count: int) -> None:
        connection.sendall(head)
        for _ in range(count // len(_PIECE)):
            connection.sendall(_PIECE)

    def drip(connection: ssl.SSLSocket, head: bytes) -> None:
        connection.sendall(head)
        stop = threading.Event()
        while not stop.wait(pause):
            connection.sendall(b"a")

    length = f"HTTP/1.1 200 OK\r\nContent-Length: {len(bomb)}\r\n".encode()
    return {
        "good": lambda c: c.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body),
        "a redirect": lambda c: c.sendall(b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\n\r\n"),
        "404": lambda c: c.sendall(b"HTTP/1.1 404 Not Found\r\n\r\n"),
        "an endless body": lambda c: pour(c, b"HTTP/1.1 200 OK\r\n\r\n", endless),
        "300 MB": lambda c: pour(c, b"HTTP/1.1 200 OK\r\nContent-Length: 314572800\r\n\r\n", 300 << 20),
        "a packed bomb": lambda c: c.sendall(length + b"Content-Encoding: gzip\r\n\r\n" + bomb),
        "an undeclared packed bomb": lambda c: c.sendall(length + b"\r\n" + bomb),
        "an endless header": lambda c: pour(c, b"HTTP/1.1 200 OK\r\nX: ", endless),
        "a slow header": lambda c: drip(c, b""),
        "a slow body": lambda c: drip(c, b"HTTP/1.1 200 OK\r\n\r\n"),
    }
