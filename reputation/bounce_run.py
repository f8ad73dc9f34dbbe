"""The spine of `reputation bounce`: read, diagnose. No rule and no sentence of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reputation.bounces.diagnosis import Diagnosis, diagnosed
from reputation.gather.bounces import BounceProblem, Item, read_bounces
from reputation.gather.imap import is_mailbox, parse_mailbox_address, read_mailbox
from reputation.secret import Secret


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """One message of one file, diagnosed."""

    file: str
    n: int
    diagnosis: Diagnosis


def diagnose_all(names: Sequence[str], password: Secret | None) -> Iterator[Diagnosed | BounceProblem]:
    """Every message in files, folders and mailboxes, one at a time. Raises BadInput and MailboxRefused."""
    mailboxes = [parse_mailbox_address(name) for name in names if is_mailbox(name)]
    files = [name for name in names if not is_mailbox(name)]
    if files or not mailboxes:
        yield from map(_diagnosed, read_bounces(files))
    for mailbox in mailboxes:
        yield from map(_diagnosed, read_mailbox(mailbox, password or Secret("")))


def _diagnosed(item: Item) -> Diagnosed | BounceProblem:
    return item if isinstance(item, BounceProblem) else Diagnosed(item.file, item.n, diagnosed(item.found))
