"""`reputation auth --message` with messages that a real opendkim signed, against keys that a real nsd publishes."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.cli.command_line import here
from tests.servers import needs, nsd

SELECTORS = {"k512": 512, "k1024": 1024, "k2048": 2048, "revoked": 2048}
MESSAGE = """\
Return-Path: <news@sender.test>
Received: from mail.sender.test (mail.sender.test [185.10.0.5])
 by mx.receiver.example with ESMTPS; Tue, 24 Nov 2026 10:00:01 +0000
From: Sales <sales@sender.test>
To: buyer@receiver.example
Subject: Offer
Date: Tue, 24 Nov 2026 10:00:00 +0000
Message-ID: <1@sender.test>

Good day,

here is our offer.
"""
TAKEN = "Tue, 24 Nov 2026 10:00:01 +0000"
CONFIG = "Syslog no\nInternalHosts 127.0.0.0/8\nMode s\nRequireSafeKeys no\nMinimumKeyBits 512\n"
ABOUT_MESSAGES = (
    "dkim-signature-broken", "dkim-signature-missing", "dkim-body-partly-signed", "dkim-header-unsigned",
    "dkim-key-revoked", "dkim-key-short", "from-unaligned",
)  # fmt: skip


@dataclass(frozen=True)
class Signer:
    """Keys below `folder`, published by the server at `resolver`."""

    folder: Path
    resolver: str

    def signed(self, selector: str, domain: str = "sender.test", options: str = "", message: str = MESSAGE) -> str:
        """The message with opendkim's signature in front of it."""
        (self.folder / "m.eml").write_text(message.replace("\n", "\r\n"), newline="")
        config = self.folder / "opendkim.conf"
        tables = (f"KeyTable refile:{self.folder}/keys", f"SigningTable refile:{self.folder}/everybody", options)
        config.write_text(CONFIG + "\n".join(tables))
        (self.folder / "keys").write_text(f"key {domain}:{selector}:{self.folder}/{selector}.private\n")
        (self.folder / "everybody").write_text("* key\n")
        command = [needs("opendkim"), "-x", str(config), "-t", str(self.folder / "m.eml")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout[done.stdout.index("DKIM-Signature") :].strip() + "\n" + message

    def found(self, message: str) -> dict[str, str]:
        """The outcome of each check about messages and keys that is not passed."""
        file = self.folder / "sent.eml"
        file.write_text(message)
        words = ("auth", "sender.test", "--message", str(file), "--resolver", self.resolver, "-f", "json")
        results = json.loads(here(*words).out)["results"]
        seen = [(result["check"], result["outcome"]) for result in results]
        return {
            check: outcome for check, outcome in seen if check in ABOUT_MESSAGES and outcome not in ("pass", "skipped")
        }


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signer]:
    """Keys of four kinds, published at two domains."""
    folder = tmp_path_factory.mktemp("opendkim")
    lines = [
        '@ IN TXT "v=spf1 ip4:185.10.0.5 -all"',
        '_dmarc IN TXT "v=DMARC1; p=reject"',
        "@ IN MX 10 mx",
        "mx IN A 185.10.0.6",
    ]
    needs("opendkim")
    for selector, bits in SELECTORS.items():
        key = folder / f"{selector}.private"
        subprocess.run(["openssl", "genrsa", "-traditional", "-out", key, str(bits)], check=True, capture_output=True)
        public = subprocess.run(["openssl", "rsa", "-in", key, "-pubout"], check=True, capture_output=True).stdout
        key.chmod(0o600)
        text = "" if selector == "revoked" else "".join(public.decode().splitlines()[1:-1])
        pieces = " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))
        lines.append(f'{selector}._domainkey IN TXT "v=DKIM1; k=rsa; p=" {pieces}')
    zone = "\n".join(lines) + "\n"
    with nsd(tmp_path_factory.mktemp("nsd"), {"sender.test": zone, "service.test": zone}) as server:
        yield Signer(folder, server.address)


@pytest.mark.real_server
def test_a_good_signature_passes(signer: Signer) -> None:
    """Of both lengths that receivers take; the shorter one is only remarked on."""
    assert signer.found(signer.signed("k2048")) == {}
    assert signer.found(signer.signed("k1024")) == {"dkim-key-short": "info"}


@pytest.mark.real_server
def test_a_changed_body_breaks_the_signature(signer: Signer) -> None:
    """SPF still speaks for the From domain, so nothing is unaligned."""
    changed = signer.signed("k2048").replace("our offer", "your offer")
    assert signer.found(changed) == {"dkim-signature-broken": "fail"}


@pytest.mark.real_server
def test_an_expired_signature_counts_for_nothing(signer: Signer) -> None:
    """x= one second after signing: fails for who takes the message later, holds for who took it before."""
    late = datetime.now(UTC) + timedelta(days=1)
    message = signer.signed("k2048", options="SignatureTTL 1\n")
    expires = re.search(r"\bx=(\d+)", message)
    assert expires
    while time.time() <= int(expires[1]) + 1:
        time.sleep(0.1)
    assert signer.found(message.replace(TAKEN, format_datetime(late))) == {"dkim-signature-broken": "fail"}
    assert signer.found(message.replace(TAKEN, "some day")) == {"dkim-signature-broken": "fail"}
    early = datetime.fromtimestamp(int(expires[1]) - 1, UTC)
    assert signer.found(message.replace(TAKEN, format_datetime(early))) == {}


@pytest.mark.real_server
def test_a_part_of_the_body(signer: Signer) -> None:
    """l= leaves room for a stranger's text, which is warned of although the signature is valid."""
    message = signer.signed("k2048", options="MaximumSignedBytes 1000\n")
    assert re.search(r"\bl=\d+", message)
    assert signer.found(message + "Please pay to another account.\n") == {"dkim-body-partly-signed": "warn"}


@pytest.mark.real_server
def test_an_unsigned_subject_is_warned_of(signer: Signer) -> None:
    """Anybody may change it."""
    assert signer.found(signer.signed("k2048", options="SignHeaders From,To,Date\n")) == {
        "dkim-header-unsigned": "warn"
    }


@pytest.mark.real_server
def test_another_domain_signs_for_itself_only(signer: Signer) -> None:
    """Its signature is valid; DMARC fails because the bounce address is its own as well."""
    message = MESSAGE.replace("<news@sender.test>", "<bounce@service.test>")
    assert signer.found(signer.signed("k2048", "service.test", message=message)) == {"from-unaligned": "fail"}


@pytest.mark.real_server
def test_a_revoked_key_verifies_nothing(signer: Signer) -> None:
    """The published key is empty."""
    found = signer.found(signer.signed("revoked"))
    assert found["dkim-signature-broken"] == "fail"
    assert "dkim-key-revoked" in found


@pytest.mark.real_server
def test_a_key_of_512_bits_verifies_nothing(signer: Signer) -> None:
    """RFC 8301 section 3.2: receivers do not consider such a signature as valid."""
    found = signer.found(signer.signed("k512"))
    assert (found.get("dkim-signature-broken"), found.get("dkim-key-short")) == ("fail", "fail")
