"""Settings: the strongest layer wins, keeps its origin, and a wrong key is named with what was expected."""

from __future__ import annotations

from typing import Any

import pytest

from reputation.model import BadInput
from reputation.settings import Layer, merge


def test_the_strongest_layer_wins_and_keeps_its_origin() -> None:
    """Command line, then environment, then file."""
    settings = merge(
        [
            Layer("command line", {"timeout": "3"}, loose=True),
            Layer("REPUTATION_LISTS", {"lists": "all", "timeout": "9"}, loose=True),
            Layer("reputation.toml", {"lists": "default", "strict": True}),
        ]
    )
    assert (settings.timeout, settings.lists, settings.strict) == (3.0, "all", True)
    assert settings.origins == {
        "timeout": "command line", "lists": "REPUTATION_LISTS", "strict": "reputation.toml",
    }  # fmt: skip


def test_an_equal_value_below_does_not_take_the_origin() -> None:
    """Two layers that say the same: the stronger one said it."""
    settings = merge([Layer("command line", {"lists": "all"}), Layer("file", {"lists": "all"})])
    assert settings.origins["lists"] == "command line"


def test_false_above_hides_true_below() -> None:
    """A switch can be switched off again."""
    layers = [Layer("REPUTATION_STRICT", {"strict": "off"}, loose=True), Layer("file", {"strict": True})]
    assert merge(layers).strict is False


def test_tables_are_laid_over_each_other() -> None:
    """A policy of one's own changes single numbers; a key may come from anywhere."""
    settings = merge(
        [
            Layer("REPUTATION_POLICY__POINTS__MINOR", {"policy": {"points": {"minor": 1}}}),
            Layer("file", {"policy": {"points": {"minor": 2, "major": 9}}, "keys": {"abusix": "canary"}}),
        ]
    )
    assert settings.policy == {"points": {"minor": 1, "major": 9}}
    assert settings.keys["abusix"].reveal() == "canary"
    assert "canary" not in repr(settings)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"timout": 3}, ("timout", "timeout")),
        ({"colour": "always"}, ("colour", "color")),
        ({"xyzzy": 1}, ("xyzzy", "resolver")),
        ({"timeout": "soon"}, ("timeout", "seconds")),
        ({"timeout": -1}, ("timeout", "seconds")),
        ({"timeout": True}, ("timeout", "seconds")),
        ({"timeout": float("nan")}, ("timeout", "seconds")),
        ({"strict": "yes"}, ("strict", "true or false")),
        ({"fail_on": "error"}, ("fail_on", "warn, fail, never")),
        ({"lang": "fr"}, ("lang", "en, zh")),
        ({"resolver": 53}, ("resolver", "list")),
        ({"resolver": [53]}, ("resolver", "list")),
        ({"blocklists": "a\0b"}, ("blocklists", "text")),
        ({"lists": ["all"]}, ("lists", "text")),
        ({"keys": "secret"}, ("keys", "table")),
        ({"keys": {"abusix": 3}}, ("keys.abusix", "text")),
        ({"policy": {"points": 3}}, ("policy.points", "table")),
    ],
)
def test_a_wrong_setting_is_named(values: dict[str, Any], words: tuple[str, ...]) -> None:
    """File, key and what is expected stand in one sentence."""
    with pytest.raises(BadInput) as caught:
        merge([Layer("reputation.toml", values)])
    sentence = str(caught.value.sentence)
    assert sentence.startswith("reputation.toml:") and all(word in sentence for word in words)


@pytest.mark.parametrize(("text", "read"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("no", False)])
def test_the_environment_is_text(text: str, read: bool) -> None:
    """Variables cannot hold types, so words are read."""
    assert merge([Layer("REPUTATION_STRICT", {"strict": text}, loose=True)]).strict is read


def test_a_resolver_list_in_a_variable_is_split_at_commas() -> None:
    """REPUTATION_RESOLVER=a,b"""
    layer = Layer("REPUTATION_RESOLVER", {"resolver": "127.0.0.1:53, ::1"}, loose=True)
    assert merge([layer]).resolver == ("127.0.0.1:53", "::1")
