"""SMTP replies (RFC 5321 section 4.2) as they are quoted in bounces, logs and chats.

A reply is quoted with more around it: "host H[IP] said: 550-5.1.1 text 550 5.1.1 text (in reply to RCPT TO command)".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reputation.records.status import find_status

_CODES = (
    "421|422|431|432|441|442|446|447|449|45[0-9]|471|49[89]|"
    "50[0-4]|51[0-3]|52[134567]|53[0-9]|54[0-9]|55[0-9]|56[01]|57[0-9]|58[05]|59[01]"
)
_CODE = re.compile(rf"(?<![\w.\-/:=@%$#,+])({_CODES})(?=[ \-:;,.)\]<#]|$)(?![.,]\d\d)(?!-\d\d\d)")
_LEADING = re.compile(
    rf"(?:said:|reply:|error:|<<<|response:|smtp;|^|['\"(#:>])\s*#?({_CODES})(?=[\s\-:;.,#)<_]|$)", re.I
)
_AGAIN = re.compile(rf"(?<=\s)(?:{_CODES})[ -](?:[245]\.\d{{1,3}}\.\d{{1,3}}\s+)?(?=\S)")
_HOST = re.compile(
    r"(?:host|while talking to|from|server|mta server of \S+ --|by|relay=|at|connected to|mx)[ :]+<?"
    r"([a-z0-9-]+(?:\.[a-z0-9-]+)+)\.?"
    r"(?=[\s\[(,;:>]|$)",
    re.I,
)
_COMMAND = re.compile(
    r"(?:in (?:reply|response) to|after|response to|sending|>>>)\s*(?:the )?(?:end of )?"
    r"(RCPT|MAIL|DATA|EHLO|HELO|STARTTLS|AUTH|BDAT|initial connection|connection)",
    re.I,
)
_MAX = 4_000


@dataclass(frozen=True, slots=True)
class Reply:
    """One quoted reply. `code` and `status` are "" when not given; `host` is who said it; `command` is in capitals."""

    text: str
    code: str = ""
    status: str = ""
    host: str = ""
    command: str = ""


def parse_reply(text: str) -> Reply:
    """What a quoted reply says. Never fails: a text without any code is a reply without a code."""
    words = " ".join(text[:_MAX].split())
    match = _LEADING.search(words) or _CODE.search(words)
    return Reply(unrepeated(words), match[1] if match else "", find_status(words), host_of(words), command_of(words))


def unrepeated(words: str) -> str:
    """`words` with the code that each line of a multi-line reply repeats kept only once."""
    first = _AGAIN.search(f" {words}")
    if not first:
        return words
    end = first.end() - 1
    return words[:end] + _AGAIN.sub("", words[end:])


def host_of(words: str) -> str:
    """The host that a quoted reply names as its origin, in lower case, or ""."""
    match = _HOST.search(words)
    return match[1].lower() if match and not match[1].replace(".", "").isdigit() else ""


def command_of(words: str) -> str:
    """The SMTP command that was answered: RCPT, MAIL, DATA, EHLO...; CONNECT for the greeting; or ""."""
    match = _COMMAND.search(words)
    if not match:
        return ""
    return "CONNECT" if "connection" in match[1].lower() else match[1].upper()
