"""Fits the score tables of the draft risk and says how good they are. Deterministic.

    python benchmarks/content/fit.py CORPORA            estimates on unseen senders and on corpora left out
    python benchmarks/content/fit.py CORPORA --write    the same, then writes reputation/risk/tables.json

CORPORA holds manifest.tsv (label, corpus, stratum, file) and the files: three corpora of real mail, two of them old.
Beside them stands written.tar.xz: four sets of drafts that a language model wrote for this purpose, blind to the
corpora, to each other and to the signals, as campaigns, letters and lures of the years 2022 to 2026 look. Their use is
measured, not believed: with them the recent real mail of a corpus that was not fitted on is told apart better than
without (`--without-written` shows how well).

Nothing of the mail enters the tables, only cuts and scores. Each signal is cut into a few ranges; the score of each
range is found by boosting one signal after another in small steps (a generalized additive model). A step counts as far
as the corpora agree on its direction, so that what marked the spam of one year or one collection is not learned, and
neighbouring ranges are pulled together. A signal that a draft does not have adds nothing; a draft without a sender is
taken for one with an ordinary sender. Needs numpy.

Left out were marks of a reply (Re:, a quotation), because whoever fakes them must not gain by it, and what tells
languages apart (letters beyond ASCII, the length of words). Choosing signals by how well the model without them does on
the corpora left out was tried: it flatters the estimate and gains nothing on a corpus that took no part in the choice.
Pairs of signals (each with the make of the mail) gained on the old corpora and nothing on the recent ones.

A draft is "high" above 99 of 100 legitimate mails that were not fitted on, each corpus counting alike, and above every
legitimate campaign among the real recent mail; "medium" above 19 of 20 of them, where the risk is set to 0.5.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import sys
import tarfile
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reputation.gather.drafts import DraftProblem, from_file
from reputation.risk.signals import signals_of

TABLES = Path(__file__).resolve().parents[2] / "reputation" / "risk" / "tables.json"
WRITTEN = Path(__file__).resolve().parent / "written.tar.xz"
REAL_RECENT = "foff"
RECENT = (REAL_RECENT, "written-a", "written-b", "written-c", "written-d")
# How much each corpus and label weighs in total: recent mail most; old letters count, so that a plain letter is not
# taken for spam.
WEIGHTS = {
    ("spamassassin", 0): 8.0, ("spamassassin", 1): 16.0, ("csdmc2010", 0): 8.0, ("csdmc2010", 1): 16.0,
    ("templates", 0): 2.0, **{(corpus, label): 8.0 for corpus in RECENT for label in (0, 1)},
}  # fmt: skip
# Counts of faults: one more must never calm, however few mails have so many.
RISING = frozenset(
    {"disguised_words", "exclamation_runs", "from_oddities", "link_oddities", "lure_first", "lure_most", "unclosed"}
)
# What a law, a receiver or a careful sender adds: whoever adds it must not be held suspicious for it.
FALLING = frozenset({"care", "footer", "from_name_fits", "link_own", "link_own_any"})
RANGES, ROUNDS, STEP, RIDGE, SMOOTHNESS = 6, 100, 0.1, 60.0, 10.0


@dataclass
class Mails:
    """Signals as a matrix (nan: the draft has no such signal), label, corpus, sender."""

    names: list[str]
    signals: np.ndarray
    spam: np.ndarray
    corpus: np.ndarray
    sender: np.ndarray

    def only(self, rows: np.ndarray) -> Mails:
        return Mails(self.names, self.signals[rows], self.spam[rows], self.corpus[rows], self.sender[rows])


@dataclass
class Model:
    """Cuts and scores by signal."""

    names: list[str]
    intercept: float
    cuts: list[np.ndarray]
    scores: list[np.ndarray]  # scores[0] belongs to a missing signal and is 0
    usual: list[float]  # what each signal adds on average to recent legitimate mail

    def predict(self, mails: Mails) -> np.ndarray:
        binned = bins(mails.signals, self.cuts)
        found = self.intercept + sum(scores[binned[:, at]] for at, scores in enumerate(self.scores))
        ordinary = sum(usual for name, usual in zip(self.names, self.usual, strict=True) if name.startswith("from_"))
        return found + ordinary * np.isnan(mails.signals[:, self.names.index("from_oddities")])


def _signals(job: tuple[Path, dict[str, str]]) -> tuple[dict[str, str], str, dict[str, float]] | None:
    root, row = job
    draft = from_file(root / row["file"])
    return None if isinstance(draft, DraftProblem) else (row, draft.from_domain, signals_of(draft))


def load(root: Path, with_written: bool = True) -> Mails:
    """The corpora as signals."""
    with (root / "manifest.tsv").open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream, delimiter="\t"), key=lambda row: row["file"])
    jobs = [(root, row) for row in rows]
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor() as pool:
        jobs += written(Path(folder)) if with_written else []
        found = [one for one in pool.map(_signals, jobs, chunksize=50) if one]
    names = sorted({name for _, _, signals in found for name in signals})
    matrix = np.array([[signals.get(name, np.nan) for name in names] for _, _, signals in found])
    return Mails(
        names, matrix, np.array([row["label"] == "spam" for row, _, _ in found], float),
        np.array([row["corpus"] for row, _, _ in found]), np.array([sender for _, sender, _ in found]),
    )  # fmt: skip


def written(folder: Path) -> list[tuple[Path, dict[str, str]]]:
    """The drafts of written.tar.xz, unpacked to `folder`: SET/ham/NAME.eml and SET/spam/NAME.eml."""
    with tarfile.open(WRITTEN) as archive:
        archive.extractall(folder, filter="data")
    paths = sorted(path.relative_to(folder) for path in folder.glob("*/*/*.eml"))
    return [(folder, {"corpus": p.parts[0], "label": p.parts[1], "file": str(p)}) for p in paths]


def weights(mails: Mails) -> np.ndarray:
    """One weight a mail, so that each corpus and label weighs what WEIGHTS says."""
    found = np.zeros(len(mails.spam))
    for (corpus, label), total in WEIGHTS.items():
        rows = (mails.corpus == corpus) & (mails.spam == label)
        if rows.any():
            found[rows] = total / rows.sum()
    return found * len(found) / found.sum()


def cuts_of(values: np.ndarray) -> np.ndarray:
    """Where to cut a signal: between its few values, else at quantiles; a frequent smallest value stands alone."""
    values = values[~np.isnan(values)]
    distinct = np.unique(values)
    if len(distinct) <= RANGES:
        return (distinct[1:] + distinct[:-1]) / 2
    if (values == distinct[0]).mean() > 0.3:
        rest = np.quantile(values[values > distinct[0]], np.linspace(0, 1, RANGES)[1:-1])
        return np.unique(np.round([(distinct[0] + distinct[1]) / 2, *rest], 4))
    return np.unique(np.round(np.quantile(values, np.linspace(0, 1, RANGES + 1)[1:-1]), 4))


def bins(signals: np.ndarray, cuts: list[np.ndarray]) -> np.ndarray:
    """The range of each value, from 1; 0 where the signal is missing."""
    found = np.zeros(signals.shape, np.int16)
    for at, cut in enumerate(cuts):
        known = ~np.isnan(signals[:, at])
        found[known, at] = np.searchsorted(cut, signals[known, at], side="right") + 1
    return found


def fit(mails: Mails) -> Model:
    """Boosts one signal after another, in small steps, as far as the corpora agree."""
    weight, spam = weights(mails), mails.spam
    cuts = [cuts_of(mails.signals[:, at]) for at in range(len(mails.names))]
    binned = bins(mails.signals, cuts)
    corpora = sorted({c for c in set(mails.corpus) if len(set(spam[mails.corpus == c])) == 2})
    corpus = np.array([corpora.index(c) if c in corpora else len(corpora) for c in mails.corpus])
    scores = [np.zeros(len(cut) + 2) for cut in cuts]
    intercept = float(np.log((weight * spam).sum() / (weight * (1 - spam)).sum()))
    total = np.full(len(spam), intercept)
    for _ in range(ROUNDS):
        for at, table in enumerate(scores):
            chance = 1 / (1 + np.exp(-total))
            rows, size = binned[:, at], (len(corpora) + 1, len(table))
            cell = corpus * size[1] + rows
            pull = np.bincount(cell, weight * (spam - chance), size[0] * size[1]).reshape(size)
            curvature = np.bincount(cell, weight * chance * (1 - chance), size[0] * size[1]).reshape(size)
            agreed = pull.sum(0) * _agreement(pull[:-1], curvature[:-1]) - SMOOTHNESS * _unevenness(table)
            step = STEP * agreed / (curvature.sum(0) + RIDGE + 2 * SMOOTHNESS)
            step[0] = 0
            if mails.names[at] in RISING:
                step[1:] = _risen(table[1:] + step[1:]) - table[1:]
            elif mails.names[at] in FALLING:
                step[1:] = -_risen(-table[1:] - step[1:]) - table[1:]
            table += step
            total += step[rows]
    return Model(mails.names, intercept, cuts, scores, usual_scores(mails, cuts, scores))


def usual_scores(mails: Mails, cuts: list[np.ndarray], scores: list[np.ndarray]) -> list[float]:
    """What each signal adds on average to recent legitimate mail: what is told of a draft departs from that, and a
    draft without a sender is taken for one with such a sender."""
    honest = mails.only((mails.spam == 0) & np.isin(mails.corpus, RECENT))
    binned = bins(honest.signals, cuts)
    known = [table[binned[binned[:, at] > 0, at]] for at, table in enumerate(scores)]
    return [float(found.mean()) if len(found) else 0.0 for found in known]


def _agreement(pull: np.ndarray, curvature: np.ndarray) -> np.ndarray:
    """1 for a range that all corpora (the rows) pull the same way, 0 where their pulls cancel out."""
    steps = pull / (curvature + RIDGE / len(pull))
    return np.abs(steps.sum(0)) / (np.abs(steps).sum(0) + 1e-12)


def _risen(scores: np.ndarray) -> np.ndarray:
    """The scores made to rise: halfway between the highest so far and the lowest yet to come."""
    return (np.maximum.accumulate(scores) + np.minimum.accumulate(scores[::-1])[::-1]) / 2


def _unevenness(table: np.ndarray) -> np.ndarray:
    """How far each range stands out from its neighbours; the missing signal has none."""
    found, rise = np.zeros_like(table), np.diff(table[1:])
    found[1:-1] -= rise
    found[2:] += rise
    return found


def auc(score: np.ndarray, spam: np.ndarray) -> float:
    """Chance that a spam mail scores above another mail; ties count half."""
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positives = spam.sum()
    return float((ranks[spam == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(spam) - positives)))


def caught(score: np.ndarray, spam: np.ndarray, alarms: float = 0.01) -> float:
    """Share of spam above the score that at most `alarms` of the other mails (but at least one) exceed."""
    others = np.sort(score[spam == 0])[::-1]
    return float((score[spam == 1] > others[min(len(others) - 1, max(1, int(alarms * len(others))))]).mean())


def caught_without_alarm(score: np.ndarray, spam: np.ndarray) -> float:
    """Share of spam above every other mail: what "at 1 %" means strictly where there are fewer than a hundred."""
    return float((score[spam == 1] > score[spam == 0].max()).mean())


def unseen_senders(mails: Mails, folds: int = 5) -> np.ndarray:
    """A score for each mail from a model that has seen no mail of its sender."""
    fold = np.array([int(hashlib.sha256(s.encode()).hexdigest(), 16) % folds for s in mails.sender])
    found = np.full(len(mails.spam), np.nan)
    for number in range(folds):
        held = fold == number
        found[held] = fit(mails.only(~held)).predict(mails.only(held))
    return found


def unseen_corpora(mails: Mails) -> dict[str, np.ndarray]:
    """A score for each mail of each corpus, from a model that was not fitted on that corpus."""
    found = {}
    for corpus in sorted(set(mails.corpus)):
        held = mails.corpus == corpus
        found[corpus] = fit(mails.only(~held)).predict(mails.only(held))
    return found


def calibrate(score: np.ndarray, spam: np.ndarray) -> tuple[float, float]:
    """slope and offset that turn a score into a chance (Platt), by Newton's method on unseen senders."""
    slope, offset = 0.5, 0.0
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(slope * score + offset)))
        residual, curvature = spam - chance, chance * (1 - chance) + 1e-9
        hessian = np.array(
            [
                [(curvature * score**2).sum() + 1, (curvature * score).sum()],
                [(curvature * score).sum(), curvature.sum() + 1],
            ]
        )
        step = np.linalg.solve(hessian, [(residual * score).sum() - (slope - 0.5), residual.sum() - offset])
        slope, offset = slope + step[0], offset + step[1]
    return float(slope), float(offset)


def tables(model: Model, scale: tuple[float, float], bands: tuple[float, float]) -> str:
    """The data file: one line a signal, so that a person can read and compare it."""
    slope, offset = scale
    lines = []
    rows = zip(model.names, model.cuts, model.scores, model.usual, strict=True)
    for name, cut, scores, usual in rows:
        row = {
            "cuts": [round(float(c), 4) for c in cut], "scores": [round(slope * float(s), 3) for s in scores[1:]],
            "usual": round(slope * usual, 3),
        }  # fmt: skip
        lines.append(f'    "{name}": {json.dumps(row)}')
    head = {"intercept": round(slope * model.intercept + offset, 3), "medium": bands[0], "high": bands[1]}
    body = ",\n".join(f'  "{name}": {json.dumps(value)}' for name, value in head.items())
    return "{\n" + body + ',\n  "signals": {\n' + ",\n".join(lines) + "\n  }\n}\n"


def bands_of(mails: Mails, senders: np.ndarray) -> tuple[float, float]:
    """Scores above which a draft is medium and high, from scores of legitimate mail whose sender was not seen."""
    honest = mails.spam == 0
    scores, corpus = senders[honest], mails.corpus[honest]
    share = np.zeros(len(scores))
    for name in set(corpus):
        share[corpus == name] = 1 / (corpus == name).sum()
    order = np.argsort(-scores)
    above = np.cumsum(share[order]) / share.sum()
    medium, high = (float(scores[order][np.searchsorted(above, alarms)]) for alarms in (0.05, 0.01))
    return medium, max(high, float(scores[corpus == REAL_RECENT].max()))


def say_how_good(what: str, score: np.ndarray, spam: np.ndarray) -> None:
    """One line of figures."""
    if 0 < spam.sum() < len(spam):
        print(f"{what}: AUC {auc(score, spam):.3f}, caught at 1 % false alarms (but one) {caught(score, spam):.2f}, "
              f"without a false alarm {caught_without_alarm(score, spam):.2f}")  # fmt: skip


def say_bands(what: str, mails: Mails, chance: np.ndarray, bands: tuple[float, float]) -> None:
    """A line for each corpus and label: how many are high, how many at least medium."""
    for corpus in sorted(set(mails.corpus)):
        for label in (0, 1):
            found = chance[(mails.corpus == corpus) & (mails.spam == label)]
            if len(found) and not np.isnan(found).any():
                print(f"{what}, {corpus} {'spam' if label else 'ham'}: high {(found >= bands[1]).mean():.3f}, "
                      f"medium or high {(found >= bands[0]).mean():.3f}")  # fmt: skip


def say_estimates(mails: Mails, senders: np.ndarray) -> None:
    """How good the model is on senders and on corpora that it was not fitted on."""
    real = ~np.char.startswith(mails.corpus, "written")
    print(f"{len(mails.spam)} mails, {len(mails.names)} signals")
    say_how_good("unseen senders, all real mail", senders[real], mails.spam[real])
    for corpus in sorted(set(mails.corpus)):
        rows = mails.corpus == corpus
        say_how_good(f"unseen senders, {corpus}", senders[rows], mails.spam[rows])
    for corpus, score in unseen_corpora(mails).items():
        say_how_good(f"corpus not fitted on, {corpus}", score, mails.spam[mails.corpus == corpus])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--without-written", action="store_true", help="estimates from real mail alone")
    options = parser.parse_args()
    mails = load(options.corpora, not options.without_written)
    senders = unseen_senders(mails)
    say_estimates(mails, senders)
    if options.without_written:
        return
    recent = np.isin(mails.corpus, RECENT)
    slope, offset = calibrate(senders[recent], mails.spam[recent])
    medium, high = (slope * score + offset for score in bands_of(mails, senders))
    offset -= medium

    def chance(score: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-(slope * score + offset)))

    bands = (0.5, round(1 / (1 + math.exp(medium - high)) + 0.005, 3))
    print(f"slope {slope:.3f}, offset {offset:.3f}, medium from {bands[0]}, high from {bands[1]}")
    model = fit(mails)
    say_bands("unseen senders", mails, chance(senders), bands)
    say_bands("fitted on", mails, chance(model.predict(mails)), bands)
    if options.write:
        TABLES.write_text(tables(model, (slope, offset), bands), "utf-8")
        print(f"written: {TABLES}")


if __name__ == "__main__":
    main()
