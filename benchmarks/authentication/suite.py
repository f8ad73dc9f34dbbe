"""The public test suite of RFC 7208: our score, and what checkdmarc says of the same zones.

checkdmarc evaluates no sender, it calls a record valid or not. So it is held to less: a domain whose record every
receiver must refuse (permerror) has to be called invalid, and one whose record gives a verdict has to be called valid.
"""

from __future__ import annotations

from typing import Any

from table import Table

from reputation.gather.fed_nameserver import FedNameserver
from reputation.model import Observed
from reputation.records.answer import Answer, Question
from tests.spf_suite import CASES, Zone, answer, as_zone, is_right, outcome, scenarios

VERDICTS = ("pass", "fail", "softfail", "neutral")


class _Answers(dict[Question, "Observed[Answer]"]):
    """The suite's zone, looked up when it is asked."""

    def __init__(self, zone: Zone) -> None:
        super().__init__()
        self._zone = zone

    def get(self, question: Question, _: Any = None) -> Any:
        return answer(self._zone, question)


def measure(table: Table) -> None:
    """203 of 203 for us; the other's score is shown."""
    right, faults, verdicts = 0, [0, 0], [0, 0]
    for scenario in scenarios():
        zone = as_zone(scenario["zonedata"])
        for case in scenario["tests"].values():
            right += is_right(case, outcome(case, zone))
            wanted = case["result"]
            if wanted == "permerror":
                faults = [faults[0] + (_called_valid(case, zone) is False), faults[1] + 1]
            elif wanted in VERDICTS:
                verdicts = [verdicts[0] + (_called_valid(case, zone) is True), verdicts[1] + 1]
    table.line(f"RFC 7208 suite, right of {CASES}", [float(right)], "", least=CASES)
    table.line(f"checkdmarc: permanent errors called invalid, of {faults[1]}", [float(faults[0])], "")
    table.line(f"checkdmarc: records with a verdict called valid, of {verdicts[1]}", [float(verdicts[0])], "")


def _called_valid(case: dict[str, Any], zone: Zone) -> bool | None:
    """None when it ends in an exception."""
    import checkdmarc.spf
    import checkdmarc.utils

    checkdmarc.utils.DNS_CACHE.clear()
    domain = case["mailfrom"].rpartition("@")[2] or case["helo"]
    server = FedNameserver(_Answers(zone))
    try:
        return bool(checkdmarc.spf.check_spf(domain, nameservers=[server], timeout=2.0)["valid"])
    except Exception:
        return None
