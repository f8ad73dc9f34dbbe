"""SPF records to publish, made only from what is known, and accepted by our own parser."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address

from reputation.records.providers import providers_by
from reputation.records.spf import SpfRecord


def first_record(ips: Iterable[str], mail_hosts: Iterable[str]) -> str:
    """A first record: the addresses named, the includes of the services that the MX hosts belong to, else `mx`.

    "" when there is neither an address nor a mail host to start from.
    """
    hosts = tuple(mail_hosts)
    includes = {f"include:{p.spf[0]}": None for host in hosts for p in providers_by("mx", host)[:1] if p.spf}
    terms = [*map(_address_term, ips), *includes] or (["mx"] if hosts else [])
    return " ".join(("v=spf1", *terms, "~all")) if terms else ""


def with_address(record: SpfRecord, ip: str) -> str:
    """The record with one more address, placed where it is reached before anything else decides."""
    version, _, rest = record.text.strip().partition(" ")
    return " ".join(filter(None, (version, _address_term(ip), rest.strip())))


def with_service(record: SpfRecord, domain: str) -> str:
    """The record with the include of a service."""
    version, _, rest = record.text.strip().partition(" ")
    return " ".join(filter(None, (version, f"include:{domain}", rest.strip())))


def with_final(record: SpfRecord, final: str) -> str:
    """The record with `final` (such as "~all") in place of its own `all`, or at its end."""
    terms = [term for term in record.text.split(" ") if term]
    kept = [term for term in terms if term.lower().lstrip("+-~?") != "all"]
    return " ".join((*kept, final))


def without_terms(record: SpfRecord, unwanted: Iterable[str]) -> str:
    """The record without the named terms."""
    dropped = set(unwanted)
    return " ".join(term for term in record.text.split(" ") if term and term not in dropped)


def merged(records: Iterable[SpfRecord]) -> str:
    """Several records in one: every term once, the most cautious `all` at the end."""
    every = [mechanism for record in records for mechanism in record.mechanisms]
    terms = dict.fromkeys(m.text for m in every if m.name != "all")
    finals = [m.qualifier for m in every if m.name == "all"]
    final = next((q for q in "?~-" if q in finals), "~")
    return " ".join(("v=spf1", *terms, f"{final}all"))


def _address_term(ip: str) -> str:
    return f"ip{ip_address(ip).version}:{ip}"
