"""Sent messages: signed by dkimpy and by a real opendkim, changed, unaligned, with keys that are silent."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dkim
import pytest

from reputation.checks.authentication import judge_domain
from reputation.facts.domain import DomainFacts
from reputation.gather.domain import DomainRequest, gather_domain
from reputation.gather.message import notes_on, read_sent_message, with_message
from reputation.model import BadInput, Cause, Outcome
from tests.checks.test_authentication import HEALTHY
from tests.fakes import FakeZone
from tests.servers.processes import needs

HEADERS = (b"From", b"To", b"Subject", b"Date", b"List-Unsubscribe", b"List-Unsubscribe-Post")
MESSAGE = b"""\
Return-Path: <news@example.com>
Received: from mail.example.com (mail.example.com [203.0.113.5])
 by mx.receiver.example with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0000
From: Sales <sales@example.com>
To: buyer@receiver.example
Subject: Offer
Date: Tue, 24 Nov 2026 10:00:00 +0000
List-Unsubscribe: <https://example.com/u>
List-Unsubscribe-Post: List-Unsubscribe=One-Click

Good day,

here is our offer.
""".replace(b"\n", b"\r\n")
FOUND = (Outcome.FAIL, Outcome.WARN, Outcome.INFO)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """A private key and the record of its public half, as openssl makes them."""
    path = tmp_path_factory.mktemp("key") / "key.pem"
    subprocess.run(["openssl", "genrsa", "-traditional", "-out", path, "2048"], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-in", path, "-pubout"], check=True, capture_output=True).stdout
    return path.read_bytes(), "v=DKIM1; k=rsa; p=" + "".join(public.decode().splitlines()[1:-1])


def signed(private: bytes, domain: bytes = b"example.com", message: bytes = MESSAGE, **more: Any) -> bytes:
    """The message with a signature in front of it."""
    headers = [name for name in more.pop("headers", HEADERS) if name.lower() + b":" in message.lower()]
    return bytes(dkim.sign(message, b"s9", domain, private, include_headers=headers, **more)) + message


def zone_with(record: str | Cause, domain: str = "example.com") -> dict[str, Any]:
    """The healthy sender, with this key at s9."""
    return {**HEALTHY, f"s9._domainkey.{domain}": {"TXT": record if isinstance(record, Cause) else [record]}}


def judged(path: Path, raw: bytes, zone: dict[str, Any], **request: Any) -> tuple[DomainFacts, dict[str, str]]:
    """The facts, and the outcome of each check that is a finding or unknown."""
    file = path / "sent.eml"
    file.write_bytes(raw)
    sent = read_sent_message(str(file))
    lookup = FakeZone(zone)
    ips = request.pop("ips", (sent.connecting_ip,) if sent.connecting_ip else ())
    facts = gather_domain(lookup, DomainRequest(domain="example.com", ips=ips, mail_from=sent.envelope))
    facts = with_message(facts, sent, lookup, now=1_800_000_000)
    results = judge_domain(facts)
    assert not [r for r in results if r.cause == "internal-error"]
    return facts, {r.check: r.outcome.value for r in results if r.outcome in (*FOUND, Outcome.UNKNOWN)}


def test_a_good_message_passes(tmp_path: Path, key: tuple[bytes, str]) -> None:
    """Signed, aligned, headers covered; SPF of the address that handed it over."""
    facts, found = judged(tmp_path, signed(key[0]), zone_with(key[1]))
    assert facts.message is not None
    assert (facts.message.dkim_passes, facts.message.aligned, facts.message.envelope) == (True, True, "example.com")
    assert [ip.sending.ip for ip in facts.ips] == ["203.0.113.5"]
    assert found == {}


@pytest.mark.parametrize(
    ("change", "zone", "expected"),
    [
        (lambda raw: raw.replace(b"our offer", b"your offer"), {}, {"dkim-signature-broken": "fail"}),
        (lambda raw: raw.replace(b"Subject: Offer", b"Subject: Other"), {}, {"dkim-signature-broken": "fail"}),
        (lambda raw: raw, {"s9._domainkey.example.com": {"TXT": []}}, {"dkim-signature-broken": "fail"}),
        (lambda raw: raw, {"s9._domainkey.example.com": Cause.SERVFAIL}, {"dkim-signature-broken": "unknown"}),
        (lambda raw: raw.replace(b"s=s9", b"s=s.."), {}, {"dkim-signature-broken": "fail"}),
        (lambda raw: raw.replace(b"b=", b"b=!!!", 2), {}, {"dkim-signature-broken": "fail"}),
        (lambda raw: MESSAGE, {}, {"dkim-signature-missing": "fail"}),
    ],
    ids=["body changed", "header changed", "no key", "silent key", "bad selector", "garbage", "no signature"],
)
def test_what_is_wrong_with_a_signature(
    tmp_path: Path, key: tuple[bytes, str], change: Any, zone: dict[str, Any], expected: dict[str, str]
) -> None:
    """Each fault has its check; SPF still speaks for the From domain."""
    _, found = judged(tmp_path, change(signed(key[0])), {**zone_with(key[1]), **zone})
    assert expected.items() <= found.items()
    assert "from-unaligned" not in found


def test_a_signature_that_we_cannot_verify_is_no_fault_of_the_sender(tmp_path: Path, key: tuple[bytes, str]) -> None:
    """Without the library for Ed25519 such a signature stays unknown; with it, this one is simply wrong."""
    raw = signed(key[0]).replace(b"a=rsa-sha256", b"a=ed25519-sha256")
    record = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    _, found = judged(tmp_path, raw, zone_with(record))
    assert found["dkim-signature-broken"] == ("fail" if find_spec("nacl") else "unknown")


def test_a_part_of_the_body_and_of_the_headers(tmp_path: Path, key: tuple[bytes, str]) -> None:
    """l= and an unsigned List-Unsubscribe."""
    _, found = judged(tmp_path, signed(key[0], length=True, headers=(b"From", b"Subject")), zone_with(key[1]))
    assert found == {"dkim-body-partly-signed": "warn", "dkim-header-unsigned": "warn"}


def test_a_service_that_speaks_only_for_itself(tmp_path: Path, key: tuple[bytes, str]) -> None:
    """Its signature and its bounce address pass, and DMARC fails all the same."""
    raw = signed(key[0], b"service.example", MESSAGE.replace(b"<news@example.com>", b"<b@service.example>"))
    zone = zone_with(key[1], "service.example") | {"service.example": {"TXT": ["v=spf1 ip4:203.0.113.5 -all"]}}
    facts, found = judged(tmp_path, raw, zone)
    assert facts.message is not None
    assert (facts.message.dkim_passes, facts.message.aligned) == (True, False)
    assert found == {"from-unaligned": "fail"}


def test_strict_alignment_wants_the_very_name(tmp_path: Path, key: tuple[bytes, str]) -> None:
    """A signature of a subdomain is enough only when alignment is relaxed."""
    raw = signed(key[0], b"mail.example.com", MESSAGE.replace(b"<news@example.com>", b"<>"))
    zone = zone_with(key[1], "mail.example.com")
    assert "from-unaligned" not in judged(tmp_path, raw, zone)[1]
    zone["_dmarc.example.com"] = {"TXT": ["v=DMARC1; p=reject; adkim=s; rua=mailto:d@example.com"]}
    assert judged(tmp_path, raw, zone)[1]["from-unaligned"] == "fail"


def test_the_receivers_own_word_is_shown_beside_ours(tmp_path: Path, key: tuple[bytes, str]) -> None:
    """Only the topmost header counts; what differs is said."""
    head = b"Authentication-Results: mx.receiver.example (x; y);\r\n dkim=fail (bad) header.d=example.com; spf=pass\r\n"
    older = b"Authentication-Results: forged.example; dkim=pass header.d=example.com\r\n"
    facts, found = judged(tmp_path, head + older + signed(key[0]), zone_with(key[1]))
    assert facts.message is not None
    assert [(one.method, one.result) for one in facts.message.theirs] == [("dkim", "fail"), ("spf", "pass")]
    assert found == {"receiver-verdict-differs": "info"}


def test_an_arc_chain_is_verified(tmp_path: Path, key: tuple[bytes, str]) -> None:
    """A forwarder's seal over the signed message, whole and then broken."""
    received = b"Authentication-Results: forwarder.example; dkim=pass header.d=example.com\r\n" + signed(key[0])
    seal = b"".join(dkim.arc_sign(received, b"s9", b"forwarder.example", key[0], b"forwarder.example"))
    zone = zone_with(key[1]) | {"s9._domainkey.forwarder.example": {"TXT": [key[1]]}}
    facts, found = judged(tmp_path, seal + received, zone)
    assert facts.message is not None
    assert (facts.message.chain, found) == ("pass", {})
    broken, found = judged(tmp_path, seal + received.replace(b"our offer", b"no offer"), zone)
    assert broken.message is not None
    assert broken.message.chain == "fail"
    assert found["arc-chain-broken"] == "info"
    zone["s9._domainkey.forwarder.example"] = Cause.TIMEOUT
    assert judged(tmp_path, seal + received, zone)[1] == {"arc-chain-broken": "unknown"}


def test_a_message_without_headers_is_said_and_not_judged(tmp_path: Path) -> None:
    """One sentence; a file that is not there is bad input."""
    file = tmp_path / "x.eml"
    file.write_bytes(b"\r\njust text\r\n")
    sent = read_sent_message(str(file))
    facts = gather_domain(FakeZone(HEALTHY), DomainRequest(domain="example.com"))
    assert "no headers" in str(notes_on(sent, (), facts)[0])
    with pytest.raises(BadInput):
        read_sent_message(str(tmp_path / "nowhere.eml"))


@pytest.fixture(scope="module")
def by_opendkim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[bytes, str]]:
    """The message as a real opendkim signs it, and the record that belongs to its key."""
    folder = tmp_path_factory.mktemp("opendkim")
    genkey, opendkim = needs("opendkim-genkey"), needs("opendkim")
    subprocess.run([genkey, "-b", "2048", "-s", "s9", "-d", "example.com", "-D", str(folder)], check=True)
    (folder / "s9.private").chmod(0o600)
    (folder / "m.eml").write_bytes(MESSAGE)
    config = folder / "opendkim.conf"
    config.write_text(
        f"Domain example.com\nSelector s9\nKeyFile {folder}/s9.private\nSyslog no\nInternalHosts 127.0.0.0/8\n"
        "Mode s\nRequireSafeKeys no\nCanonicalization relaxed/simple\n"
    )
    done = subprocess.run([opendkim, "-x", str(config), "-t", str(folder / "m.eml")], capture_output=True, check=True)
    header = done.stdout[done.stdout.index(b"DKIM-Signature") :].strip().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    record = "".join((folder / "s9.txt").read_text().split('"')[1::2])
    yield header + b"\r\n" + MESSAGE, record


@pytest.mark.real_server
def test_a_signature_of_opendkim_verifies(tmp_path: Path, by_opendkim: tuple[bytes, str]) -> None:
    """And breaks when the body changes."""
    raw, record = by_opendkim
    facts, _ = judged(tmp_path, raw, zone_with(record))
    assert facts.message is not None
    assert facts.message.dkim_passes is True
    changed, found = judged(tmp_path, raw.replace(b"our offer", b"no offer"), zone_with(record))
    assert changed.message is not None
    assert found["dkim-signature-broken"] == "fail"
