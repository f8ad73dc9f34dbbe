"""The blocklists alone: targets in, judged answers out, in chunks that fit into memory whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import reputation
from reputation.checks.listing_results import ListingJudge
from reputation.facts.listing import ListingSubject, Role
from reputation.gather.listings import ListAsker, ListingOptions
from reputation.gather.lookup import Lookup
from reputation.model import Coverage, Report, Result, Run, Severity, Subject, Verdict
from reputation.policy import Policy
from reputation.records.dnsxl import Blocklist, Kind
from reputation.records.target import Target, display_name, kind_of
from reputation.score import coverage, fixes, score, verdict
from reputation.text import Text

_QUESTIONS_AT_ONCE: Final = 15_000
_RESULTS_WITH_FIXES: Final = 2_000  # nobody works off a longer ranking


@dataclass(frozen=True, slots=True)
class JudgedSubject:
    """One subject and its results. The templates have an empty target: subjects with the same answer share them."""

    subject: ListingSubject
    templates: tuple[Result, ...]

    @property
    def results(self) -> tuple[Result, ...]:
        """The results with their target."""
        return tuple(template._replace(target=self.subject.text) for template in self.templates)

    @property
    def verdict(self) -> Verdict:
        """Of this subject alone."""
        return verdict(self.templates)

    @property
    def coverage(self) -> Coverage:
        """Of this subject alone."""
        return coverage(self.templates)


class ListingRun:
    """Asks and judges. The notes are complete once the last subject has been taken."""

    def __init__(
        self,
        lookup: Lookup,
        lists: Sequence[Blocklist],
        options: ListingOptions,
        severities: Mapping[str, Severity] | None = None,
    ) -> None:
        self._asker = ListAsker(lookup, lists, options)
        self._judge = ListingJudge(severities)
        self._chunk = max(16, _QUESTIONS_AT_ONCE // max(1, len(lists)))

    @property
    def notes(self) -> tuple[Text, ...]:
        """What is said once about the run."""
        return self._asker.notes

    def judged(self, subjects: Sequence[ListingSubject]) -> Iterator[JudgedSubject]:
        """Each subject with its results, in order, while later ones are still to be asked."""
        for start in range(0, len(subjects), self._chunk):
            for facts in self._asker.ask(subjects[start : start + self._chunk]):
                yield JudgedSubject(facts.subject, self._judge.templates(facts))


def subjects_of(targets: Iterable[Target]) -> list[ListingSubject]:
    """What the targets are asked about, each once: every address of a block, and the domain of an e-mail address."""
    names = (name for target in targets for name in (target.ips or (target.domain,)))
    return [_subject(name) for name in dict.fromkeys(names)]


def _subject(name: str) -> ListingSubject:
    kind = kind_of(name)
    return ListingSubject(name, kind, Role.DOMAIN if kind is Kind.DOMAIN else Role.GIVEN_IP)


def listing_report(judged: Iterable[JudgedSubject], notes: Sequence[Text], policy: Policy, run: Run) -> Report:
    """One report over all subjects; a very long one has no ranking of its fixes."""
    taken = tuple(judged)
    results = tuple(result for one in taken for result in one.results)
    names = [one.subject for one in taken]
    domains = tuple(name.text for name in names if name.kind is Kind.DOMAIN)
    shown = {name: display for name in domains if (display := display_name(name)) != name}
    return Report(
        run=run,
        subject=Subject(domains, tuple(name.text for name in names if name.kind is not Kind.DOMAIN), display=shown),
        verdict=verdict(results),
        score=score(results, policy),
        coverage=coverage(results),
        results=results,
        fixes=fixes(results, policy) if len(results) <= _RESULTS_WITH_FIXES else (),
        notes=tuple(notes),
        tool_version=reputation.__version__,
    )
