"""Whether a resolver can be believed when it says that something is gone: it must know the lists' own test entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reputation.gather.list_names import ListName, list_name, list_test
from reputation.gather.lookup import Lookup
from reputation.model import Absent, Found, Secret
from reputation.records.dnsxl import Blocklist


def denies_everything(lookup: Lookup, lists: Iterable[Blocklist], keys: Mapping[str, Secret]) -> bool:
    """True where it knows no positive entry of any list and denies one.

    Silence proves nothing, and a list's code for "refused" is an answer.
    """
    named = ((one, list_name(one, keys)) for one in lists)
    tests = [list_test(one, kind, name) for one, name in named if isinstance(name, ListName) for kind in one.kinds]
    questions = list(dict.fromkeys(question for test in tests for question in test.listed))
    answers = lookup.ask_many(questions) if questions else []
    return any(isinstance(one, Absent) for one in answers) and not any(isinstance(one, Found) for one in answers)
