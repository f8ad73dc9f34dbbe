"""Failed recipients in the words for people, whatever system wrote them.

Mail systems name a failed address in few ways: at the start of a line before a colon, alone on a line, behind a label
or RCPT TO, or inside a sentence that says what is wrong. The reply stands behind it, below it, or in the transcript.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from reputation.bounces.failure import Failure
from reputation.bounces.find.frames import contains, frames
from reputation.bounces.find.mail import Mail
from reputation.bounces.phrases import matches, normalised
from reputation.records.address import ADDRESS_PATTERN, clean, find_addresses
from reputation.records.reply import parse_reply

_ADDRESS: Final = rf"<?(?:mailto:|smtp:)?({ADDRESS_PATTERN})>?"
_BEFORE_COLON: Final = re.compile(
    rf"^[\s>*•·-]{{0,12}}['\"(\[]?{_ADDRESS}['\")\]]?(?:\s?\([^)]{{0,200}}\))?\s*(?:[:,;：，]|\.\.\.|\s-+\s|\t|\s{{2,}}|\s(?=[(\[]))\s*(.*)$",
    re.I,
)
_ALONE: Final = re.compile(
    rf"^[\s>*•·|#-]{{0,40}}['\"(\[]?{_ADDRESS}['\")\]]?(?:\s?[(<][^)>]{{0,200}}[)>])?(?:\s+(?:on|am|le|el|il)\s+\w.*)?[\s.,;:|]*$",
    re.I,
)
_DIRECTORY: Final = re.compile(rf"\bSMTP=({ADDRESS_PATTERN})", re.I)
_NAMED: Final = re.compile(
    rf"^\s*(?:['\"]?[^<>@:\n]{{1,60}}['\"]?\s*)[<(\[]{_ADDRESS}[>)\]](?:\s*\([^)]{{0,80}}\))?(?:\s+(?:on|le|am)\s.*)?[\s.,;:]*$",
    re.I,
)
_RCPT: Final = re.compile(rf"\bRCPT TO:?\s*{_ADDRESS}", re.I)
_LABEL: Final = re.compile(
    rf"^[\s>*•·|-]{{0,12}}([^\s:：<>@][^:：<>@\n]{{0,40}}?)\s*[:：=]\s*['\"]?{_ADDRESS}['\"]?(.*)$", re.I
)
_GENERATED: Final = re.compile(rf"\((?:generated from|originally addressed to|expanded from:?)\s+{_ADDRESS}", re.I)
_CODE_LINE: Final = re.compile(r"(?:^|[\s<(\['\"#:;])[245]\d\d[ -]|\b[45]\.\d{1,2}\.\d{1,2}\b|^\s*<<<")
_MAX_FOLLOWING: Final = 14
_MAX_RECIPIENTS: Final = 500
_MAX_HINT: Final = 3_000


@dataclass(frozen=True, slots=True)
class _Mention:
    line: int
    address: str
    rest: str


def failures_in_prose(mail: Mail, action: str) -> list[Failure]:
    """One failure for each address that the words name as failed; none when they name none."""
    own = mail.own_addresses
    for name in (_mentions, _mentions_of_header, _in_sentences, _in_brackets, _anywhere):
        mentions = [m for m in name(mail.words) if m.address.lower() not in own and not _is_system(m.address)]
        if mentions:
            return [_failure(mail, mention, mentions, action) for mention in _first_of_each(mentions, mail.words)]
    return []


def _is_system(address: str) -> bool:
    return address.partition("@")[0].lower() in ("postmaster", "mailer-daemon", "mailerdaemon", "abuse", "mail-daemon")


def reply_in(lines: Iterable[str]) -> str:
    """The lines that quote a reply, as one text; "" when there is none."""
    quoted = [line.strip().lstrip("<>- ") for line in lines if _CODE_LINE.search(line)]
    return " ".join(quoted)[:_MAX_HINT]


def hint_of(lines: Iterable[str]) -> str:
    """The words without the politeness that every bounce carries."""
    kept = [line.strip() for line in lines if not _polite(line)]
    return " ".join(line for line in kept if line)[:_MAX_HINT]


def _polite(line: str) -> bool:
    lower = line.lower()
    return any(words in lower for words in frames().politeness) and not _CODE_LINE.search(line)


def _mentions(lines: list[str]) -> Iterator[_Mention]:
    for number, line in enumerate(lines):
        if "@" in line and (found := _mention(number, line[:600])) is not None:
            yield found


def _mention(number: int, line: str) -> _Mention | None:
    if match := _RCPT.search(line) or _DIRECTORY.search(line):
        return _Mention(number, clean(match[1]), line)
    if match := _ALONE.match(line):
        return _Mention(number, clean(match[1]), "")
    if match := _BEFORE_COLON.match(line):
        return _Mention(number, clean(match[1]), match[2])
    if (match := _LABEL.match(line)) and _is_label(match[1]):
        return _Mention(number, clean(match[2]), match[3] if len(match[3].strip()) > 3 else "")
    if (match := _NAMED.match(line)) and not _polite(line):
        return _Mention(number, clean(match[1]), "")
    return None


def _is_label(label: str) -> bool:
    label = _bare_label(label)
    return label not in frames().header_labels and (
        label in frames().labels or label.endswith((" to", " recipient", " address", " user", " userid", " attempts"))
    )


def _bare_label(label: str) -> str:
    return label.strip(" <>'\"()[]【】*-").lower()


def _mentions_of_header(lines: list[str]) -> Iterator[_Mention]:
    """ "To: address" is mostly a quoted header of the lost mail: it counts only where nothing else names an address."""
    for number, line in enumerate(lines):
        match = _LABEL.match(line[:600])
        if match and _bare_label(match[1]) in frames().header_labels:
            yield _Mention(number, clean(match[2]), "")


def _in_brackets(lines: list[str]) -> Iterator[_Mention]:
    """ "(generated from address)" where the address itself is kept secret."""
    for number, line in enumerate(lines):
        if match := _GENERATED.search(line[:600]):
            yield _Mention(number, clean(match[1]), "")


def _anywhere(lines: list[str]) -> Iterator[_Mention]:
    """The first line with an address that is not mere politeness."""
    for number, line in enumerate(lines):
        if "@" in line and not _polite(line) and (found := find_addresses(line[:600])):
            yield from (_Mention(number, address, line) for address in found)
            return


def _in_sentences(lines: list[str]) -> Iterator[_Mention]:
    """Addresses inside a line that says what is wrong with them, itself or in the line before or after."""
    for number, line in enumerate(lines):
        if "@" not in line or line.lstrip().lower().startswith(("from ", "from:")):
            continue
        around = " ".join(lines[max(0, number - 1) : number + 2])
        if _CODE_LINE.search(line) or _tells(around):
            yield from (_Mention(number, address, line) for address in find_addresses(line[:600]))


def _tells(words: str) -> bool:
    text = normalised(words)
    return any(contains(text, opening) for opening in frames().openings) or any(m.row.strong for m in matches(text))


def _first_of_each(mentions: list[_Mention], lines: list[str]) -> list[_Mention]:
    """One mention an address, the one that says most."""
    best: dict[str, _Mention] = {}
    for mention in mentions:
        key = mention.address.lower()
        known = best.get(key)
        if known is None or (not known.rest and mention.rest and not _block(lines, known, mentions)):
            best[key] = mention
    return list(best.values())[:_MAX_RECIPIENTS]


def _failure(mail: Mail, mention: _Mention, mentions: list[_Mention], action: str) -> Failure:
    block = _block(mail.words, mention, mentions)
    reply = reply_in(_unfolded(block))
    alone = len({m.address.lower() for m in mentions}) == 1
    if not reply and alone:
        reply = reply_in(mail.words)
    text = reply or " ".join(line.strip() for line in block)[:_MAX_HINT] or (_telling_line(mail.words) if alone else "")
    parsed = parse_reply(" ".join(line.strip() for line in block) if reply_in(block) else text)
    return Failure(
        recipient=mention.address, text=text, status=parsed.status, reply=parsed.code, host=parsed.host,
        command=parsed.command, action=action, hint=hint_of(mail.words if alone or not text else block),
    )  # fmt: skip


def _telling_line(lines: list[str]) -> str:
    """The first line with words that are known: pages of web mail give the reason before the address."""
    return next((line.strip() for line in lines if any(m.row.strong for m in matches(normalised(line)))), "")


def _unfolded(block: list[str]) -> list[str]:
    """The lines of a block, what is set in joined to the line with a code above it: systems break long replies."""
    joined: list[str] = []
    for line in block:
        if joined and line.startswith("   ") and _CODE_LINE.search(joined[-1]) and not _CODE_LINE.search(line):
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line)
    return joined


def _block(lines: list[str], mention: _Mention, mentions: list[_Mention]) -> list[str]:
    """What stands behind and below a mention, up to an empty line or the next address."""
    others = {m.line for m in mentions if m.address.lower() != mention.address.lower()}
    block = [mention.rest] if mention.rest.strip() else []
    blanks = 0
    for number in range(mention.line + 1, min(len(lines), mention.line + 1 + _MAX_FOLLOWING)):
        line = lines[number]
        if number in others:
            break
        if not line.strip():
            blanks += 1
            if blanks > 1 or block:
                break
            continue
        block.append(line)
    return block
