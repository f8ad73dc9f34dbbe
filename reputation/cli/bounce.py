"""`reputation bounce`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from reputation.bad_input import problem_of
from reputation.cli._paste import invite
from reputation.cli.frame import Argument, BadInput, Option, Options, deliver
from reputation.cli.frame.output import check_formats
from reputation.cli.frame.telling import tell, tell_error
from reputation.text import say

if TYPE_CHECKING:
    from reputation.bounce_run import Diagnosed
    from reputation.bounces.statistics import Summary
    from reputation.secret import Secret

HELP = say("Say what a bounce means, whose side it is on, what to do now, and give a text to send.")
OFFLINE = True
NO_CHECKS = True
FORMATS = ("table", "json", "json-lines", "csv")
_COULD_NOT_TELL = 3
_PASSWORD = "REPUTATION_IMAP_PASSWORD"  # noqa: S105 - the name of a variable
_FILES = str(
    say("Bounces: .eml, mbox, Maildir, folder, log, JSON events, imaps://user@host/FOLDER or one reply in quotes.")
)


def _may_bounce(name: str) -> bool:
    return not name.startswith(".")


def command(
    options: Options,
    files: Annotated[list[str] | None, Argument(metavar="[FILE...]", help=_FILES, wanted=_may_bounce)] = None,
    sent: Annotated[
        int | None, Option("--sent", metavar="N", help=str(say("How many mails were sent, for the bounce rate.")))
    ] = None,
    drafts: Annotated[
        str | None, Option("--draft", metavar="DIR", help=str(say("Write the texts to send as .eml drafts.")))
    ] = None,
    xlsx: Annotated[
        str | None,
        Option("--xlsx", metavar="FILE", help=str(say("Write the recipients as a workbook for a CRM.")), writes=True),
    ] = None,
    password_file: Annotated[
        str | None, Option("--password-file", metavar="FILE", help=str(say("File with the IMAP password.")))
    ] = None,
) -> int:
    """Diagnoses everything; a file that can not be read is said on standard error and the rest goes on."""
    from reputation.bounces.statistics import summarise

    check_formats(options, FORMATS)
    if sent is not None and sent < 1:
        raise BadInput(say("--sent must be a whole number above 0"))
    invite(files or (), options)
    found, problems, refused = _read(files or (), _password(password_file), options)
    summary = summarise((one.diagnosis for one in found), sent)
    failed = deliver(lambda name: _rendered(name, found, summary, options), options, FORMATS) if found else 0
    failed = _extras(found, summary, drafts, xlsx, options) or failed
    if not found and problems and not refused:
        return 2
    return _COULD_NOT_TELL if refused else failed or int(problems > 0)


def _read(files: Sequence[str], password: Secret | None, options: Options) -> tuple[list[Diagnosed], int, bool]:
    """What was diagnosed, how many files could not be read, and whether a mailbox refused."""
    from reputation.bounce_run import diagnose_all
    from reputation.gather.bounces import BounceProblem
    from reputation.gather.imap import MailboxRefused

    found: list[Diagnosed] = []
    problems = 0
    try:
        for one in diagnose_all(files, password):
            if isinstance(one, BounceProblem):
                problems += 1
                tell_error(one.message, options.language)
            else:
                found.append(one)
    except MailboxRefused as error:
        tell_error(error.sentence, options.language)
        return found, problems, True
    return found, problems, False


def _password(file: str | None) -> Secret | None:
    from reputation.secret import Secret

    if file is None:
        return Secret(os.environ.get(_PASSWORD, ""))
    return Secret(Path(file).read_text("utf-8").strip("\r\n"))


def _today() -> date:
    from datetime import datetime

    return datetime.now().astimezone().date()  # noqa: TID251 - the command line is where the clock is read


def _rendered(name: str, found: Sequence[Diagnosed], summary: Summary, options: Options) -> str:
    from reputation.cli.frame.wrap import terminal_width
    from reputation.formats.bounce_json import bounce_json, bounce_line
    from reputation.formats.bounce_rows import bounce_csv
    from reputation.formats.bounce_table import bounce_table

    messages = [(one.file, one.n, one.diagnosis) for one in found]
    if name == "json":
        return bounce_json(messages, summary, options.language)
    if name == "json-lines":
        return "\n".join(bounce_line(*message, options.language) for message in messages)
    if name == "csv":
        return bounce_csv(summary, _today(), options.language)
    return bounce_table(messages, summary, options.language, terminal_width())


def _extras(
    found: Sequence[Diagnosed], summary: Summary, drafts: str | None, xlsx: str | None, options: Options
) -> int:
    """The .eml drafts and the workbook; 2 when one could not be written."""
    try:
        if drafts is not None:
            from reputation.bounce_run import draft_files
            from reputation.gather.bounce_drafts import write_files

            files = draft_files([one.diagnosis for one in found], options.language)
            write_files(Path(drafts), files)
            if not options.quiet:
                said = say("{count} drafts written to {folder}", count=len(files), folder=drafts)
                tell(said, options.language)
        if xlsx is not None:
            from reputation.formats.workbook import contacts_workbook
            from reputation.gather.bounce_drafts import write_bytes

            write_bytes(Path(xlsx), contacts_workbook(summary, _today(), options.language))
    except OSError as error:
        tell_error(
            say("{file}: {problem}", file=str(error.filename or ""), problem=problem_of(error)), options.language
        )
        return 2
    return 0
