"""A bounce folder on a real Dovecot, over TLS on loopback: read, diagnosed, and left exactly as it was."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import free_port, needs

_CONFIG = """\
protocols = imap
listen = 127.0.0.1
base_dir = {kit}/run
state_dir = {kit}/state
log_path = {kit}/dovecot.log
default_internal_user = dovecot
default_login_user = dovenull
disable_plaintext_auth = yes
ssl = required
ssl_cert = <{kit}/cert.pem
ssl_key = <{kit}/key.pem
mail_location = maildir:{kit}/mail
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
passdb {{
  driver = static
  args = password=s3cret
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={kit}/home
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""
_BOUNCE = b"""From: MAILER-DAEMON@mx.haus.example
To: me@out.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=I

--I
Content-Type: message/delivery-status

Final-Recipient: rfc822; anna@firma.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--I--
"""


@dataclass
class Dovecot:
    port: int
    maildir: Path
    certificate: Path


@pytest.fixture
def dovecot(tmp_path: Path) -> Iterator[Dovecot]:
    binary, openssl = needs("dovecot"), needs("openssl")
    port = free_port()
    for parent in (tmp_path, *tmp_path.parents):
        if str(parent).startswith("/tmp/"):
            parent.chmod(0o755)
    for folder in ("mail/new", "mail/cur", "mail/tmp", "home", "run", "state"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder).chmod(0o777)
    (tmp_path / "mail").chmod(0o777)
    (tmp_path / "mail" / "new" / "1.bounce").write_bytes(_BOUNCE)
    (tmp_path / "mail" / "new" / "1.bounce").chmod(0o666)
    certificate = tmp_path / "cert.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(tmp_path / "key.pem"), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    (tmp_path / "dovecot.conf").write_text(_CONFIG.format(kit=tmp_path, port=port))
    process = subprocess.Popen(
        [binary, "-F", "-c", str(tmp_path / "dovecot.conf")], stdin=subprocess.DEVNULL,
        stdout=(tmp_path / "out.txt").open("wb"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        _wait_until_it_answers(port, certificate, tmp_path)
        yield Dovecot(port, tmp_path / "mail", certificate)
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_it_answers(port: int, certificate: Path, folder: Path) -> None:
    import imaplib

    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            with imaplib.IMAP4_SSL("127.0.0.1", port, ssl_context=ssl.create_default_context(cafile=str(certificate))):
                return
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.05)
    pytest.fail((folder / "out.txt").read_text() + (folder / "dovecot.log").read_text())


def _run(server: Dovecot, password: str, trusted: bool = True) -> subprocess.CompletedProcess[str]:
    environment = {"REPUTATION_IMAP_PASSWORD": password, "PATH": "/usr/bin:/bin"}
    if trusted:
        environment["SSL_CERT_FILE"] = str(server.certificate)
    command = [
        sys.executable,
        "-m",
        "reputation",
        "bounce",
        "-f",
        "json-lines",
        f"imaps://me@127.0.0.1:{server.port}/INBOX",
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)


def _files(maildir: Path) -> set[str]:
    return {str(p.relative_to(maildir)) for p in maildir.glob("*/*") if p.parent.name in ("new", "cur")}


@pytest.mark.real_server
def test_a_folder_is_read_and_nothing_in_it_is_changed(dovecot: Dovecot) -> None:
    done = _run(dovecot, "s3cret")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [(r["recipient"], r["verdict"]) for r in found["recipients"]] == [("anna@firma.example", "hard")]
    assert not any("S" in name.rpartition(",")[2] for name in _files(dovecot.maildir) if ":2," in name)
    assert "s3cret" not in done.stdout + done.stderr


@pytest.mark.real_server
def test_a_wrong_password_is_one_sentence_and_exit_3(dovecot: Dovecot) -> None:
    done = _run(dovecot, "wrong-password")
    assert (done.returncode, done.stdout) == (3, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "wrong-password" not in done.stderr


@pytest.mark.real_server
def test_an_unknown_certificate_is_refused_before_the_password_is_sent(dovecot: Dovecot) -> None:
    done = _run(dovecot, "s3cret", trusted=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_folder_with_a_chinese_name_is_asked_for_in_the_encoding_of_imap() -> None:
    """RFC 3501 section 5.1.3 gives 台北 as &U,BTFw-."""
    from reputation.gather.imap import _encoded

    assert _encoded("~peter/mail/台北/日本語") == "~peter/mail/&U,BTFw-/&ZeVnLIqe-"
