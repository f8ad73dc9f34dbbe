"""From the words of the command line to the exit code. Every failure ends here, in one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from reputation.cli.frame.commands import command_names, module_of
from reputation.cli.frame.common import CommandLine, idle_of, layer_of, options_of
from reputation.cli.frame.errors import INTERRUPTED, fail, sentence_of
from reputation.cli.frame.language import language_of
from reputation.cli.frame.options import Options
from reputation.cli.frame.reading import read
from reputation.cli.frame.streams import arranged, prepare_streams
from reputation.text import render


def run(argv: Sequence[str]) -> int:
    """Run one command; the exit code."""
    prepare_streams()
    words = arranged(argv)
    language = language_of(argv, os.environ)
    try:
        code = _ended(words, lambda asked: pack(asked, language), language)
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


def _ended(words: Sequence[str], pack: Callable[[dict[str, Any]], Options], language: str) -> int:
    """The exit code of one command, whose words are read here where they are plain."""
    if words and words[0] in command_names():
        module = module_of(words[0])
        line = CommandLine(module.command, idle_of(module))
        given = read(line.parameters, words[1:])
        if given is not None:
            return int(line.run(given, pack) or 0)
    from reputation.cli.frame.group import root

    return int(root(pack, language).main(args=words, prog_name="reputation", standalone_mode=False) or 0)


def _drop_output() -> None:
    """Nobody takes it any more, and the flush at exit must not complain once again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


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
