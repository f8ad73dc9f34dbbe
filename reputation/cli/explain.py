"""`reputation explain ID`."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from reputation.cli._words import SEVERITIES, kinds_in_words
from reputation.cli.frame import Argument, BadInput, Options, deliver
from reputation.text import Text, render, say, verbatim

if TYPE_CHECKING:
    from reputation.catalogue import Catalogue, NotAskable
    from reputation.records.dnsxl import Blocklist, ClosedList

HELP = say("Explain a check, a blocklist or a bounce code: what it means, why it matters, how to put it right.")
_CODE: Final = re.compile(r"[245]\d\d|[245]\.\d{1,3}\.\d{1,3}")
_MOST_ROWS: Final = 8
OFFLINE = True
NO_CHECKS = True
USED = {"blocklists": say("Folder of blocklist files that replaces the built-in catalogue.")}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `field` is its name for machines, `value` what they read when not `words`."""

    field: str
    heading: Text
    words: Text
    value: str = ""


def command(
    options: Options,
    name: Annotated[
        str,
        Argument(
            metavar="ID", help=str(say("The id of a check, the zone or name of a list, or a code such as 5.7.1."))
        ),
    ],
) -> int:
    """The page of what `name` stands for."""
    page = list(_page(name.strip().rstrip(".").lower(), options))
    rendered = {"table": lambda: _plain(page, options.language), "json": lambda: _json(page, options.language)}
    return deliver(lambda format_name: rendered[format_name](), options)


def _page(name: str, options: Options) -> Iterator[Section]:
    from reputation.catalogue import load
    from reputation.checks.runner import module_names_cached

    code = name.rpartition(" ")[2]
    if all(_CODE.fullmatch(word) for word in name.split()) and code:
        return _code_page(code)
    check = name.replace("_", "-")
    if check in module_names_cached():
        return _check_page(check)
    catalogue = load(options.blocklists)
    found = _list_of(catalogue, name)
    if found is not None:
        return _list_page(found)
    dead = _closed_of(catalogue, name)
    if dead is not None:
        return _closed_page(dead)
    other = next((one for one in catalogue.not_askable if name in (one.zone, one.name.lower())), None)
    if other is not None:
        return _not_askable_page(other)
    raise BadInput(_nothing(name, [*module_names_cached(), *(one.zone for one in catalogue.lists)]))


def _code_page(code: str) -> Iterator[Section]:
    """What the table of bounce codes says of a reply or status code, as `reputation codes` does in full."""
    from reputation.bounces.codes import search
    from reputation.bounces.knowledge import ANY_PROVIDER

    rows = search(code)[:_MOST_ROWS]
    if not rows:
        raise BadInput(say("No bounce code {code} is known; `reputation codes` shows the whole table.", code=code))
    for row in rows:
        provider = say("any") if row.provider == ANY_PROVIDER else verbatim(row.provider)
        yield Section("match", say("{match} ({provider})", match=row.match, provider=provider), row.meaning)
        yield Section("advice", say("What to do"), row.advice)


def _nothing(name: str, known: list[str]) -> Text:
    near = tuple(difflib.get_close_matches(name, known, 3) or [one for one in known if name in one][:3])
    if near:
        return say("Nothing is called {name}; did you mean {near}?", name=name, near=near)
    return say("Nothing is called {name}; expected the id of a check from a report, or the zone of a list.", name=name)


def _check_page(check: str) -> Iterator[Section]:
    from reputation.checks.about import about
    from reputation.formats.evidence import LABELS

    known = about(check)
    assert known is not None
    page, graves = known.page, known.severities
    yield Section("id", say("Check"), verbatim(check))
    yield Section("title", say("In short"), Text(page.title))
    named = say("{names}", names=tuple(SEVERITIES[one] for one in graves))
    yield Section("severity", say("Severity"), named, str(graves[0]))
    if known.evidence:
        labels = say("{names}", names=tuple(LABELS[one] for one in known.evidence))
        yield Section("evidence_label", say("Evidence"), labels, known.evidence[0])
    if not known.default:
        yield Section("default", say("Asked"), say("only with --only {check}; off by default", check=check), "off")
    yield Section("why", say("Why it matters"), Text(page.why))
    yield Section("bad", say("Bad"), Text(page.bad))
    yield Section("good", say("Good"), Text(page.good))
    yield Section("fix", say("What to do"), Text(page.fix))
    yield Section("source", say("Source"), Text(page.source))


def _list_of(catalogue: Catalogue, name: str) -> Blocklist | None:
    known = (*catalogue.lists, *catalogue.unconfirmed)
    return next((one for one in known if name in (one.zone, one.name.lower())), None)


def _closed_of(catalogue: Catalogue, name: str) -> ClosedList | None:
    from reputation.catalogue import is_closed

    return next((one for one in catalogue.closed if is_closed(one, name) or name == one.name.lower()), None)


def _list_page(one: Blocklist) -> Iterator[Section]:
    yield Section("zone", say("Blocklist"), verbatim(f"{one.zone} ({one.name}, {one.operator})"))
    yield Section("severity", say("Weight of a listing"), SEVERITIES[one.severity], str(one.severity))
    yield Section("kinds", say("Holds"), kinds_in_words(one.kinds), " ".join(sorted(one.kinds)))
    if one.why:
        yield Section("why", say("Why it matters"), Text(one.why))
    if one.delist_how:
        yield Section("delist_how", say("How to get off the list"), Text(one.delist_how))
    if one.delist:
        yield Section("delist", say("Page for removal"), verbatim(one.delist))
    if one.key:
        yield Section("key", say("Key"), verbatim(one.key))
    for code in one.codes:
        yield Section(f"code {code.pattern}", say("Answer {code}", code=code.pattern), Text(code.meaning))
    yield Section("source", say("Source"), verbatim("\n".join(one.sources)))
    if one.checked:
        yield Section("checked", say("Last looked at"), verbatim(str(one.checked)))


def _not_askable_page(other: NotAskable) -> Iterator[Section]:
    yield Section("zone", say("Zone that cannot be asked"), verbatim(f"{other.zone} ({other.name})"))
    yield Section("reason", say("Reason"), Text(other.reason))


def _closed_page(dead: ClosedList) -> Iterator[Section]:
    from reputation.catalogue import closed_when

    yield Section("zone", say("Closed blocklist"), verbatim(f"{dead.zone} ({dead.name})"))
    yield Section("closed", say("Closed since"), closed_when(dead))
    yield Section("reason", say("Reason"), Text(dead.reason))
    yield Section("source", say("Source"), verbatim(dead.source))


def _plain(page: list[Section], language: str) -> str:
    from reputation.cli.frame.wrap import wrapped

    blocks = [
        f"{render(section.heading, language)}\n{wrapped(render(section.words, language), indent='  ')}"
        for section in page
    ]
    return "\n".join(blocks)


def _json(page: list[Section], language: str) -> str:
    """A field a section; what occurs several times is a list."""
    fields: dict[str, list[str]] = {}
    for section in page:
        fields.setdefault(section.field, []).append(section.value or render(section.words, language))
    return json.dumps({name: words[0] if len(words) == 1 else words for name, words in fields.items()}, indent=2)
