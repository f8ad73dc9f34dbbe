"""The whole run: what is asked about, in which role, and that nothing unknown turns into good or bad."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reputation.gather.drafts import from_bytes
from reputation.gather.listings import ListingOptions
from reputation.gather.offline import OfflineLookup
from reputation.model import Area, Cause, Outcome, Report, Run, Severity, Verdict
from reputation.policy import built_in
from reputation.records.dnsxl import Blocklist, Code, Kind
from reputation.run import MAX_LINK_HOSTS, Means, Request, examine, report
from tests.fakes import FakeZone

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
IPS = Blocklist(
    zone="ip.bl.example", name="IP list", operator="Example", kinds=frozenset({Kind.IP4}), severity=Severity.CRITICAL,
    test_listed=("127.0.0.2",), test_unlisted=("127.0.0.1",), codes=(Code("127.0.0.2", "spam source"),),
)  # fmt: skip
NAMES = Blocklist(
    zone="name.bl.example", name="Name list", operator="Example", kinds=frozenset({Kind.DOMAIN, Kind.URL_HOST}),
    severity=Severity.MAJOR, full_name=True, codes=(Code("127.0.0.2", "spam domain"),),
)  # fmt: skip
WORLD: dict[str, Any] = {
    "sender.example": {"TXT": ["v=spf1 ip4:203.0.113.5 -all"], "MX": ["10 mail.sender.example"]},
    "_dmarc.sender.example": {"TXT": ["v=DMARC1; p=reject; rua=mailto:d@sender.example"]},
    "mail.sender.example": {"A": ["203.0.113.5"]},
    "5.113.0.203.in-addr.arpa": {"PTR": ["mail.sender.example"]},
    "2.0.0.127.ip.bl.example": {"A": ["127.0.0.2"]},
}
DRAFT = b"""From: A <a@sender.example>
Subject: hello
DKIM-Signature: v=1; a=rsa-sha256; d=sender.example; s=draft1; b=AAAA

See https://shop.partner.example/x and https://203.0.113.77/y and http://10.0.0.1/z
"""


def checked(request: Request, zone: FakeZone | OfflineLookup) -> Report:
    """The report on `request` in the world of `zone`."""
    means = Means(lookup=zone, lists=(IPS, NAMES), listing=ListingOptions(now=NOW, probe="probe"), policy=built_in())
    return report(request, examine(request, means), means.policy, Run(id="1", started_at="2026-11-24T12:00:00Z"))


def draft(raw: bytes = DRAFT) -> Any:
    """A draft as the command line would read it."""
    return from_bytes("mail.eml", raw, ".eml")


def listed(found: Report) -> dict[tuple[str, str], str]:
    """(zone, target) -> outcome of the blocklist part."""
    rows = [r for r in found.results if r.area is Area.LISTING]
    return {(str(r.details["zone"]), r.target): r.outcome.value for r in rows}


def test_without_an_address_those_of_spf_are_asked_about() -> None:
    """And the report says so."""
    found = checked(Request(domains=("sender.example",)), FakeZone(WORLD))
    assert listed(found)["ip.bl.example", "203.0.113.5"] == "pass"
    assert any("SPF" in str(note) for note in found.notes)


def test_a_given_address_is_asked_about_instead() -> None:
    """What the user names outranks SPF, and nothing is noted."""
    found = checked(Request(domains=("sender.example",), ips=("203.0.113.9",)), FakeZone(WORLD))
    assert ("ip.bl.example", "203.0.113.9") in listed(found)
    assert ("ip.bl.example", "203.0.113.5") not in listed(found)


def test_an_address_alone_has_no_authentication() -> None:
    """No domain, no SPF: the part is left out and not called missing."""
    found = checked(Request(ips=("203.0.113.9",)), FakeZone(WORLD))
    assert {r.area for r in found.results} == {Area.LISTING} and found.score.total is not None


def test_a_draft_brings_its_own_questions() -> None:
    """Its From, its link hosts and its selector; private addresses in links are never asked about."""
    zone = FakeZone(WORLD)
    found = checked(Request(domains=("other.example",), drafts=(draft(),)), zone)
    asked = {question.name for question in zone.asked}
    assert "sender.example.name.bl.example" in asked
    assert "shop.partner.example.name.bl.example" in asked
    assert not any(name.startswith("1.0.0.10.") for name in asked)
    assert Area.CONTENT in {r.area for r in found.results}


ODD_LINKS = """From: A <a@sender.example>
Subject: hello

See https://例子.example/ http://999.1.1.1/ http://1.2.3/ http://[::ffff:10.0.0.1]/ http://[::ffff:198.51.100.7]/ http://a..b.example/
http://[zz.]/ https://x_y.example/ http://localhost/
""".encode()


def test_link_hosts_are_asked_as_dns_knows_them_and_odd_ones_break_nothing() -> None:
    """A-labels and folded addresses; what can be no host of the Internet is not asked."""
    zone = FakeZone(WORLD)
    found = checked(Request(domains=("sender.example",), drafts=(draft(ODD_LINKS),)), zone)
    targets = {target for name, target in listed(found) if name == NAMES.zone}
    assert {"xn--fsqu00a.example", "x_y.example"} <= targets
    assert not targets & {"999.1.1.1", "1.2.3", "localhost", "a..b.example", "10.0.0.1"}
    assert all(question.name.isascii() for question in zone.asked)


def test_a_draft_without_a_sender_is_checked_all_the_same() -> None:
    """Its content, and the hosts of its links."""
    found = checked(Request(drafts=(draft(b"Subject: x\n\nhttps://shop.partner.example/\n"),)), FakeZone(WORLD))
    assert ("name.bl.example", "shop.partner.example") in listed(found)
    assert {result.area for result in found.results} >= {Area.CONTENT, Area.LISTING}


def test_the_selector_of_the_draft_is_used_for_its_own_domain_only() -> None:
    """d=sender.example says nothing about another domain."""
    zone = FakeZone(WORLD)
    checked(Request(domains=("sender.example", "other.example"), drafts=(draft(),)), zone)
    asked = {question.name for question in zone.asked}
    assert "draft1._domainkey.sender.example" in asked and "draft1._domainkey.other.example" not in asked


def test_thousands_of_links_do_not_become_thousands_of_questions() -> None:
    """A bound, and it is said."""
    raw = b"From: a@sender.example\nSubject: x\n\n" + b" ".join(b"https://h%d.example/" % n for n in range(500))
    zone = FakeZone(WORLD)
    found = checked(Request(domains=("sender.example",), drafts=(draft(raw),)), zone)
    assert sum(name.startswith("h") for name, *_ in zone.asked) <= MAX_LINK_HOSTS
    assert any(str(MAX_LINK_HOSTS) in str(note) for note in found.notes)


def test_an_address_of_two_domains_is_judged_once_for_what_is_its_own() -> None:
    """Its reverse name has nothing to do with the domain; SPF has."""
    found = checked(Request(domains=("sender.example", "other.example"), ips=("203.0.113.5",)), FakeZone(WORLD))
    assert [r.check for r in found.results].count("ptr-missing") == 1


def test_one_name_in_two_roles_is_asked_once() -> None:
    """The domain that is also a link host."""
    raw = b"From: a@sender.example\nSubject: x\n\nhttps://sender.example/ http://sender.example/b"
    zone = FakeZone(WORLD)
    found = checked(Request(domains=("sender.example",), drafts=(draft(raw),)), zone)
    targets = [r.target for r in found.results if r.details.get("zone") == "name.bl.example"]
    assert targets.count("sender.example") == 1


@pytest.mark.parametrize("cause", [Cause.TIMEOUT, Cause.SERVFAIL, Cause.REFUSED])
def test_a_dead_network_is_unknown_and_never_good_or_missing(cause: Cause) -> None:
    """Nothing passes, nothing fails, there is no score."""
    names = [*WORLD, "sender.example", "_dmarc.sender.example", "_domainkey.sender.example"]
    found = checked(
        Request(domains=("sender.example",), ips=("203.0.113.5",)), DeadZone(dict.fromkeys(names, cause), cause)
    )
    assert {r.outcome for r in found.results} <= {Outcome.UNKNOWN, Outcome.SKIPPED}
    assert found.score.total is None and found.verdict is Verdict.UNDECIDED


class DeadZone(FakeZone):
    """A zone in which every name fails alike."""

    def __init__(self, zone: Mapping[str, Any], cause: Cause) -> None:
        super().__init__(zone)
        self._cause = cause

    def _ask(self, name: str, question: Any, depth: int) -> Any:
        self._zone.setdefault(name, self._cause)
        return super()._ask(name, question, depth)


def test_offline_asks_nothing_and_still_reads_the_draft() -> None:
    """Content is judged; the rest is unknown because the user wanted it so."""
    found = checked(Request(domains=("sender.example",), drafts=(draft(),)), OfflineLookup())
    causes = {r.cause for r in found.results if r.outcome is Outcome.UNKNOWN}
    assert causes == {Cause.OFFLINE}
    assert any(r.area is Area.CONTENT and r.outcome is not Outcome.UNKNOWN for r in found.results)


def test_a_listing_on_a_critical_list_stops() -> None:
    """Whatever else is in order."""
    world = {**WORLD, "5.113.0.203.ip.bl.example": {"A": ["127.0.0.2"], "TXT": ["seen in a trap"]}}
    found = checked(Request(domains=("sender.example",), ips=("203.0.113.5",)), FakeZone(world))
    assert found.verdict is Verdict.STOP and found.score.total is not None and found.score.total.high <= 20
    assert found.fixes[0].check == "blocklist-listing"


def test_the_subject_of_the_report_is_what_was_asked_for(tmp_path: Path) -> None:
    """Domains, addresses and files by the names that the user gave."""
    request = Request(
        domains=("xn--fsqu00a.example",), ips=("203.0.113.5",), drafts=(draft(),),
        display={"xn--fsqu00a.example": "例子.example"},
    )  # fmt: skip
    found = checked(request, FakeZone(WORLD)).subject
    assert (found.domains, found.ips, found.drafts) == (("xn--fsqu00a.example",), ("203.0.113.5",), ("mail.eml",))
    assert found.display == {"xn--fsqu00a.example": "例子.example"}
