"""What each cause of "unknown" means and what to do about it, in one sentence each."""

from __future__ import annotations

from reputation.model import Cause, Remedy
from reputation.text import Text, say

MEANING: dict[Cause, Text] = {
    Cause.TIMEOUT: say("no answer came in time"),
    Cause.SERVFAIL: say("the name server failed (SERVFAIL)"),
    Cause.REFUSED: say("the name server refused the question (REFUSED)"),
    Cause.BLOCKED_BY_OPERATOR: say("the operator of the list refuses to answer this resolver"),
    Cause.RATE_LIMITED: say("the daily allowance for this list is used up"),
    Cause.NO_KEY: say("this list answers only with a key, and none is configured"),
    Cause.MALFORMED_ANSWER: say("the answer was broken or means nothing that the list documents"),
    Cause.LIST_UNTRUSTED: say("the list failed its own test entries, so its answers prove nothing"),
    Cause.OFFLINE: say("the run was offline"),
    Cause.TOO_COMPLEX: say("it is larger or deeper than can be read safely"),
    Cause.INTERNAL_ERROR: say("the check itself failed; this is our fault, not yours"),
}

REMEDY: dict[Cause, Remedy] = {
    Cause.TIMEOUT: Remedy(
        say("See that this computer is online and run again; or name another resolver with --resolver.")
    ),
    Cause.SERVFAIL: Remedy(say("Run again later; if it stays so, ask the operator of the domain's name servers.")),
    Cause.REFUSED: Remedy(say("Name a resolver that answers you with --resolver.")),
    Cause.BLOCKED_BY_OPERATOR: Remedy(
        say("Use your own recursive resolver (--resolver), a free key of the operator, or rely on another list.")
    ),
    Cause.RATE_LIMITED: Remedy(say("Run again tomorrow, or get a key of the operator.")),
    Cause.NO_KEY: Remedy(say("Register with the operator and put the key into the configuration.")),
    Cause.MALFORMED_ANSWER: Remedy(say("Ask through another resolver with --resolver.")),
    Cause.LIST_UNTRUSTED: Remedy(say("Ignore this list until it passes its test entries again.")),
    Cause.OFFLINE: Remedy(say("Run again without --offline.")),
    Cause.TOO_COMPLEX: Remedy(say("Make it smaller or simpler, then check again.")),
    Cause.INTERNAL_ERROR: Remedy(say("Please report this with the command that you ran and the file of --record.")),
}
