"""Mutated MTA-STS, TLS-RPT, BIMI records, policies, logos, signatures, receivers' words: no exception but our own.

SPF, DMARC and DKIM keys have their own file. The seed is fixed and named in each failure.
"""

from __future__ import annotations

from reputation.records.auth_results import connecting_address, parse_authentication_results
from reputation.records.bimi import bimi_records, parse_bimi
from reputation.records.bimi_logo import logo_problems
from reputation.records.dkim_signature import parse_signature
from reputation.records.mta_sts import (
    LONGEST_AGE,
    StsSyntaxError,
    parse_sts_policy,
    parse_sts_record,
    sts_records,
    suggested_policy,
)
from reputation.records.tags import parse_tags
from reputation.records.tls_rpt import report_uris, tls_rpt_records
from tests.records.test_hostile_records import SEED, mutations

STS = "v=STSv1; id=20260101T000000"
POLICY = "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmx: *.mail.example.com\r\nmax_age: 604800\r\n"
TLS_RPT = "v=TLSRPTv1; rua=mailto:tls@example.com,https://reports.example.com/tls"
BIMI = "v=BIMI1; l=https://example.com/logo.svg; a=https://example.com/vmc.pem; avp=brand"
LOGO = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps">'
    '<title>Example</title><path d="M0 0h1v1z"/><use href="#a"/></svg>'
)
SIGNATURE = (
    "v=1; a=rsa-sha256; c=relaxed/simple; d=example.com; s=s1; t=1700000000; x=1800000000; l=120;\r\n"
    "\th=From:To:Subject:Date; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA"
)
RESULTS = "mx.example.net (v=1; (x)); spf=pass (ok) smtp.mailfrom=a@example.com; dkim=fail header.d=example.com"
RECEIVED = "from mail.example.com (mail.example.com [203.0.113.5]) by mx.example.net; from x ([IPv6:2001:db8::5])"


def test_mutated_sts_records() -> None:
    """An id of 1 to 32 letters and digits, or our own error."""
    readable = 0
    for text in mutations(STS):
        sts_records([text.encode("latin-1")])
        try:
            found = parse_sts_record(text)
        except StsSyntaxError:
            continue
        readable += 1
        assert 0 < len(found) <= 32, f"seed {SEED}: {text!r}"
    assert readable


def test_mutated_sts_policies() -> None:
    """A policy that we would suggest in the same words, or our own error."""
    readable = 0
    for text in mutations(POLICY):
        try:
            policy = parse_sts_policy(text)
        except StsSyntaxError:
            continue
        readable += 1
        assert policy.mode in ("enforce", "testing", "none"), f"seed {SEED}: {text!r}"
        assert 0 <= policy.max_age <= LONGEST_AGE, f"seed {SEED}: {text!r}"
        parse_sts_policy(suggested_policy([*policy.mx, "mx.example.com"]))
        policy.covers("mx1.example.com")
    assert readable


def test_mutated_tls_rpt_records() -> None:
    """Only destinations that can be used."""
    for text in mutations(TLS_RPT):
        tls_rpt_records([text.encode("latin-1")])
        assert all(uri.lower().startswith(("mailto:", "https://")) for uri in report_uris(text)), (
            f"seed {SEED}: {text!r}"
        )


def test_mutated_bimi_records() -> None:
    """Always a record; one without a problem names https only."""
    for text in mutations(BIMI):
        bimi_records([text.encode("latin-1")])
        record = parse_bimi(text)
        named = [uri for uri in (record.logo, record.evidence) if uri]
        usable = record.problem is None
        assert not usable or all(uri.lower().startswith("https://") for uri in named), f"seed {SEED}: {text!r}"


def test_mutated_logos() -> None:
    """Always a list of problems; what is no SVG at its root is never fine."""
    for text in mutations(LOGO):
        problems = logo_problems(text.encode("utf-8", "surrogatepass"))
        assert problems or "<svg" in text.lower(), f"seed {SEED}: {text!r}"


def test_mutated_signatures() -> None:
    """A signer and a selector that DNS can be asked for, or a problem."""
    for text in mutations(SIGNATURE):
        tags = parse_signature(text)
        assert (tags.problem is None) == bool(tags.domain and tags.selector), f"seed {SEED}: {text!r}"


def test_mutated_words_of_a_receiver() -> None:
    """Methods with results; an address or none."""
    for text in mutations(RESULTS):
        assert all(one.method and one.result for one in parse_authentication_results(text)), f"seed {SEED}: {text!r}"
    for text in mutations(RECEIVED):
        connecting_address([text])


def test_a_header_of_nothing_but_tags_is_read() -> None:
    """As many as a header can hold; the first of each name counts, the others are faults."""
    text = ";".join(f"t{number}=" for number in range(10_000))
    tags = parse_tags(f"{text};t1=x;T2=y")
    assert (len(tags.tags), tags.faults) == (10_000, ("t1=x", "T2=y"))
