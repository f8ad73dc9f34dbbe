"""Mutated SPF, DMARC and DKIM records: no exception but our own, and nothing that takes long."""

from __future__ import annotations

import random
from collections.abc import Iterator

from reputation.records.dkim_key import looks_like_key, parse_dkim_key
from reputation.records.dmarc import almost_dmarc, dmarc_records, parse_dmarc, policy_of, tree_walk_names
from reputation.records.dmarc_suggestion import stricter, without_removed_tags
from reputation.records.spf import SpfSyntaxError, parse_spf, spf_records
from reputation.records.spf_suggestion import merged, with_address, with_final

COUNT = 5000
SEED = 20261124
ALPHABET = "abz019 ;=:/%{}.-_+~?!@,\t\r\n\x00\x1b\x7f\x85\xa0\xff\"'\\"
SPF = (
    "v=spf1 +a:%{ir}.%{v}._spf.%{d2}/24//64 mx ip4:203.0.113.0/24 ip6:2001:db8::/32 include:x.example "
    "exp=%{s}.x.example -all"
)
DMARC = (
    "v=DMARC1; p=reject; sp=none; np=quarantine; adkim=s; rua=mailto:a@example.com!10m,mailto:b@c.example; t=y; pct=1"
)
KEY = "v=DKIM1; k=rsa; h=sha256; t=y:s; s=email; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC3CKt8Vupt2X1Abop8oRAJCGEVidcH"


def mutations(text: str) -> Iterator[str]:
    """The same texts in every run: characters replaced, cut out, doubled, pieces swapped."""
    source = random.Random(SEED)
    for _ in range(COUNT):
        letters = list(text)
        for _ in range(source.randint(1, 6)):
            at = source.randrange(len(letters) or 1)
            kind = source.randrange(4)
            if kind == 0:
                letters[at : at + 1] = source.choice(ALPHABET)
            elif kind == 1:
                del letters[at : at + source.randint(1, 9)]
            elif kind == 2:
                letters[at:at] = letters[at : at + source.randint(1, 40)]
            else:
                letters = letters[at:] + letters[:at]
        yield "".join(letters)


def test_mutated_spf_records() -> None:
    """A record or SpfSyntaxError; whatever is suggested from a readable record is readable too."""
    readable = 0
    for text in mutations(SPF):
        spf_records([text.encode("latin-1")])
        try:
            record = parse_spf(text)
        except SpfSyntaxError as error:
            assert error.column >= 1, f"seed {SEED}"
            continue
        readable += 1
        if text.startswith("v=spf1 "):
            for suggestion in (with_address(record, "203.0.113.9"), with_final(record, "~all"), merged([record])):
                parse_spf(suggestion)
    assert readable


def test_mutated_dmarc_records() -> None:
    """Always a record, never an exception; the next step is always one that receivers apply."""
    for text in mutations(DMARC):
        raw = text.encode("latin-1")
        record = parse_dmarc(text)
        policy_of("example.com", {"example.com": record}, "example.com")
        almost_dmarc([raw])
        if dmarc_records([raw]):
            without_removed_tags(text)
            assert parse_dmarc(stricter(record)).policy_given, f"seed {SEED}: {text!r}"


def test_mutated_dkim_keys() -> None:
    """Always a key, with a problem where there is one."""
    for text in mutations(KEY):
        looks_like_key(text)
        key = parse_dkim_key(text)
        assert key.bits == 0 or key.problem is None or "v=DKIM1" in str(key.problem), f"seed {SEED}: {text!r}"


def test_names_of_any_kind_walk() -> None:
    """At most eight names, whatever the domain."""
    assert all(len(tree_walk_names(name)) <= 8 for name in ("a", "a.b", ".".join("abcdefghijklmnopqrstuvwxyz")))
