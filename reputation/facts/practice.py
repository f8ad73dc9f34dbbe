"""Good practice that no receiver demands: MTA-STS, TLS-RPT, BIMI, DNSSEC and DANE of one domain."""

from __future__ import annotations

from dataclasses import dataclass

from reputation.model import Observed
from reputation.records.mta_sts import StsPolicy
from reputation.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StsFacts:
    """MTA-STS: `records` as published; `policy` from the file, or `problem`, why the file is of no use."""

    records: tuple[str, ...]
    policy: Observed[StsPolicy]
    problem: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BimiFacts:
    """BIMI: `records` as published; `logo` what is wrong with the picture, Absent when none was to be fetched."""

    records: tuple[str, ...]
    logo: Observed[tuple[Text, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFacts:
    """What was observed. `signed` is Found when the resolver proved the answers.

    `hosts` are the mail hosts, Absent when there are none, Unknown when nobody knows which.
    `tlsa` are (host, whether its TLSA records came with proof) for each mail host that has some.
    """

    hosts: Observed[tuple[str, ...]]
    sts: Observed[StsFacts]
    tls_reports: Observed[tuple[str, ...]]
    bimi: Observed[BimiFacts]
    signed: Observed[bool]
    tlsa: Observed[tuple[tuple[str, bool], ...]]
