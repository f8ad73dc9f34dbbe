"""The options that every command has: declared once, added to each command's signature, packed into Options."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from reputation.bad_input import BadInput
from reputation.cli.frame.declared import REQUIRED, Option, Parameter, parameters_of
from reputation.cli.frame.options import FormatRequest, Options
from reputation.cli.frame.overwriting import refuse_overwriting
from reputation.settings import Layer, Settings
from reputation.text import say

if TYPE_CHECKING:
    from reputation.plugin_range import PluginRange

ASKING = ("resolver", "blocklists", "lists", "timeout", "offline", "record", "replay", "warning", "critical")
JUDGING = ("fail_on", "strict", "save", "color")  # what only a report of checks can follow
KEPT = ("save", "record")  # what promises a file
PLACES = ("FILE", "DIR", "FOLDER")  # an empty one would be the working folder, or none
PLUGIN_TIMEOUT_S = 9.0  # a monitoring system gives a plugin about 10 s


def _option(*names: str, metavar: str | None, help_text: str, kind: Any = str, writes: bool = False) -> Parameter:
    default: Any = {bool: False, int: 0}.get(kind)
    shape = Option(*names, metavar=metavar, help=help_text, writes=writes)
    return Parameter(names[0][2:].replace("-", "_"), kind, shape, default)


DECLARED: Final = (
    _option(
        "--format", "-f", metavar="NAME[=FILE]", kind=list[str],
        help_text=str(say("Output format, for instance table or json; json=FILE writes to a file. May be repeated.")),
    ),
    _option("--output", "-o", metavar="FILE", help_text=str(say("Write the report to this file.")), writes=True),
    _option("--lang", metavar="en|zh", help_text=str(say("Language of the report: en or zh."))),
    _option(
        "--resolver", metavar="HOST[:PORT]", kind=list[str],
        help_text=str(say("DNS resolver to ask instead of the system's. May be repeated.")),
    ),
    _option(
        "--blocklists", metavar="DIR",
        help_text=str(say("Folder of blocklist files that replaces the built-in catalogue.")),
    ),
    _option(
        "--lists", metavar="default|all|ZONE,...",
        help_text=str(say("Which blocklists to ask: default, all, or zones separated by commas.")),
    ),
    _option("--config", metavar="FILE", help_text=str(say("Configuration file to read."))),
    _option(
        "--fail-on", metavar="warn|fail|never",
        help_text=str(say("From which outcome on the exit code is 1: warn, fail or never.")),
    ),
    _option(
        "--strict", metavar=None, kind=bool, help_text=str(say("Exit with 3 when anything could not be checked."))
    ),
    _option("--timeout", metavar="SECONDS", help_text=str(say("End the whole run after this time."))),
    _option("--offline", metavar=None, kind=bool, help_text=str(say("Ask nothing over the network."))),
    _option(
        "--warning", "-w", metavar="RANGE",
        help_text=str(say("With -f nagios: WARNING when the number of listings lies outside this range.")),
    ),
    _option(
        "--critical", "-c", metavar="RANGE",
        help_text=str(say("With -f nagios: CRITICAL when the number of listings lies outside this range.")),
    ),
    _option(
        "--record", metavar="FILE", writes=True,
        help_text=str(say("Keep every DNS answer in this file, to be replayed later.")),
    ),
    _option(
        "--replay", metavar="FILE", help_text=str(say("Take the DNS answers from a recorded file and ask nothing."))
    ),
    _option("--color", metavar="auto|always|never", help_text=str(say("Colour: auto, always or never."))),
    _option(
        "--save", metavar="DIR", help_text=str(say("Keep a copy of the report in this folder, or in reports."))
    ),
    _option("--quiet", "-q", metavar=None, kind=bool, help_text=str(say("No progress and no warnings."))),
    _option("--verbose", "-v", metavar=None, kind=int, help_text=str(say("Say more on standard error."))),
)  # fmt: skip


class CommandLine:
    """All that can be typed behind a command: its own parameters, and the common options that it leaves as they are.

    `idle` are names of those among them that change nothing here.
    """

    def __init__(self, command: Callable[..., Any], idle: Collection[str] = ()) -> None:
        self.command: Final = command
        self.idle: Final = idle
        self.own: Final = parameters_of(command)
        self.common: Final = [one for one in DECLARED if one.name not in self.own]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its own first."""
        return (*self.own.values(), *self.common)

    def run(self, given: Mapping[str, Any], pack: Callable[[dict[str, Any]], Options]) -> Any:
        """The command with a value for each parameter, those of the common options packed. Raises BadInput."""
        for one in self.parameters:
            self._refuse(one, given[one.name])
        asked = {one.name: given[one.name] for one in self.common}
        options = pack(asked)
        refuse_overwriting(self.parameters, given, options)
        return self.command(options=options, **{name: given[name] for name in self.own})

    def _refuse(self, one: Parameter, value: Any) -> None:
        """Raises a sentence for a file or an argument without a name, and for a file that nobody would write."""
        if value == "" and one.default is REQUIRED:
            raise BadInput(
                say("{name} is missing; add --help to see how the command is used.", name=one.shape.metavar or one.name)
            )
        if value == "" and one.names and one.shape.metavar in PLACES:
            raise BadInput(say("Option {option} needs a value.", option=one.names[0]))
        if value and one.name in self.idle and one.name in KEPT:
            raise BadInput(say("This command has nothing to keep, so leave {option} away.", option=one.names[0]))


def idle_of(module: ModuleType) -> tuple[str, ...]:
    """The common options that change nothing in the command of this module."""
    asking = ASKING if getattr(module, "OFFLINE", False) else ()
    judging = JUDGING if getattr(module, "NO_CHECKS", False) else ()
    return tuple(name for name in (*asking, *judging) if name not in getattr(module, "USED", ()))


def layer_of(asked: Mapping[str, Any]) -> Layer:
    """The command line as the strongest layer of settings."""
    named = ("format", "lang", "resolver", "blocklists", "lists", "fail_on", "timeout", "color", "save")
    values = {name: asked[name] for name in named if asked.get(name)}
    values |= {name: True for name in ("strict", "offline") if asked.get(name)}
    return Layer("command line", values, loose=True)


def options_of(asked: Mapping[str, Any], settings: Settings) -> Options:
    """The merged settings and the rest of the command line as Options. Raises BadInput."""
    formats = tuple(_format(text) for text in settings.format) or (FormatRequest("table"),)
    plugin = any(request.name == "nagios" for request in formats) and "timeout" not in settings.origins
    return Options(
        formats=formats, warning=_limit("warning", asked), critical=_limit("critical", asked),
        output=_path(asked["output"]), language=settings.lang, resolvers=settings.resolver,
        blocklists=_path(settings.blocklists), lists=settings.lists, fail_on=settings.fail_on,
        strict=settings.strict, timeout=PLUGIN_TIMEOUT_S if plugin else settings.timeout, offline=settings.offline,
        record=_path(asked["record"]),
        replay=_path(asked["replay"]), color=settings.color, save=_path(settings.save), quiet=asked["quiet"],
        verbose=asked["verbose"], keys=settings.keys, policy=settings.policy, watch=settings.watch,
        lint=settings.lint, origins=settings.origins,
    )  # fmt: skip


def _format(text: str) -> FormatRequest:
    name, equals, file = text.partition("=")
    if equals and not file:
        raise BadInput(say("--format {text}: a file name is expected after the equals sign", text=text))
    return FormatRequest(name.strip().lower(), Path(file) if file else None)


def _limit(name: str, asked: Mapping[str, Any]) -> PluginRange | None:
    text = asked.get(name)
    if text is None:
        return None
    from reputation.plugin_range import plugin_range

    return plugin_range(f"--{name}", text)


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None
