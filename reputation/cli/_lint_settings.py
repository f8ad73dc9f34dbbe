"""The checks of drafts that the configuration leaves out, for every command that reads drafts."""

from __future__ import annotations

from reputation.cli.frame import Options
from reputation.lint_settings import LintSettings, lint_settings


def configured(options: Options) -> LintSettings:
    """[lint] of this run. Raises BadInput naming the place, the key and what is expected."""
    if not options.lint:
        return LintSettings()
    from reputation.checks.registry import checks_of

    return lint_settings(options.lint, options.origins, {check.id for check in checks_of("content")})
