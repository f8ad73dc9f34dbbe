"""What each large receiver asks of you.

Why: Each receiver has a list of its own. This puts what was seen beside it, row by row. What DNS and one message cannot
 show (complaints, volume, how fast people are unsubscribed) is never counted as met.
Bad: Gmail fails: the sending address has a host name that points back
Good: Gmail meets 5 of 12, and 7 cannot be told from outside
Fix: Repair what fails; name the sending address with --ip and give a sent message with --message to decide more rows.
Source: the page of each receiver with its date, in the details of the result (compiled 2026-11-23)
"""

from collections.abc import Iterator

from reputation.checks.authentication._needs import OverviewCheck, anything_of, value_of
from reputation.checks.authentication._receivers import Row, State, rows
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Finding, Json, Known, Observed, Severity
from reputation.records.receivers import Receiver, receivers
from reputation.text import Text, Value, say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """Everything: what is unknown becomes a row that nobody can tell."""
    return anything_of(facts)


def judge(known: Known[DomainFacts]) -> Iterator[Finding]:
    """One line a receiver. What fails is judged by its own check; this only shows at whom it matters."""
    facts = value_of(known)
    for receiver in receivers() if facts else ():
        cells = rows(receiver, facts) if facts else ()
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=_message(receiver, cells),
            evidence=(f"{receiver.source} ({receiver.seen})",),
            details={"receiver": receiver.name, "requirements": [_machine(row, receiver) for row in cells]},
        )


def _message(receiver: Receiver, cells: tuple[Row, ...]) -> Text:
    counts = {state: _names(cells, state) for state in State}
    failing, bulk = counts[State.FAILS], counts[State.ONLY_IF_BULK]
    known: dict[str, Value] = {
        "name": Text(receiver.name),
        "met": len(counts[State.MEETS]),
        "open": len(counts[State.CANNOT_TELL]),
    }
    if failing:
        return say("{name} asks for this, and it is missing: {failing}. Met: {met}; cannot be told: {open}.", failing=failing, **known)  # fmt: skip  # noqa: E501
    if bulk:
        return say("{name} asks bulk senders for this, and it is missing: {bulk}. Met: {met}; cannot be told: {open}.", bulk=bulk, **known)  # fmt: skip  # noqa: E501
    return say("{name}: nothing that can be seen is missing. Met: {met}; cannot be told: {open}.", **known)


def _names(cells: tuple[Row, ...], state: State) -> tuple[Text, ...]:
    return tuple(say(row.demand.what) for row in cells if row.state is state)


def _machine(row: Row, receiver: Receiver) -> dict[str, Json]:
    return {
        "requirement": row.demand.requirement,
        "binds": row.demand.binds,
        "state": row.state.value,
        "why": row.why,
        "source": receiver.source,
        "seen": receiver.seen,
    }


CHECK = OverviewCheck(
    id="receiver-requirements",
    area=Area.COMPLIANCE,
    severity=Severity.INFORMATIONAL,
    passed=say("No receiver is known."),
    needs=needs,
    judge=judge,
)
