"""Any [watch] table: settings or one sentence, never an exception of another kind; and secrets from where they are."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.bad_input import BadInput
from reputation.formats.record_change import meaning
from reputation.gather.channel_secrets import read_secret
from reputation.text import render
from reputation.watch_settings import BadWatch, watch_settings

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["203.0.113.5", "a.example", "mail", "https://x.example/", "tls", "a@b.example"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([
        "name", "ip", "selector", "drafts", "kind", "url", "secret", "url_env", "host", "from", "to", "security",
    ]), inner, max_size=6),
    max_leaves=12,
)  # fmt: skip
KEYS = ["targets", "target", "channel", "confirmations", "confirm_minutes", "blind_after", "remind_days", "keep_days",
        "interval", "jitter", "second_resolver", "state", "metrics", "luzilla", "nonsense"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5))
def test_any_table_is_settings_or_one_sentence(table: dict[str, Any]) -> None:
    """What a person or a program may have written."""
    try:
        watch_settings(table)
    except BadWatch as error:
        assert render(error.sentence, "en") and "\n" not in render(error.sentence, "en").strip()


@pytest.mark.parametrize(("way", "name"), [("_env", "NOT_THERE"), ("_file", "nowhere"), ("_credential", "nowhere")])
def test_a_secret_that_is_not_there_is_one_sentence(way: str, name: str, tmp_path: Path) -> None:
    """Naming the place and never the value."""
    with pytest.raises(BadInput) as caught:
        read_secret(way, name, {"CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert name in render(caught.value.sentence, "en")


def test_a_credential_cannot_lead_out_of_its_folder(tmp_path: Path) -> None:
    """Only the last part of the name counts."""
    (tmp_path / "outside").write_text("secret")
    (tmp_path / "inside").mkdir()
    with pytest.raises(BadInput):
        read_secret("_credential", "../outside", {"CREDENTIALS_DIRECTORY": str(tmp_path / "inside")})


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("SPF", "v=spf1 a -all", "v=spf1 a ~all", "less strict"),
        ("SPF", "v=spf1 a ~all", "v=spf1 a -all", "stricter"),
        ("SPF", "v=spf1 a -all", "", "forger"),
        ("SPF", "", "v=spf1 a -all", "not there before"),
        ("SPF", "v=spf1 a -all", "v=spf1 a -all | v=spf1 mx -all", "several SPF"),
        ("SPF", "v=spf1 include:old.example -all", "v=spf1 include:new.example -all", "include:new.example"),
        ("SPF", "v=spf1 a mx -all", "v=spf1 a -all", "May no longer send: mx"),
        ("SPF", "v=spf1 a -all", "v=spf1 a mx -all", "May send now: mx"),
        ("SPF", "v=spf1 a mx -all", "v=spf1 mx a -all", "looks the same"),
        ("DMARC", "v=DMARC1; p=reject", "v=DMARC1; p=none", "weaker"),
        ("DMARC", "v=DMARC1; p=none", "v=DMARC1; p=quarantine", "stricter"),
        ("DMARC", "v=DMARC1; p=none; rua=mailto:a@b.example", "v=DMARC1; p=none", "Nobody receives"),
        ("DMARC", "v=DMARC1; p=none; rua=mailto:a@b.example", "v=DMARC1; p=none; rua=mailto:c@d.example", "elsewhere"),
        ("DMARC", "v=DMARC1; p=none", "v=DMARC1; p=none; pct=50", "detail"),
        ("DMARC", "v=DMARC1; p=none", "", "bulk mail"),
        ("MX", "10 a.example", "10 b.example", "mailboxes"),
        ("MX", "10 a.example", "", "no longer reach you"),
        ("DKIM s1", "v=DKIM1; p=AAAA", "v=DKIM1; p=BBBB", "exchanged"),
        ("DKIM s1", "v=DKIM1; p=AAAA", "v=DKIM1; p=", "withdrawn"),
        ("DKIM s1", "v=DKIM1; p=AAAA", "v=DKIM1; t=y; p=AAAA", "key is the same"),
        ("DKIM s1", "v=DKIM1; p=AAAA", "", "fails DKIM"),
    ],
)
def test_the_meaning_of_a_change(name: str, old: str, new: str, says: str) -> None:
    """One sentence, in both languages."""
    assert says in render(meaning(name, old, new), "en")
    assert render(meaning(name, old, new), "zh") != render(meaning(name, old, new), "en")


def test_strangers_records_never_break_the_meaning() -> None:
    """5,000 pairs of odd texts."""
    dice = random.Random(3)
    pieces = [
        "v=spf1",
        "all",
        "-",
        "~",
        "+",
        "?",
        "p=",
        "rua=",
        ";",
        " ",
        "{",
        "}",
        "{x}",
        "include:",
        "\x00",
        "é",
        "|",
    ]
    for _ in range(5000):
        old, new = ("".join(dice.choices(pieces, k=dice.randint(0, 12))) for _ in range(2))
        for name in ("SPF", "DMARC", "MX", "DKIM s1"):
            assert render(meaning(name, old, new), "en")
