"""The selector of a DKIM key, as people copy it."""

from __future__ import annotations

import pytest

from reputation.model import BadInput
from reputation.records.selector import parse_selector


@pytest.mark.parametrize(
    ("typed", "selector"),
    [
        ("s1", "s1"), (" S1 ", "s1"), ("2026-a", "2026-a"), ("mail._domainkey", "mail"), ("a.b", "a.b"), ("_x", "_x"),
        ("google.", "google"), ("20230601", "20230601"),
    ],
)  # fmt: skip
def test_a_selector_in_its_plain_form(typed: str, selector: str) -> None:
    """Lower case, without what stands behind it in DNS."""
    assert parse_selector(typed) == selector


@pytest.mark.parametrize(
    "typed", ["", ".", "a b", "a..b", "-a", "a-", "a/b", "s=1", "x" * 64, "a." * 120, "选择器", "a\x00"]
)
def test_what_is_no_selector_is_refused(typed: str) -> None:
    """One sentence with what was expected."""
    with pytest.raises(BadInput, match="DKIM selector"):
        parse_selector(typed)
