"""From the words of the command line to the exit code. Every failure ends here, in one sentence."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

import reputation
from reputation.cli.frame.common import layer_of, options_of
from reputation.cli.frame.errors import INTERRUPTED, fail, sentence_of
from reputation.cli.frame.group import FolderGroup
from reputation.cli.frame.help import in_language
from reputation.cli.frame.language import language_of
from reputation.cli.frame.options import Options
from reputation.cli.frame.streams import arranged, prepare_streams
from reputation.text import render, say

HELP = say("Will this business e-mail arrive, why not, and what to do about it.")


def run(argv: Sequence[str]) -> int:
    """Run one command; the exit code."""
    prepare_streams()
    words = arranged(argv)
    language = language_of(argv, os.environ)
    try:
        code = int(_group(language).main(args=words, prog_name="reputation", standalone_mode=False) or 0)
        sys.stdout.flush()  # here, where a full disk is still one sentence, and not at the interpreter's end
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return 0
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None:
            _drop_output()
        return fail(sentence_of(error), error, words, language)


def _drop_output() -> None:
    """Nobody takes it any more, and the flush at exit must not complain once again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _group(language: str) -> Any:
    _speak(language)
    app = typer.Typer(
        cls=FolderGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
        help=render(HELP, language), no_args_is_help=False, invoke_without_command=True,
        context_settings={"help_option_names": ["--help", "-h"]},
    )  # fmt: skip

    @app.callback()
    def whole(
        context: typer.Context,
        version: bool = typer.Option(False, "--version", help=str(say("Print the version."))),
    ) -> None:
        if version:
            print(f"reputation {reputation.__version__}")
            raise typer.Exit
        if context.invoked_subcommand is None:
            print(context.get_help())
            raise typer.Exit

    group = typer.main.get_group(app)
    assert isinstance(group, FolderGroup)
    in_language(group, language)
    group.language, group.pack = language, lambda asked: pack(asked, language)
    return group


def _speak(language: str) -> None:
    """The headings of the command line library, which takes them from gettext's own domain."""
    if language == "zh":
        os.environ["LANGUAGE"] = "zh_CN"
        gettext.bindtextdomain("reputation", str(Path(reputation.__file__).parent / "locale"))
    gettext.textdomain("reputation" if language == "zh" else "messages")


def pack(asked: dict[str, Any], language: str) -> Options:
    """The given options over environment, files and defaults. Raises BadInput."""
    from reputation.gather.config import load_settings

    loaded = load_settings(layer_of(asked), os.environ, asked["config"])
    if asked["verbose"]:
        from reputation.cli.frame.logs import start_log

        start_log(asked["verbose"], loaded.settings.keys.values())
    if not asked["quiet"]:
        for warning in loaded.warnings:
            print(render(warning, language), file=sys.stderr)
    return options_of(asked, loaded.settings._replace(lang=language))
