"""Diagnosed bounces for a person: few in full, many as one line each, and at the end what to do with whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from reputation.bad_input import called
from reputation.bounces.diagnosis import Diagnosis, RecipientDiagnosis
from reputation.bounces.drafts import NO_DRAFT
from reputation.bounces.knowledge import knowledge
from reputation.bounces.statistics import Seen, Summary, judgement
from reputation.formats.clean import one_line
from reputation.formats.columns import columns, pad, wrap
from reputation.model import Confidence
from reputation.text import Text, render, say, say_plural, verbatim

FULL: Final = 3
_LISTED: Final = 40
_VERDICTS: Final[Mapping[str, Text]] = {
    "hard": say("hard: do not send again"), "soft": say("soft: may pass later"),
    "block": say("block: the contact is fine, you were refused"), "auto": say("automatic reply: arrived"),
    "complaint": say("complaint: never write again"), "none": say("no bounce"),
    "unknown": say("unknown: cause not given"),
}  # fmt: skip
_WAITS: Final = say("automatic reply: waits for a confirmation")
_WIDE: Final = 96
_TELLING: Final = 40  # a shorter meaning of a code says what the title says
SHORT: Final[Mapping[str, Text]] = {
    "hard": say("hard"), "soft": say("soft"), "block": say("block"), "auto": say("auto"),
    "complaint": say("complaint"), "none": say("none"), "unknown": say("unknown"),
}  # fmt: skip
Message = tuple[str, int, Diagnosis]
_Page = tuple[str, int]  # the language and the columns


def bounce_table(messages: Sequence[Message], summary: Summary, language: str, width: int = 80) -> str:
    """The whole report, in lines of at most `width` columns; the texts to copy keep their paragraphs whole."""
    full = sum(len(d.recipients) or 1 for _, _, d in messages) <= FULL
    out: list[str] = []
    for file, n, diagnosis in messages:
        out += (
            _in_full(file, n, diagnosis, (language, width))
            if full
            else _in_short(file, n, diagnosis, (language, width))
        )
    if not full or summary.sent is not None:
        out += ["", *_summary(summary, language, width)]
    return "\n".join(out)


def _in_full(file: str, n: int, diagnosis: Diagnosis, page: _Page) -> Iterator[str]:
    language, width = page
    yield _place(file, n, language)
    if not diagnosis.recipients:
        yield f"  {_say(_VERDICTS[diagnosis.verdict], language)}"
        yield from wrap(_say(diagnosis.why, language), width, "  ")
    for recipient in diagnosis.recipients:
        yield from _recipient(diagnosis, recipient, page)
    yield ""


def _recipient(diagnosis: Diagnosis, recipient: RecipientDiagnosis, page: _Page) -> Iterator[str]:
    language, width = page
    codes = " ".join(code for code in (recipient.reply, recipient.status) if code)
    who = one_line(recipient.recipient) or _say(say("(recipient not named)"), language)
    verdict = _say(_WAITS if recipient.detail == "challenge" else _VERDICTS[recipient.verdict], language)
    one = f"  {who}   {verdict}"
    yield from (one,) if columns(one) <= width else (f"  {who}", f"  {verdict}")
    yield f"  {_say(recipient.title, language)}{f'  [{codes}]' if codes else ''}"
    rows = [(say("What happened"), _say(recipient.what, language))]
    if recipient.suggestion:
        rows.append((say("Did you mean"), one_line(recipient.suggestion.address)))
    rows += [(say("Whose side"), _say(recipient.whose, language)), (say("What to do"), _say(recipient.next, language))]
    if recipient.meaning and recipient.detail != "address" and len(str(recipient.meaning)) > _TELLING:
        rows.append((say("In the table"), _say(recipient.meaning, language)))
    if recipient.text:
        rows.append((say("They said"), one_line(recipient.text[:600])))
    if recipient.confidence is Confidence.LOW and recipient.verdict != "unknown":
        rows.append((say("How sure"), _say(say("Not very: the answer hardly says why."), language)))
    yield from _rows(rows, page)
    yield from _drafts(diagnosis, recipient, page)


def _rows(rows: Sequence[tuple[Text, str]], page: _Page) -> Iterator[str]:
    language, whole = page
    width = max(columns(_say(label, language)) for label, _ in rows) + 2
    for label, text in rows:
        first, *rest = wrap(text, whole - width - 4)
        yield f"    {pad(_say(label, language), width)}{first}"
        yield from (" " * (width + 4) + line for line in rest)


def _drafts(diagnosis: Diagnosis, recipient: RecipientDiagnosis, page: _Page) -> Iterator[str]:
    """The texts to send, from the first column and unbroken, so that they can be copied as they are.

    A colleague reads the language of the user; the contact mostly English, so that comes first.
    """
    language, width = page
    for number, one in enumerate(diagnosis.drafts_for(recipient, language)):
        spoken = (language,) if one.audience == "colleague" else tuple(dict.fromkeys(("en", language)))
        for words in spoken:
            draft = diagnosis.drafts_for(recipient, words)[number]
            yield from ("", _rule(_say(_heading(draft.audience, words), language), width))
            if draft.audience != "channel":
                yield from (render(say("Subject: {subject}", subject=one_line(draft.subject)), words), "")
            yield from (one_line(line).rstrip() for line in draft.body.split("\n"))
    if recipient.template != NO_DRAFT:
        yield "-" * width


def _rule(heading: str, width: int) -> str:
    return f"-- {heading} {'-' * max(2, width - columns(heading) - 4)}"


def _heading(audience: str, spoken: str) -> Text:
    if audience == "colleague":
        return say("Text for the IT colleague")
    tongue = say("English") if spoken == "en" else say("Chinese")
    if audience == "channel":
        return say("Text for the contact, by chat or another address ({tongue})", tongue=tongue)
    return say("E-mail to the contact ({tongue})", tongue=tongue)


def _place(file: str, n: int, language: str) -> str:
    name = _say(called(file), language)
    return one_line(f"{name}#{n}" if n > 1 else name)


def _in_short(file: str, n: int, diagnosis: Diagnosis, page: _Page) -> Iterator[str]:
    language, width = page
    place = _place(file, n, language)
    if not diagnosis.recipients:
        why = _VERDICTS["none"] if diagnosis.verdict == "none" else _VERDICTS["unknown"]
        yield _short_row((_say(SHORT[diagnosis.verdict], language), "-", "", _say(why, language), place), width)
    for recipient in diagnosis.recipients:
        codes = " ".join(code for code in (recipient.reply, recipient.status) if code)
        cells = (
            _say(SHORT[recipient.verdict], language), one_line(recipient.recipient) or "-", codes,
            _say(recipient.title, language), place,
        )  # fmt: skip
        yield _short_row(cells, width)


def _short_row(cells: tuple[str, str, str, str, str], width: int) -> str:
    """Verdict, address, codes where there is room for them, reason, and where it was read, all within the width."""
    verdict, address, codes, title, place = cells
    wide = width >= _WIDE
    left = f"{pad(verdict, 10)}{pad(_within(address, 40 if wide else 28), 41 if wide else 29)}"
    if wide:
        left += pad(codes, 12)
    room = width - columns(left)
    most = room * 2 // 3
    reason = pad(_within(title, most), most + 1)
    return f"{left}{reason}{_within(place, room - columns(reason), from_left=True)}".rstrip()


def _within(text: str, room: int, *, from_left: bool = False) -> str:
    """The text cut to `room` columns, at its beginning or at its end."""
    if columns(text) <= room:
        return text
    while text and columns(text) > room - 3:
        text = text[1:] if from_left else text[:-1]
    return f"...{text}" if from_left else f"{text}..."


def _summary(summary: Summary, language: str, width: int) -> Iterator[str]:
    yield _say(
        say_plural("{n} recipient in {messages} messages", "{n} recipients in {messages} messages",
                   len(summary.recipients), messages=summary.messages), language
    )  # fmt: skip
    reasons = {name: reason.title for name, reason in knowledge().reasons.items()}
    nobody, nowhere = {"?": say("not named")}, {"-": say("without a country")}
    counts = ((say("By verdict"), summary.verdicts, SHORT), (say("By reason"), summary.reasons, reasons),
              (say("By provider"), summary.providers, nobody),
              (say("By country"), summary.countries, nowhere))  # fmt: skip
    for label, counted, known in counts:
        if counted:
            yield from wrap(_counted(label, counted, known, language), width)
    judged = judgement(summary)
    if judged is not None:
        yield from wrap(_say(judged, language), width)
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
