"""Diagnosed bounces for a person: few in full, many as one line each, and at the end what to do with whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from reputation.bounces.diagnosis import Diagnosis, RecipientDiagnosis
from reputation.bounces.knowledge import knowledge
from reputation.bounces.statistics import Seen, Summary, judgement
from reputation.formats.clean import one_line
from reputation.formats.columns import columns, pad, wrap
from reputation.model import Confidence
from reputation.text import Text, render, say, say_plural, verbatim

FULL: Final = 3
_LISTED: Final = 40
_WIDTH: Final = 92
_VERDICTS: Final[Mapping[str, Text]] = {
    "hard": say("hard: do not send again"), "soft": say("soft: may pass later"),
    "block": say("block: the contact is fine, you were refused"), "auto": say("automatic reply: arrived"),
    "complaint": say("complaint: never write again"), "none": say("no bounce"),
    "unknown": say("unknown: cause not given"),
}  # fmt: skip
SHORT: Final[Mapping[str, Text]] = {
    "hard": say("hard"), "soft": say("soft"), "block": say("block"), "auto": say("auto"),
    "complaint": say("complaint"), "none": say("none"), "unknown": say("unknown"),
}  # fmt: skip
_PASTED: Final = "<text>"  # what a reply that came from no file is called for machines
Message = tuple[str, int, Diagnosis]


def bounce_table(messages: Sequence[Message], summary: Summary, language: str) -> str:
    """The whole report."""
    full = sum(len(d.recipients) or 1 for _, _, d in messages) <= FULL
    out: list[str] = []
    for file, n, diagnosis in messages:
        out += _in_full(file, n, diagnosis, language) if full else _in_short(file, n, diagnosis, language)
    if not full or summary.sent is not None:
        out += ["", *_summary(summary, language)]
    return "\n".join(out)


def _in_full(file: str, n: int, diagnosis: Diagnosis, language: str) -> Iterator[str]:
    yield _place(file, n, language)
    if not diagnosis.recipients:
        yield f"  {_say(_VERDICTS[diagnosis.verdict], language)}"
        yield from wrap(_say(diagnosis.why, language), _WIDTH, "  ")
    for recipient in diagnosis.recipients:
        yield from _recipient(diagnosis, recipient, language)
    yield ""


def _recipient(diagnosis: Diagnosis, recipient: RecipientDiagnosis, language: str) -> Iterator[str]:
    codes = " ".join(code for code in (recipient.reply, recipient.status) if code)
    who = one_line(recipient.recipient) or _say(say("(recipient not named)"), language)
    yield f"  {who}   {_say(_VERDICTS[recipient.verdict], language)}"
    yield f"  {_say(recipient.title, language)}{f'  [{codes}]' if codes else ''}"
    rows = [
        (say("What happened"), _say(recipient.what, language)), (say("Whose side"), _say(recipient.whose, language)),
        (say("What to do"), _say(recipient.next, language)),
    ]  # fmt: skip
    if recipient.suggestion:
        rows.append((say("Did you mean"), one_line(recipient.suggestion.address)))
    if recipient.meaning:
        rows.append((say("In the table"), _say(recipient.meaning, language)))
    if recipient.text:
        rows.append((say("They said"), one_line(recipient.text[:600])))
    if recipient.confidence is Confidence.LOW:
        rows.append((say("How sure"), _say(say("Not very: the answer hardly says why."), language)))
    yield from _rows(rows, language)
    yield from _draft(diagnosis, recipient, language)


def _rows(rows: Sequence[tuple[Text, str]], language: str) -> Iterator[str]:
    width = max(columns(_say(label, language)) for label, _ in rows) + 2
    for label, text in rows:
        first, *rest = wrap(text, _WIDTH - width - 4)
        yield f"    {pad(_say(label, language), width)}{first}"
        yield from (" " * (width + 4) + line for line in rest)


def _draft(diagnosis: Diagnosis, recipient: RecipientDiagnosis, language: str) -> Iterator[str]:
    for spoken in dict.fromkeys((language, "en")):
        draft = diagnosis.draft_for(recipient, spoken)
        if draft is None:
            return
        title = say("Ready to send:") if spoken == language else say("Ready to send, in English:")
        yield f"    {_say(title, language)}"
        for line in (draft.subject, "", *draft.body.split("\n")):
            yield from (piece.rstrip() for piece in wrap(one_line(line), _WIDTH, "      | "))


def _place(file: str, n: int, language: str) -> str:
    name = _say(say("pasted text"), language) if file == _PASTED else file
    return one_line(f"{name}#{n}" if n > 1 else name)


def _in_short(file: str, n: int, diagnosis: Diagnosis, language: str) -> Iterator[str]:
    place = _place(file, n, language)
    if not diagnosis.recipients:
        yield f"{pad(_say(SHORT[diagnosis.verdict], language), 10)}{pad('-', 40)}{place}"
    for recipient in diagnosis.recipients:
        codes = " ".join(code for code in (recipient.reply, recipient.status) if code)
        yield (
            f"{pad(_say(SHORT[recipient.verdict], language), 10)}{pad(one_line(recipient.recipient) or '-', 40)} "
            f"{pad(codes, 12)}{pad(_say(recipient.title, language), 34)} {place}"
        )


def _summary(summary: Summary, language: str) -> Iterator[str]:
    yield _say(
        say_plural("{n} recipient in {messages} messages", "{n} recipients in {messages} messages",
                   len(summary.recipients), messages=summary.messages), language
    )  # fmt: skip
    reasons = {name: reason.title for name, reason in knowledge().reasons.items()}
    unnamed: Mapping[str, Text] = {}
    counts = ((say("By verdict"), summary.verdicts, SHORT), (say("By reason"), summary.reasons, reasons),
              (say("By provider"), summary.providers, unnamed),
              (say("By country"), summary.countries, unnamed))  # fmt: skip
    for label, counted, known in counts:
        if counted:
            yield from wrap(_counted(label, counted, known, language), _WIDTH)
    judged = judgement(summary)
    if judged is not None:
        yield from wrap(_say(judged, language), _WIDTH)
    yield from _list(say("Remove from the list"), summary.remove, language)
    yield from _list(say("Verify by another channel"), summary.verify, language)
    yield from _list(say("Keep, and send again later"), summary.retry, language)


def _counted(label: Text, counted: Mapping[str, int], known: Mapping[str, Text], language: str) -> str:
    """One line: each name, in words where they are known, and how often it occurred."""
    first = tuple(
        say("{what} {n}", what=known.get(name) or verbatim(one_line(name)), n=count)
        for name, count in list(counted.items())[:12]
    )
    return _say(say("{cause}: {names}", cause=label, names=first), language)


def _list(label: Text, seen: Sequence[Seen], language: str) -> Iterator[str]:
    named = [one for one in seen if one.diagnosis.recipient]
    if not named:
        return
    yield _say(say("{what} ({n}):", what=label, n=len(named)), language)
    for one in named[:_LISTED]:
        hours = one.diagnosis.retry_after_hours
        after = _say(say_plural("after {n} hour", "after {n} hours", hours), language) if hours else ""
        yield f"  {pad(one_line(one.diagnosis.recipient), 42)} {_say(one.diagnosis.title, language)}  {after}".rstrip()
    if len(named) > _LISTED:
        yield f"  {_say(say('... and {n} more; -f csv lists all', n=len(named) - _LISTED), language)}"


def _say(text: Text, language: str) -> str:
    return render(text, language)
