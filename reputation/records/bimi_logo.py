"""The logo of BIMI: SVG Tiny PS, told by its text alone. Nothing is rendered, and no XML is parsed."""

from __future__ import annotations

import re
from typing import Final

from reputation.text import Text, say

_ROOT: Final = re.compile(r"<svg\b[^>]{0,4000}>", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r"<(script|image|foreignObject|animate|animateTransform|set|a)\b", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"href\s*=\s*[\"'](?!#)", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def logo_problems(body: bytes) -> tuple[Text, ...]:
    """What keeps the picture from being shown; empty when it fits the profile as far as its text tells."""
    text = body.decode("utf-8", "replace")
    root = _ROOT.search(text)
    if root is None:
        return (say("it is no SVG picture"),)
    head = root[0]
    checks = (
        (not re.search(r"baseProfile\s*=\s*[\"']tiny-ps[\"']", head), say('it does not say baseProfile="tiny-ps"')),
        (not re.search(r"version\s*=\s*[\"']1\.2[\"']", head), say('it does not say version="1.2"')),
        (not re.search(r"<title\b", text), say("it has no title")),
        (bool(_DECLARATION.search(text)), say("it declares a document type or entities")),
        (bool(_FORBIDDEN.search(text)), say("it holds scripts, pictures, links or animation")),
        (bool(_REFERENCE.search(text)), say("it refers to something outside of itself")),
    )
    return tuple(problem for wrong, problem in checks if wrong)
