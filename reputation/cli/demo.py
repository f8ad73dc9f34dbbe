"""`reputation demo`."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING, Annotated

from reputation.cli.frame import Argument, BadInput, Options
from reputation.text import Text, render, say

if TYPE_CHECKING:
    from reputation.gather.demo_world import Story
    from reputation.model import Report
    from reputation.run import Request

HELP = say("Show the program at work on invented senders, without any network.")
_STORY = say("One story by its name; without it all are told.")


def command(
    options: Options,
    story: Annotated[str, Argument(metavar="STORY", help=str(_STORY))] = "",
) -> int:
    """Tells each story and shows its report. 0 when they could be shown, whatever they say."""
    from reputation.cli.frame.reporting import check_report_formats, deliver_report

    check_report_formats(options)
    told = _chosen(story)
    if len(told) > 1 and (options.output or options.record or any(one.file for one in options.formats)):
        raise BadInput(say("Several stories do not fit into one file; name one, such as {name}", name=told[0].name))
    for number, chosen in enumerate(told):
        _tell(number, chosen, options)
        deliver_report(_report(chosen, options), options)
    return 0


def _chosen(name: str) -> tuple[Story, ...]:
    from reputation.gather.demo_world import stories

    known = {story.name: story for story in stories()}
    if not name:
        return tuple(known.values())
    if name in known:
        return (known[name],)
    near = difflib.get_close_matches(name, known, 1)
    raise BadInput(
        say("There is no story {name}; did you mean {near}?", name=name, near=near[0])
        if near
        else say("There is no story {name}; known are {known}", name=name, known=tuple(known))
    )


def _tell(number: int, story: Story, options: Options) -> None:
    """The story goes to standard output before a report for people, else out of the way of machines."""
    from reputation.cli.frame.wrap import wrapped

    stream = sys.stdout if options.wants("table") and options.output is None else sys.stderr
    if options.quiet:
        return
    heading = f"=== {render(Text(story.title), options.language)} ==="
    command_line = " ".join(["$ reputation check", *story.targets, *(f"--ip {ip}" for ip in story.ips)])
    selectors = "".join(f" --selector {name}" for name in story.selectors)
    draft = f" --draft {story.draft.name}" if story.draft else ""
    told = wrapped(render(Text(story.story), options.language))
    gap = "\n" if number else ""
    print(f"{gap}{heading}\n{told}\n\n{command_line}{selectors}{draft}\n", file=stream, flush=True)


def _report(story: Story, options: Options) -> Report:
    """The real run against the world of the story."""
    from reputation.catalogue import load
    from reputation.cli.frame.asking import asking, policy_of
    from reputation.cli.frame.reporting import checked
    from reputation.gather.demo_server import DemoServer
    from reputation.gather.demo_world import World

    catalogue = load()
    with DemoServer(World(story, catalogue.lists)) as server:
        there = options._replace(
            resolvers=(server.address,), timeout=story.timeout, keys={}, offline=False, replay=None,
            lists="default", blocklists=None,
        )  # fmt: skip
        with asking(there, alone=True) as ask:
            return checked(_request(story), catalogue.select("default", frozenset()), ask, policy_of(options))


def _request(story: Story) -> Request:
    from reputation.gather.drafts import DraftProblem, from_bytes
    from reputation.run import Request

    drafts = []
    if story.draft:
        read = from_bytes(story.draft.name, story.draft.read_bytes(), story.draft.suffix)
        assert not isinstance(read, DraftProblem)
        drafts.append(read)
    return Request(domains=story.targets, ips=story.ips, selectors=story.selectors, drafts=tuple(drafts))
