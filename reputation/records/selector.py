"""The selector of a DKIM key (RFC 6376 section 3.1): one or more labels."""

from __future__ import annotations

import re
from typing import Final

from reputation.model import BadInput
from reputation.text import say

_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_LONGEST: Final = 200


def parse_selector(typed: str) -> str:
    """The selector in lower case without a final dot. Raises BadInput."""
    name = typed.strip().lower().removesuffix(".").removesuffix("._domainkey")
    if len(name) > _LONGEST or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise BadInput(
            say("{typed} is not a DKIM selector; expected the value of s= in a signature, such as s1", typed=typed[:80])
        )
    return name
