"""One mailbox of a From or Reply-To header (RFC 5322 section 3.4), read strictly and without recursion."""

from __future__ import annotations

from typing import NamedTuple

from reputation.records.later import later

_ANGLE = later(r"<([^<>]{1,320})>\s*$")
_COMMENT = later(r"\(([^()]{0,300})\)\s*$")  # the oldest way to write a name: a@example.com (Anna)
_ADDRESS = later(r"([^\s@<>()\",;:]{1,64}+)@([^\s@<>()\",;:\[\]]{1,253})")


class Mailbox(NamedTuple):
    """Display name and address. `domain` is in lower case; both parts of the address are "" when it can not be read."""

    name: str
    local_part: str
    domain: str

    @property
    def address(self) -> str:
        """local-part@domain, or ""."""
        return f"{self.local_part}@{self.domain}" if self.domain else ""


def parse_mailbox(value: str) -> Mailbox:
    """The first mailbox of a decoded header value. Exactly one "@" counts; anything else gives an empty address."""
    value = value.strip()[:4_096]
    angle = _ANGLE.search(value)
    if angle:
        name = value[: angle.start()].strip()
        match = _ADDRESS.fullmatch(angle[1].strip())
    else:
        comment = _COMMENT.search(value)
        name = comment[1].strip() if comment else ""
        match = _ADDRESS.fullmatch((value[: comment.start()] if comment else value.split(",")[0]).strip())
    if len(name) >= 2 and name[0] == name[-1] == '"':
        name = name[1:-1].replace('\\"', '"')
    return Mailbox(name, match[1], match[2].lower().rstrip(".")) if match else Mailbox(name, "", "")
