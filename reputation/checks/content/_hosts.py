"""Hosts that only the sender's own network knows, and bare addresses that everybody could open."""

from __future__ import annotations

from reputation.records.later import later
from reputation.records.link import Target

_ENDINGS = frozenset(("local", "localhost", "lan", "internal", "intranet", "corp", "home"))
_PRIVATE = later(
    r"127(?:\.\d{1,3}){3}|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}"
)
_NAME = later(r"[a-z0-9.-]{1,200}")
_LABEL = later(r"[a-z][a-z0-9-]{0,62}")


def is_internal(target: Target) -> bool:
    """Whether only the sender's own network or disk can open it; http://http:// is a slip of the hand."""
    if target.host in ("http", "https"):
        return False
    return _is_private(target.host) or (len(target.scheme) == 1 and target.path.startswith(("\\", "/")))  # a drive


def _is_private(host: str) -> bool:
    """A name without a dot, a name under an ending that no public name has, or a private address."""
    name, dot, ending = host.rpartition(".")
    if not dot:
        return bool(_LABEL.fullmatch(host))
    if ending in _ENDINGS:
        return bool(_NAME.fullmatch(name))
    return host.startswith("1") and bool(_PRIVATE.fullmatch(host))


def is_private_number(target: Target) -> bool:
    """Whether it is an address of a private network, as many networks have it (RFC 1918); not the own machine."""
    return target.host.startswith("1") and target.host[:4] != "127." and bool(_PRIVATE.fullmatch(target.host))


def is_public_address(target: Target) -> bool:
    """Whether it is a web page on a bare address; brackets without a colon inside are a placeholder, no address."""
    written = target.is_web and target.is_address and (target.host[0] != "[" or ":" in target.host)
    return written and not is_internal(target)
