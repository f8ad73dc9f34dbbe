"""The public test suite of RFC 7208 and its zones, for the tests and for the benchmark.

It is part of the source distribution of pyspf, under its own licence, and is therefore fetched and not copied.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import yaml

from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, MailExchange, Question
from reputation.records.spf_evaluate import NeedsMore, SpfClient, SpfOutcome, evaluate
from tests.sources import source

SUITE = "pyspf-2.0.14/test/rfc7208-tests.yml"
SHA256 = "57a7ef01bda090173aafb6af0106251686ed73f03db4e911fcd34c57fc347186"
CASES = 203
Zone = dict[str, list[Any]]


def scenarios() -> Iterator[dict[str, Any]]:
    """Each with its zone and its tests."""
    with tarfile.open(source("pyspf", "2.0.14", SHA256)) as packed:
        member = packed.extractfile(SUITE)
        assert member
        yield from yaml.safe_load_all(member.read())


def _values(records: list[Any], rdtype: str) -> list[Any] | None:
    """The values of one type; None where the suite lets the question time out."""
    found = [record[rdtype] for record in records if isinstance(record, dict) and rdtype in record]
    given = [value for value in found if value not in ("NONE", "TIMEOUT")]
    return None if "TIMEOUT" in found or ("TIMEOUT" in records and not given) else given


def answer(zone: Zone, question: Question) -> Observed[Answer]:
    """The suite's zone; its SPF records stand for TXT where no TXT is given."""
    records = zone.get(question.name)
    if records is None:
        return Absent(question.source, nxdomain=True)
    has_txt = any(isinstance(record, dict) and "TXT" in record for record in records)
    wanted = "SPF" if question.rdtype == "TXT" and not has_txt else question.rdtype
    values = _values(records, wanted)
    if values is None:
        return Unknown(Cause.TIMEOUT, question.source)
    aliases = _values(records, "CNAME") or []
    if not values and aliases:
        return answer(zone, Question(aliases[0].lower(), question.rdtype))
    if not values:
        return Absent(question.source)
    return Found(Answer(tuple(_record(question.rdtype, value) for value in values)), question.source)


def _record(rdtype: str, value: Any) -> str | bytes | MailExchange:
    if rdtype == "MX":
        return MailExchange(value[0], value[1])
    if rdtype == "TXT":
        return ("".join(value) if isinstance(value, list) else str(value)).encode("latin-1")
    return str(value)


def outcome(case: dict[str, Any], zone: Zone) -> SpfOutcome:
    """What our evaluator makes of one case."""
    sender, helo = case["mailfrom"], case["helo"]
    client = SpfClient(
        ip=ip_address(case["host"]),
        domain=sender.rpartition("@")[2] or helo,
        sender=sender or f"postmaster@{helo}",
        helo=helo,
        receiver="receiver.example",
    )
    answers: dict[Question, Observed[Answer]] = {}
    for _ in range(100):
        ended = evaluate(client, answers)
        if not isinstance(ended, NeedsMore):
            return ended
        answers.update((question, answer(zone, question)) for question in ended.questions)
    raise AssertionError("the evaluation asks for ever")


def as_zone(data: dict[str, list[Any]]) -> Zone:
    """The names in lower case."""
    return {name.lower(): records for name, records in data.items()}


def is_right(case: dict[str, Any], ended: SpfOutcome) -> bool:
    """Result and, where the case names one, explanation."""
    wanted = case["result"] if isinstance(case["result"], list) else [case["result"]]
    explained = case.get("explanation")
    if ended.result == "fail" and explained is not None and ended.result in wanted:
        return ended.explanation == ("" if explained == "DEFAULT" else explained)
    return ended.result in wanted
