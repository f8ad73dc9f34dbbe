"""What it means that a DNS record reads otherwise than before, in one sentence. Pure, and never more than it knows."""

from __future__ import annotations

import re
from typing import Final

from reputation.text import Text, say

_STRICT: Final = {"+": 0, "?": 1, "~": 2, "-": 3}
_POLICY: Final = {"none": 0, "quarantine": 1, "reject": 2}
_TERM: Final = re.compile(r"(?:[+]?)((?:include|ip4|ip6|a|mx|exists):?\S*)", re.IGNORECASE)


def meaning(name: str, old: str, new: str) -> Text:
    """The consequence for the owner of the domain. `name` is SPF, DMARC, MX or "DKIM selector"; "" means no record."""
    kind = name.split(" ", maxsplit=1)[0]
    if not new:
        return _GONE[kind]
    if not old:
        return say("It was not there before. If nobody of yours published it, find out who did.")
    return {"SPF": _spf, "DMARC": _dmarc, "MX": _mx, "DKIM": _dkim}[kind](old, new)


_GONE: Final[dict[str, Text]] = {
    "SPF": say("Without it receivers cannot tell your servers from a forger's; publish it again."),
    "DMARC": say("Without it large receivers refuse or filter bulk mail of this domain; publish it again."),
    "MX": say("Replies and bounces no longer reach you; publish it again."),
    "DKIM": say("Mail signed with this selector now fails DKIM; publish the key again or sign with another one."),
}


def _spf(old: str, new: str) -> Text:
    before, after = _all(old), _all(new)
    if " | " in new:
        return say("There are now several SPF records, and receivers treat that as none; keep one.")
    if after < before:
        return say("It is less strict: mail from other servers is refused less often.")
    if after > before:
        return say("It is stricter: mail from servers that it does not name is refused more often.")
    gone, added = _terms(old) - _terms(new), _terms(new) - _terms(old)
    if gone and added:
        return say(
            "May send now: {added}. May no longer send: {gone}.",
            added=tuple(sorted(added)[:5]), gone=tuple(sorted(gone)[:5]),
        )  # fmt: skip
    if gone:
        return say("May no longer send: {gone}. If you still send from there, that mail fails.", gone=tuple(sorted(gone)[:5]))  # fmt: skip  # noqa: E501
    if added:
        return say("May send now: {added}. If you do not know it, find out who added it.", added=tuple(sorted(added)[:5]))  # fmt: skip  # noqa: E501
    return _UNCLEAR


_UNCLEAR: Final = say("The wording differs; the set of servers that may send looks the same.")


def _all(text: str) -> int:
    found = re.search(r"(?:^|\s)([-~?+]?)all(?:\s|$)", text, re.IGNORECASE)
    return _STRICT[found.group(1) or "+"] if found else 1


def _terms(text: str) -> set[str]:
    return {found.group(1).lower() for word in text.split() if (found := _TERM.fullmatch(word))}


def _dmarc(old: str, new: str) -> Text:
    if " | " in new:
        return say("There are now several DMARC records, and receivers treat that as none; keep one.")
    before, after = _tag(old, "p"), _tag(new, "p")
    if _POLICY.get(after, -1) < _POLICY.get(before, -1):
        return say("It is weaker: forged mail is now treated as {after} and no longer as {before}.", before=before, after=after)  # fmt: skip  # noqa: E501
    if _POLICY.get(after, -1) > _POLICY.get(before, -1):
        return say("It is stricter: mail that fails is now treated as {after}; make sure that all your mail is signed.", after=after)  # fmt: skip  # noqa: E501
    if _tag(old, "rua") and not _tag(new, "rua"):
        return say("Nobody receives the reports any more; you no longer see who sends in your name.")
    if _tag(old, "rua") != _tag(new, "rua"):
        return say("The reports go elsewhere now; make sure that you know the address.")
    return say("The policy itself is the same; a detail of it changed.")


def _tag(text: str, name: str) -> str:
    found = re.search(rf"(?:^|;)\s*{name}\s*=\s*([^;]*)", text, re.IGNORECASE)
    return found.group(1).strip().lower()[:80] if found else ""


def _mx(old: str, new: str) -> Text:
    del old, new
    return say("Replies and bounces now go to these servers; make sure that they know your mailboxes.")


def _dkim(old: str, new: str) -> Text:
    if not _tag(new, "p"):
        return say("The key was withdrawn: mail signed with this selector now fails DKIM.")
    if _tag(old, "p") != _tag(new, "p"):
        return say("The key was exchanged: a server that still signs with the old one now fails DKIM.")
    return say("The key is the same; a detail of the record changed.")
