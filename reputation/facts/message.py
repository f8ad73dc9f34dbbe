"""What one sent message shows of its authentication."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from reputation.model import Cause
from reputation.text import Text

Decision: TypeAlias = "bool | str"  # yes, no, or why nobody can tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One DKIM-Signature. `verdict` is pass, fail or unknown; `problem` says why it fails, `cause` why it is unknown.

    `covered` are the signed header names; `body_length` is l=, None when the whole body is signed. `expired`: it had
    when the message was taken, and fails for that; `aligned` by the DMARC policy of the From domain.
    """

    domain: str
    selector: str
    verdict: str
    problem: Text | None = None
    cause: Cause | None = None
    covered: tuple[str, ...] = ()
    body_length: int | None = None
    expired: bool = False
    aligned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignVerdict:
    """One method of the receiver's own Authentication-Results (RFC 8601), such as ("spf", "pass", "example.com")."""

    method: str
    result: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFacts:
    """One message. `sender` is the domain of its From, `envelope` that of its Return-Path, "" when not there.

    `spf_aligned` is None as long as nobody knows whether SPF passed. `chain` is the verdict on its ARC chain: "" when
    there is none. `theirs` are the receiver's results, `headers` the lower-case names of its headers.
    """

    file: str
    sender: str
    envelope: str = ""
    signatures: tuple[Signature, ...] = ()
    spf_aligned: Decision = "unanswered"
    chain: str = ""
    theirs: tuple[ForeignVerdict, ...] = ()
    headers: frozenset[str] = field(default_factory=frozenset)

    @property
    def dkim_passes(self) -> Decision:
        """One valid signature is enough."""
        verdicts = [signature.verdict for signature in self.signatures]
        return True if "pass" in verdicts else "unanswered" if "unknown" in verdicts else False

    @property
    def aligned(self) -> Decision:
        """SPF or one valid signature of the From domain."""
        if any(one.aligned and one.verdict == "pass" for one in self.signatures) or self.spf_aligned is True:
            return True
        if any(one.aligned and one.verdict == "unknown" for one in self.signatures):
            return "unanswered"
        return self.spf_aligned
