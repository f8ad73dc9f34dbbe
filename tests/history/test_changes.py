"""When the watchman speaks, and when he holds his tongue."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from reputation.history.changes import Event, Key, Kind, Observation, Rules, Standing, State, step
from reputation.model import Cause

KEY = Key("203.0.113.5", "blocklist-listing", "zen.example")
DAY = 86400.0
RULES = Rules(remind_s=0)
GOOD, BAD = Standing.GOOD, Standing.BAD


def seen(standing: Standing | None, at: float, resolver: str = "127.0.0.1:53") -> Observation:
    """One observation."""
    cause = Cause.REFUSED if standing is None else None
    return Observation(key=KEY, at=at, standing=standing, resolver=resolver, cause=cause)


def told(story: list[Observation], rules: Rules = RULES) -> list[Kind]:
    """What is told in the course of a story."""
    state, kinds = State(), []
    for observation in story:
        state, events = step(state, observation, rules)
        kinds += [event.kind for event in events]
    return kinds


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ([(GOOD, 0), (GOOD, DAY)], []),
        ([(GOOD, 0), (BAD, DAY)], []),
        ([(GOOD, 0), (BAD, DAY), (BAD, DAY + 10)], []),
        ([(GOOD, 0), (BAD, DAY), (BAD, DAY + 10), (BAD, DAY + 300)], [Kind.LISTED]),
        ([(GOOD, 0), (BAD, DAY), (BAD, 2 * DAY), (BAD, 3 * DAY)], [Kind.LISTED]),
        ([(GOOD, 0), (BAD, DAY), (GOOD, 2 * DAY), (BAD, 3 * DAY)], []),
        ([(GOOD, 0), (BAD, DAY), (None, 2 * DAY), (BAD, 3 * DAY)], [Kind.LISTED]),
        ([(BAD, 0), (BAD, DAY)], [Kind.LISTED]),
        ([(BAD, 0), (BAD, DAY), (GOOD, 2 * DAY)], [Kind.LISTED]),
        ([(BAD, 0), (BAD, DAY), (GOOD, 2 * DAY), (GOOD, 3 * DAY)], [Kind.LISTED, Kind.DELISTED]),
        ([(BAD, 0), (BAD, DAY), (None, 2 * DAY), (None, 3 * DAY)], [Kind.LISTED]),
        ([(GOOD, 0), (None, DAY), (None, 2 * DAY)], []),
        ([(GOOD, 0), (None, 1), (None, 2), (None, 3), (None, 4)], [Kind.BLIND]),
        ([(GOOD, 0), (None, 1), (None, 2), (None, 3), (GOOD, 4)], [Kind.BLIND]),
        ([(GOOD, 0), (None, 1), (None, 2), (None, 3), (GOOD, 4), (GOOD, 5)], [Kind.BLIND, Kind.SIGHTED]),
        ([(GOOD, 0), *[(None, 1), (None, 2), (None, 3), (GOOD, 4)] * 20], [Kind.BLIND]),
        (
            [(BAD, 0), (BAD, DAY), *[(None, 2 * DAY)] * 3, (GOOD, 3 * DAY), (GOOD, 4 * DAY)],
            [Kind.LISTED, Kind.BLIND, Kind.SIGHTED, Kind.DELISTED],
        ),
    ],
)
def test_only_what_is_confirmed_is_told(story: list[tuple[Standing | None, float]], expected: list[Kind]) -> None:
    """Two observations apart for a listing and for its end; unknown changes nothing and is told once when it lasts."""
    assert told([seen(standing, at) for standing, at in story]) == expected


def test_a_change_that_is_confirmed_before_blindness_is_over_leaves_its_end_to_be_told() -> None:
    """Two resolvers agree on a change after two looks; three are wanted before anything else is believed."""
    rules = Rules(confirmations=3, blind_after=1, remind_s=0)
    story = [seen(BAD, 0), seen(BAD, DAY), seen(BAD, 2 * DAY), seen(None, 3 * DAY), seen(GOOD, 4 * DAY)]
    story += [seen(GOOD, 4 * DAY + 1, "127.0.0.2:53"), seen(GOOD, 5 * DAY), seen(GOOD, 6 * DAY)]
    assert told(story, rules) == [Kind.LISTED, Kind.BLIND, Kind.DELISTED, Kind.SIGHTED]


def test_a_second_resolver_confirms_at_once() -> None:
    """Two resolvers that agree need no waiting."""
    story = [seen(GOOD, 0), seen(BAD, DAY), seen(BAD, DAY + 1, "127.0.0.2:53")]
    assert told(story) == [Kind.LISTED]


def test_what_joined_later_is_news_and_not_the_baseline() -> None:
    """A check that fails at its first sight: silence at the first run of its target, two looks when it came later."""
    check = Key("drafts/a.html", "link-shortener")
    first = [Observation(key=check, at=day * DAY, standing=BAD) for day in range(3)]
    joined = [Observation(key=check, at=day * DAY, standing=BAD, baseline=day > 0) for day in range(3)]
    assert told(first) == [] and told(joined) == [Kind.FAILING]
    assert told([replace(joined[0]), replace(first[1], standing=GOOD), *first[2:]]) == []


def test_a_single_confirmation_may_be_enough_by_setting() -> None:
    """Who wants every first sight, gets it."""
    assert told([seen(GOOD, 0), seen(BAD, 1)], Rules(confirmations=1)) == [Kind.LISTED]


@pytest.mark.parametrize("jump", [-DAY, 365 * DAY, 2147483647.0 - 1_700_000_000.0])
def test_a_clock_that_jumps_does_not_silence_an_alarm(jump: float) -> None:
    """The second observation may lie before the first one."""
    start = 1_700_000_000.0
    story = [seen(GOOD, start), seen(BAD, start + 10), seen(BAD, start + 10 + jump)]
    assert told(story) == [Kind.LISTED]


def test_what_stays_bad_is_told_again() -> None:
    """A reminder every N days, each with an id of its own."""
    rules, state, events = Rules(remind_s=7 * DAY), State(), list[Event]()
    for day in range(30):
        state, happened = step(state, seen(BAD, day * DAY), rules)
        events += happened
    assert [event.kind for event in events] == [Kind.LISTED, Kind.REMINDER, Kind.REMINDER, Kind.REMINDER, Kind.REMINDER]
    assert len({event.id for event in events}) == len(events)


@pytest.mark.parametrize("seed", range(20))
def test_a_thousand_days_with_unknown_answers_and_flapping_lists(seed: int) -> None:
    """No false alarm, no false clear; each true listing (two days and longer) and its end told exactly once."""
    dice = random.Random(seed)
    truth: list[Standing] = []
    while len(truth) < 1000:
        truth += [GOOD] * dice.randint(5, 60) + [BAD] * dice.randint(4, 30)
    truth = [GOOD, GOOD, *truth[:990], GOOD, GOOD, GOOD, GOOD, GOOD, GOOD, GOOD, GOOD]
    state, kinds = State(), []
    for day, real in enumerate(truth):
        answer: Standing | None = real
        if dice.random() < 0.05:
            answer = None
        elif dice.random() < 0.02 and truth[day - 1] is real:  # a flap: one odd answer, right again an hour later
            state, events = step(state, seen(BAD if real is GOOD else GOOD, day * DAY), RULES)
            kinds += [event.kind for event in events]
            state, events = step(state, seen(real, day * DAY + 3600), RULES)
            kinds += [event.kind for event in events]
            continue
        state, events = step(state, seen(answer, day * DAY), RULES)
        kinds += [event.kind for event in events]
    changes = [kind for kind in kinds if kind in (Kind.LISTED, Kind.DELISTED)]
    true_listings = sum(1 for a, b in itertools.pairwise(truth) if (a, b) == (GOOD, BAD))
    assert changes == [Kind.LISTED, Kind.DELISTED] * true_listings
