"""The signed messages and keys of dkimpy's own tests through our reading of a sent message."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reputation.gather.domain import DomainRequest, gather_domain
from reputation.gather.message import read_sent_message, with_message
from reputation.records.dkim_key import parse_dkim_key
from tests.fakes import FakeZone
from tests.sources import source

SHA256 = "b5f60fb47bbf5d8d762f134bcea0c388eba6b498342a682a21f1686545094b77"
DOMAIN = "football.example.com"
# RFC 8463 appendix A.2
BRISBANE = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
GOOD = {"rfc6376.signed.rsa.msg", "rfc6376.signed.msg"}
UNUSABLE_KEYS = ("badk.txt", "badversion.txt")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the files."""
    folder = tmp_path_factory.mktemp("dkimpy")
    shutil.unpack_archive(source("dkimpy", "1.1.8", SHA256), folder)
    return folder / "dkimpy-1.1.8" / "dkim" / "tests" / "data"


def verdicts(data: Path, message: str, key: str = "test.txt") -> dict[str, str]:
    """By selector, with `key` published for "test" and the key of the RFC for "brisbane"."""
    text = (data / key).read_text().strip()
    keys = {"test._domainkey.football.example.com": text, "brisbane._domainkey.football.example.com": BRISBANE}
    keys["test._domainkey.legitimate.com(.attacker.com"] = text
    zone = FakeZone({name: {"TXT": [record]} for name, record in keys.items()})
    sent = read_sent_message(str(data / message))
    facts = with_message(gather_domain(zone, DomainRequest(domain=DOMAIN)), sent, zone, now=1_800_000_000)
    assert facts.message is not None
    return {one.selector: one.verdict for one in facts.message.signatures}


@pytest.mark.parametrize("message", sorted(GOOD))
def test_signed_messages_of_the_rfc_verify(data: Path, message: str) -> None:
    """RSA passes; Ed25519 too, or stays unknown where the library for it is missing: it never fails."""
    found = verdicts(data, message)
    assert found.pop("test") == "pass"
    assert set(found.values()) <= {"pass", "unknown"}


def test_a_header_taken_out_of_the_signature_breaks_it(data: Path) -> None:
    """The same message whose signature lost its t=."""
    assert verdicts(data, "rfc6376.signed.no_t.msg") == {"test": "fail"}


@pytest.mark.parametrize("key", UNUSABLE_KEYS)
def test_a_key_that_is_none_verifies_nothing(data: Path, key: str) -> None:
    """A wrong k= and a wrong v=, which our parser names as well."""
    assert verdicts(data, "rfc6376.signed.rsa.msg", key) == {"test": "fail"}
    assert parse_dkim_key((data / key).read_text().strip()).problem is not None


def test_a_key_for_another_service_verifies_no_mail(data: Path) -> None:
    """s=tlsrpt is for reports on encryption alone (RFC 8460 section 3)."""
    assert verdicts(data, "rfc6376.signed.rsa.msg", "test_tlsrpt.txt") == {"test": "fail"}


def test_a_signing_domain_with_half_a_comment_in_it_fails(data: Path) -> None:
    """d=legitimate.com(.attacker.com is no domain, although DNS could hold a key there."""
    assert verdicts(data, "test.message.baddomain") == {"test": "fail"}


def test_every_file_is_read(data: Path) -> None:
    """Odd charsets, no From, headers in excess: a verdict for each signature, never an exception."""
    for path in sorted([*data.glob("*.msg"), *data.glob("*.message*"), *data.glob("*.mbox")]):
        assert set(verdicts(data, path.name).values()) <= {"pass", "fail", "unknown"}, path.name
