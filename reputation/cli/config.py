"""`reputation config show`."""

from __future__ import annotations

import difflib
import json
from typing import Annotated, Any

from reputation.cli.frame import Argument, BadInput, Option, Options, deliver
from reputation.settings import BUILT_IN, origin_in_words
from reputation.text import render, say

HELP = say("Show every setting of this run; --origin says where each comes from.")
OFFLINE = True


def command(
    options: Options,
    action: Annotated[str, Argument(metavar="show", help=str(say("What to do: show.")))] = "show",
    origin: Annotated[bool, Option("--origin", help=str(say("Say where each value comes from.")))] = False,
) -> int:
    """The settings as TOML, or as JSON with their origins. Keys are never shown."""
    if action != "show":
        near = difflib.get_close_matches(action, ["show"], 1)
        raise BadInput(say("config {action}: expected config {near}", action=action, near=near[0] if near else "show"))
    values = _values(options)
    rendered = {"table": _toml(values, options, origin), "json": _json(values, options)}
    return deliver(rendered.__getitem__, options)


def _values(options: Options) -> dict[str, Any]:
    """Dotted name -> value, in the order in which a file would have them."""
    plain = {
        "lang": options.language, "format": [_shown(f.name, f.file) for f in options.formats],
        "resolver": list(options.resolvers), "blocklists": str(options.blocklists or ""), "lists": options.lists,
        "fail_on": options.fail_on, "strict": options.strict, "timeout": options.timeout, "offline": options.offline,
        "color": options.color, "save": str(options.save or ""),
    }  # fmt: skip
    keys = {f"keys.{name}": str(secret) for name, secret in sorted(options.keys.items())}
    policy = {f"policy.{section}": dict(table) for section, table in sorted(options.policy.items())}
    watch = {f"watch.{name}": _without_secrets(value) for name, value in sorted(options.watch.items())}
    lint = {f"lint.{name}": value for name, value in sorted(options.lint.items())}
    return {**plain, **keys, **lint, **policy, **watch}


def _without_secrets(value: Any) -> Any:
    """Tables inside [watch] hold addresses with tokens in them: only what each is called is shown."""
    if isinstance(value, dict):
        return "***"
    if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        return [str(entry.get("name") or entry.get("target") or "***") for entry in value]
    return value


def _shown(name: str, file: object) -> str:
    return f"{name}={file}" if file else name


def _origin(name: str, options: Options) -> str:
    return options.origins.get(name, "system" if name == "lang" else BUILT_IN)


def _said(origin: str, options: Options) -> str:
    return render(origin_in_words(origin), options.language)


def _toml(values: dict[str, Any], options: Options, origin: bool) -> str:
    lines = [f"{name} = {_literal(value)}" for name, value in values.items()]
    width = max(len(line) for line in lines)
    names = list(values)
    if not origin:
        return "\n".join(lines)
    return "\n".join(
        f"{line:<{width}}  # {_said(_origin(name, options), options)}" for name, line in zip(names, lines, strict=True)
    )


def _literal(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_literal(inner)}" for name, inner in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def _json(values: dict[str, Any], options: Options) -> str:
    rows = {name: {"value": value, "origin": _origin(name, options)} for name, value in values.items()}
    return json.dumps(rows, ensure_ascii=True, indent=2)
