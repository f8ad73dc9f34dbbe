"""Groups of "Name: value" fields as machine reports carry them (RFC 3464 section 2.1, RFC 5965 section 3.1).

Real reports are sloppy: a blank before the colon, continuation lines without indentation, missing empty lines between
recipients. All of that is read.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

Fields: TypeAlias = "dict[str, str]"
_FIELD: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:[ \t]*(.*)")
_MAX_TEXT: Final = 256 * 1024
_MAX_GROUPS: Final = 1_000
_MAX_VALUE: Final = 8_000
_STARTS_RECIPIENT: Final = frozenset({"final-recipient", "original-recipient"})


def read_groups(text: str) -> list[Fields]:
    """The groups in order, names in lower case, values unfolded. A name that occurs again in a group starts anew only
    when it names a recipient; otherwise its first value stays."""
    groups: list[Fields] = [{}]
    name = ""
    for line in text[:_MAX_TEXT].splitlines():
        if not line.strip():
            name = ""
            if groups[-1]:
                groups.append({})
        elif (match := _FIELD.match(line)) and not line[0].isspace():
            name = _begin(groups, match[1].lower(), match[2].strip())
        elif name:
            groups[-1][name] = f"{groups[-1][name]} {line.strip()}"[:_MAX_VALUE].strip()
        if len(groups) > _MAX_GROUPS:
            break
    return [group for group in groups if group]


def _begin(groups: list[Fields], name: str, value: str) -> str:
    if name in _STARTS_RECIPIENT and name in groups[-1]:
        groups.append({})
    if name in groups[-1]:
        return ""
    groups[-1][name] = value[:_MAX_VALUE]
    return name
