"""No output takes the place of what is read: a name typed twice must not cost a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reputation.bad_input import BadInput, called
from reputation.cli.frame.declared import Parameter
from reputation.cli.frame.options import Options
from reputation.text import say

if TYPE_CHECKING:
    from reputation.gather.overwriting import Reading


def refuse_overwriting(parameters: Sequence[Parameter], given: Mapping[str, Any], options: Options) -> None:
    """Raises a sentence when a file that is to be written is one that is read, or stands in a folder that is."""
    targets = [path for path in _targets(parameters, given, options) if str(path) != "-"]
    if not targets:
        return
    from reputation.gather.overwriting import overwritten

    lost = overwritten(targets, _readings(parameters, given))
    if lost is not None:
        sentence = say(
            "what is written would take the place of {file}, which is read; name another file to write to",
            file=called(lost),
        )
        raise BadInput(sentence)


def _targets(parameters: Sequence[Parameter], given: Mapping[str, Any], options: Options) -> Iterator[Path]:
    yield from (request.file for request in options.formats if request.file)
    yield from (Path(given[one.name]) for one in parameters if one.shape.writes and given[one.name])


def _readings(parameters: Sequence[Parameter], given: Mapping[str, Any]) -> Iterator[Reading]:
    from reputation.gather.overwriting import Reading

    for one in parameters:
        if one.reads:
            value = given[one.name] or ()
            yield from (Reading(name, one.shape.wanted) for name in ([value] if isinstance(value, str) else value))
