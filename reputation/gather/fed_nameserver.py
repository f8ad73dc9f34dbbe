"""A name server without a network: it knows the answers that a run has gathered, and fails for every other question.

Libraries that insist on asking DNS themselves are given this one, so that nothing leaves to the system's resolver.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dns.message
import dns.name
import dns.nameserver
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.TXT

from reputation.model import Absent, Found
from reputation.records.answer import Answer, MailExchange, Question, RecordData
from reputation.records.dns_name import normal
from reputation.records.spf_evaluate import Answers

_RETIRED = ("SPF",)  # type 99, gone since RFC 7208; nobody's receiver asks for it
_TTL = 60
_PIECE = 255  # longest string of a TXT record


class FedNameserver(dns.nameserver.Nameserver):
    """Answers from `answers`; `missed` are the questions that it could not answer."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.missed: list[Question] = []

    def __str__(self) -> str:
        return "answers of this run"

    def kind(self) -> str:
        """The name that the library shows in its messages."""
        return "memory"

    def is_always_max_size(self) -> bool:
        """There is no packet that could be too small."""
        return True

    def answer_nameserver(self) -> str:
        """The library wants an address; there is none."""
        return "memory"

    def answer_port(self) -> int:
        """Nor a port."""
        return 0

    def query(self, request: dns.message.QueryMessage, *_: Any, **__: Any) -> dns.message.Message:
        """The response to one question; SERVFAIL for what was not gathered or stayed unknown."""
        asked = request.question[0]
        question = Question(normal(asked.name.to_text()), dns.rdatatype.to_text(asked.rdtype))
        response = dns.message.make_response(request)
        observed = Absent() if question.rdtype in _RETIRED else self._answers.get(question)
        if isinstance(observed, Found):
            _fill(response, asked.name, question.rdtype, observed.value)
        elif isinstance(observed, Absent):
            response.set_rcode(dns.rcode.NXDOMAIN if observed.nxdomain else dns.rcode.NOERROR)
        else:
            self.missed.append(question)
            response.set_rcode(dns.rcode.SERVFAIL)
        return response

    async def async_query(self, request: dns.message.QueryMessage, *_: Any, **__: Any) -> dns.message.Message:
        """The same for asynchronous callers."""
        return self.query(request)


def _fill(response: dns.message.Message, name: dns.name.Name, rdtype: str, answer: Answer) -> None:
    kind = dns.rdatatype.from_text(rdtype)
    rrset = response.find_rrset(response.answer, name, dns.rdataclass.IN, kind, create=True)
    for rdata in _rdatas(kind, answer):
        rrset.add(rdata, _TTL)


def _rdatas(kind: dns.rdatatype.RdataType, answer: Answer) -> Iterator[dns.rdata.Rdata]:
    for record in answer.records:
        if isinstance(record, bytes):
            pieces = [record[at : at + _PIECE] for at in range(0, len(record), _PIECE)] or [b""]
            yield dns.rdtypes.ANY.TXT.TXT(dns.rdataclass.IN, kind, pieces)
        else:
            yield dns.rdata.from_text(dns.rdataclass.IN, kind, _presented(kind, record))


def _presented(kind: dns.rdatatype.RdataType, record: RecordData) -> str:
    if isinstance(record, MailExchange):
        return f"{record.preference} {record.host.rstrip('.')}."
    text = str(record)
    names = (dns.rdatatype.CNAME, dns.rdatatype.PTR, dns.rdatatype.NS)
    return f"{text.rstrip('.')}." if kind in names else text
