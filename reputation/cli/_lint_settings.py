"""The checks of drafts that the configuration and the drafts leave out, for every command that reads drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reputation.bad_input import called
from reputation.cli.frame import Options
from reputation.cli.frame.telling import tell
from reputation.lint_settings import LintSettings, lint_settings, no_such_check
from reputation.text import say

if TYPE_CHECKING:
    from reputation.facts.draft import DraftFacts

_MOST_TOLD: Final = 5
_LONGEST: Final = 60  # of a name: no check has a longer one


def configured(options: Options) -> LintSettings:
    """[lint] of this run. Raises BadInput naming the place, the key and what is expected."""
    return lint_settings(options.lint, options.origins, _known()) if options.lint else LintSettings()


def tell_mistyped(draft: DraftFacts, options: Options) -> None:
    """Says on standard error which names in the draft's own list of checks to leave out no check has."""
    if not draft.ignored or options.quiet:
        return
    known, file = _known(), called(draft.file)
    names = sorted(name[:_LONGEST] for name in draft.ignored - known)
    told = [say("{file}: {problem}", file=file, problem=no_such_check(name, known)) for name in names[:_MOST_TOLD]]
    if len(names) > _MOST_TOLD:
        told.append(say("{file}: {count} more names that no check has", file=file, count=len(names) - _MOST_TOLD))
    for sentence in told:
        tell(sentence, options.language)


def _known() -> set[str]:
    from reputation.checks.registry import checks_of

    return {check.id for check in checks_of("content")}
