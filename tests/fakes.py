"""A zone for tests: tells NXDOMAIN from NODATA, injects each failure, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, MailExchange, Question, RecordData


class FakeZone:
    """A Lookup over a table: {"example.com": {"TXT": ["v=spf1 -all"], "MX": ["10 mx.example.com"]}}.

    A Cause in place of a list makes that question Unknown; a Cause in place of a name's table makes all of them so.
    CNAMEs are followed (up to 8), wildcards ("*.example.com") fit as in RFC 4592. TXT values may be str or bytes.
    """

    resolvers = ("fake:53",)

    def __init__(self, zone: Mapping[str, Mapping[str, Sequence[str | bytes] | Cause] | Cause]) -> None:
        self._zone = {name.lower().rstrip("."): value for name, value in zone.items()}
        self.asked: list[Question] = []
        self.paces: list[dict[str, float]] = []

    def ask_many(
        self, questions: Sequence[Question], pace: Mapping[str, float] | None = None
    ) -> list[Observed[Answer]]:
        self.paces.append(dict(pace or {}))
        self.asked.extend(questions)
        return [self._ask(question.name.lower().rstrip("."), question, 0) for question in questions]

    def _ask(self, name: str, question: Question, depth: int) -> Observed[Answer]:
        table = self._zone.get(name) or self._zone.get(self._wildcard(name))
        if isinstance(table, Cause):
            return Unknown(table, question.source)
        if table is None:
            return Absent(question.source, nxdomain=not self._exists(name))
        if question.rdtype not in table and "CNAME" in table and not isinstance(table["CNAME"], Cause):
            if depth >= 8:
                return Unknown(Cause.SERVFAIL, question.source)
            return self._ask(str(table["CNAME"][0]).lower().rstrip("."), question, depth + 1)
        values = table.get(question.rdtype)
        if isinstance(values, Cause):
            return Unknown(values, question.source)
        if not values:
            return Absent(question.source)
        return Found(Answer(tuple(_record(question.rdtype, v) for v in values), name, 300), question.source)

    def _exists(self, name: str) -> bool:
        return name in self._zone or any(other.endswith("." + name) for other in self._zone)

    def _wildcard(self, name: str) -> str:
        """RFC 4592: the wildcard below the closest name that exists, for a name that does not."""
        above = name
        while above and not self._exists(above):
            above = above.partition(".")[2]
        return "" if above == name else f"*.{above}"


def _record(rdtype: str, value: str | bytes) -> RecordData:
    if rdtype == "TXT":
        return value if isinstance(value, bytes) else value.encode()
    text = value if isinstance(value, str) else value.decode()
    if rdtype == "MX":
        preference, host = text.split()
        return MailExchange(int(preference), host.rstrip(".").lower())
    return text if rdtype not in ("CNAME", "PTR", "NS") else text.rstrip(".").lower()
