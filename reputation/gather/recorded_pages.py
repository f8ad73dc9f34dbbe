"""The pages of a run in its recording: kept when they are fetched, and given back without a network."""

from __future__ import annotations

from typing import Any, Final

from reputation.gather.http import Fetched, fetch
from reputation.gather.lookup import Lookup
from reputation.gather.offline import OfflineLookup
from reputation.gather.practice import Fetch, unfetched
from reputation.gather.recorded_answers import (
    BadRecord,
    miss_from_json,
    miss_to_json,
    text_from_json,
    text_to_json,
    typed,
)
from reputation.gather.recording import RecordingLookup, ReplayLookup
from reputation.model import Cause, Found, Json, Observed, Unknown
from reputation.text import say

MAX_BODY: Final = 65_536


def fetch_of(lookup: Lookup, fetching: Fetch = fetch) -> Fetch:
    """How pages are fetched in a run that asks `lookup`: by `fetching`, and written down where answers are; out of the
    recording where it is one; not at all where the run must not ask."""
    if isinstance(lookup, OfflineLookup):
        return unfetched
    if isinstance(lookup, ReplayLookup):
        return lambda url, _: _replayed(lookup, url)
    if isinstance(lookup, RecordingLookup):
        inner = fetch_of(lookup.inner, fetching)
        return lambda url, asking: _kept(lookup, url, inner(url, asking))
    return fetching


def _kept(lookup: RecordingLookup, url: str, page: Observed[Fetched]) -> Observed[Fetched]:
    lookup.keep_page(to_json(url, page))
    return page


def _replayed(lookup: ReplayLookup, url: str) -> Observed[Fetched]:
    return lookup.pages.get(url, Unknown(Cause.OFFLINE, url, say("the recording does not hold this page")))


def to_json(url: str, page: Observed[Fetched]) -> dict[str, Json]:
    """The line for the page at `url`."""
    if not isinstance(page, Found):
        return {"fetch": url, **miss_to_json(page)}
    got = page.value
    out: dict[str, Json] = {"fetch": url, "status": got.status, "content_type": got.content_type}
    out |= {"body": got.body.decode("latin-1")} if got.problem is None else text_to_json(got.problem)
    return out


def from_json(line: dict[str, Any]) -> tuple[str, Observed[Fetched]]:
    """The address and its page. Raises BadRecord."""
    url = typed(line, "fetch", str)
    if "status" not in line:
        return url, miss_from_json(line, url)
    problem = text_from_json(line)
    body = b"" if problem is not None else _body(typed(line, "body", str))
    return url, Found(Fetched(typed(line, "status", int), typed(line, "content_type", str)[:100], body, problem), url)


def _body(text: str) -> bytes:
    try:
        return text.encode("latin-1")[:MAX_BODY]
    except UnicodeEncodeError:
        raise BadRecord("body: letters from U+0000 to U+00FF") from None
