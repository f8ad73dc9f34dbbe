"""Whatever is typed: an exit code that means something, at most one sentence about it, never our fault."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.command_line import here, sentences

COMMANDS = ("check", "explain", "lists", "version", "config", "report", "schema", "nothing", "")
WORDS = (
    "example.com", "203.0.113.5", "a@b.example", "show", "zen", "spf-missing", "json", "table", "-f", "--format", "zh",
    "--lang", "fr", "--resolver", "127.0.0.1:1", "--lists", "all", "--timeout", "0.1", "nan", "1e400", "--config", "-",
    "--replay", "--draft", "--ip", "--selector", "--fail-on", "warn", "--color", "--strict", "-q", "-v", "-vv", "--",
    "--help", "--version", "", " ", "=", "--=", "-f=json", "--format=", "\x1b[2J", "\ud800", "x" * 5000, "/", "..",
    "例子.example", "/dev/null", "--blocklists", "--blocklists=/", "[::1]:53", "::ffff:7f00:2", "%s{0.x}", "@file",
)  # fmt: skip
junk = st.text(st.characters(exclude_characters="\0"), max_size=8).filter(lambda text: not text.startswith("-"))
anything = st.one_of(st.sampled_from(WORDS), junk)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(COMMANDS), st.lists(anything, max_size=5))
def test_any_words_end_well(command: str, words: list[str]) -> None:
    """Nothing is asked, because the run is offline; no option that writes a file is among the words."""
    if command == "report" and "-" in words:
        return
    ended = here(command, "--offline", *words)
    assert ended.code in (0, 1, 2, 3)
    assert "Traceback" not in ended.err and "our fault" not in ended.err and "是我们的问题" not in ended.err, ended.err
    if ended.code == 2:
        assert len(sentences(ended.err)) == 1 and ended.out == ""
