"""The spine of `reputation bounce`: read, diagnose, draft. No rule and no sentence of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reputation.bounces.diagnosis import Diagnosis, diagnosed
from reputation.formats.bounce_draft import draft_messages
from reputation.formats.clean import file_stem
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


def draft_files(diagnoses: Sequence[Diagnosis], language: str) -> dict[str, bytes]:
    """File name -> draft message, for each recipient that has texts to send."""
    files: dict[str, bytes] = {}
    for diagnosis in diagnoses:
        for recipient in diagnosis.recipients:
            stem = f"{recipient.detail}-{file_stem(recipient.recipient)}"
            for purpose, message in draft_messages(diagnosis, recipient, language).items():
                files[_free(f"{stem}-{purpose}", files)] = message
    return files


def _free(stem: str, taken: dict[str, bytes]) -> str:
    name, number = f"{stem}.eml", 2
    while name in taken:
        name, number = f"{stem}-{number}.eml", number + 1
    return name
