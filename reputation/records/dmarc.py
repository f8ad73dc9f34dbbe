"""DMARC records by RFC 9989: the tags, what a fault in them does, and the tree walk that finds the policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from reputation.model import Found, Observed, Unknown
from reputation.records.dns_name import normal
from reputation.records.tags import TagList, parse_tags, without_blanks

POLICIES: Final = ("none", "quarantine", "reject")
REMOVED_TAGS: Final = ("pct", "rf", "ri")  # RFC 9989 appendix: gone since RFC 7489
_VERSION: Final = re.compile(r"v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)")
_LOOKS_LIKE: Final = re.compile(r"\s*[\"']?\s*v\s*=\s*dmarc", re.IGNORECASE)
_REPORT_URI: Final = re.compile(
    r"mailto:([^\s,;!@]+@([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+))(?:![0-9]+[kmgt]?)?", re.IGNORECASE
)
_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "p": POLICIES,
    "sp": POLICIES,
    "np": POLICIES,
    "adkim": ("r", "s"),
    "aspf": ("r", "s"),
    "psd": ("y", "n", "u"),
    "t": ("y", "n"),
}
_KNOWN: Final = frozenset({"v", "fo", "rua", "ruf", *_VALUES})
_MOST_LABELS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DmarcRecord:
    """A record whose version fits. `policy` is what receivers apply; "" when the record must be ignored.

    `faults` are (tag, value) pairs that mean nothing and are ignored; `removed` names the tags that RFC 9989 dropped;
    `unknown` those it never had. `report_addresses` and `failure_addresses` are (address, domain).
    """

    text: str
    policy: str
    subdomain_policy: str = ""
    missing_policy: str = ""  # np: for names that do not exist
    strict_dkim: bool = False
    strict_spf: bool = False
    testing: bool = False
    psd: str = "u"
    report_addresses: tuple[tuple[str, str], ...] = ()
    failure_addresses: tuple[tuple[str, str], ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    policy_given: bool = True
    tags: TagList = field(default_factory=lambda: TagList(()))


def dmarc_records(texts: Iterable[bytes]) -> tuple[str, ...]:
    """Those TXT records that begin with the version tag exactly as section 4.7 wants it."""
    return tuple(text for text in (raw.decode("latin-1") for raw in texts) if _VERSION.match(text))


def almost_dmarc(texts: Iterable[bytes]) -> tuple[str, ...]:
    """TXT records that were meant to be DMARC but do not begin as they must, so that receivers ignore them."""
    decoded = [raw.decode("latin-1") for raw in texts]
    return tuple(text for text in decoded if _LOOKS_LIKE.match(text) and not _VERSION.match(text))


def parse_dmarc(text: str) -> DmarcRecord:
    """The typed record. Never raises: a fault makes its tag count as absent, as section 4.7 has it."""
    tags = parse_tags(text)
    faults = [(piece, "") for piece in tags.faults]
    values: dict[str, str] = {}
    for name, value in tags.tags:
        if name in _VALUES and value.lower() not in _VALUES[name]:
            faults.append((name, value))
        elif name in _VALUES:
            values[name] = value.lower()
    reports, bad_reports = _addresses(tags.get("rua"))
    failures, bad_failures = _addresses(tags.get("ruf"))
    faults += [("rua", uri) for uri in bad_reports] + [("ruf", uri) for uri in bad_failures]
    spoilt = any(name in ("p", "sp", "np") for name, _ in faults)
    policy = "" if "p" not in values or spoilt else values["p"]
    return DmarcRecord(
        text=text,
        policy=policy or ("none" if reports else ""),
        subdomain_policy=values.get("sp", ""),
        missing_policy=values.get("np", ""),
        strict_dkim=values.get("adkim") == "s",
        strict_spf=values.get("aspf") == "s",
        testing=values.get("t") == "y",
        psd=values.get("psd", "u"),
        report_addresses=reports,
        failure_addresses=failures,
        faults=tuple(faults),
        removed=tuple(name for name, _ in tags.tags if name in REMOVED_TAGS),
        unknown=tuple(name for name, _ in tags.tags if name not in _KNOWN and name not in REMOVED_TAGS),
        policy_given=bool(policy),
        tags=tags,
    )


def _addresses(value: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """(address, its domain) of each mailto URI, and the URIs that cannot be used."""
    good, bad = [], []
    for uri in filter(None, (without_blanks(piece) for piece in value.split(","))):
        match = _REPORT_URI.fullmatch(uri)
        if match:
            good.append((match[1], normal(match[2])))
        else:
            bad.append(uri)
    return tuple(good), tuple(bad)


def tree_walk_names(domain: str) -> tuple[str, ...]:
    """The domains whose _dmarc name is asked, in the order of the walk: at most eight (section 4.10)."""
    labels = normal(domain).split(".")
    names = [".".join(labels)]
    rest = labels[1:] if len(labels) < _MOST_LABELS else labels[-(_MOST_LABELS - 1) :]
    names += [".".join(rest[at:]) for at in range(len(rest))]
    return tuple(names)


@dataclass(frozen=True, slots=True, kw_only=True)
class DmarcPolicy:
    """What the walk found: the record that applies, the domain that publishes it, and the organizational domain.

    `applied` is the policy for mail from the author domain: p of its own record, else sp of the record above.
    """

    record: DmarcRecord
    published_at: str
    organizational_domain: str
    applied: str


def walk(
    domain: str, found: Mapping[str, Observed[tuple[str, ...]]]
) -> tuple[dict[str, DmarcRecord], str, Unknown | None]:
    """The valid record at each name of the walk, the organizational domain, and the first answer that is unknown.

    `found` holds the DMARC records at each name of `tree_walk_names(domain)`. Several at one name count as none. The
    walk ends at the first unknown answer when nothing above it can be trusted.
    """
    records: dict[str, DmarcRecord] = {}
    unknown: Unknown | None = None
    for name in tree_walk_names(domain):
        observed = found[name]
        if isinstance(observed, Unknown):
            unknown = unknown or observed
            continue
        if not isinstance(observed, Found) or len(observed.value) != 1:
            continue
        records[name] = parse_dmarc(observed.value[0])
        if records[name].psd in ("n", "y"):
            break
    return records, organizational_domain(domain, records), unknown


def organizational_domain(domain: str, records: Mapping[str, DmarcRecord]) -> str:
    """Section 4.10.2: psd=n names it, psd=y stands one label above it, else the valid record with the fewest labels."""
    start = normal(domain)
    for name in tree_walk_names(start):
        record = records.get(name)
        if record is not None and record.psd == "n":
            return name
        if record is not None and record.psd == "y" and name != start:
            labels = start.split(".")
            return ".".join(labels[-(name.count(".") + 2) :])
    return min(records, key=lambda name: name.count("."), default=start)


def policy_of(domain: str, records: Mapping[str, DmarcRecord], organizational: str) -> DmarcPolicy | None:
    """Section 4.10.1: the author domain's own record, else the organizational domain's, else the public suffix's."""
    start = normal(domain)
    ranked = [start, organizational, *(name for name, record in records.items() if record.psd == "y")]
    for name in ranked:
        record = records.get(name)
        if record is not None and record.policy:
            applied = record.policy if name == start else record.subdomain_policy or record.policy
            return DmarcPolicy(record=record, published_at=name, organizational_domain=organizational, applied=applied)
    return None
