"""Fits the score tables of the draft risk on the development corpora and says how good they are. Deterministic.

    python benchmarks/content/fit.py CORPORA            estimates on unseen senders and on corpora left out
    python benchmarks/content/fit.py CORPORA --write    the same, then writes reputation/risk/tables.json

CORPORA holds manifest.tsv (label, corpus, stratum, file) and the files. Nothing of the mail enters the tables, only
cuts and scores. Each signal is cut into a few ranges; the score of each range is found by boosting one signal after
another in small steps (a generalized additive model). A signal that a draft does not have adds nothing. Needs numpy.

The signals were chosen from 186 by how far they move the score. Marks of a reply (Re:, a quotation) were left out:
whoever fakes them must not gain by it. The choice was made once, on all mail, so the estimate for unseen senders is a
little kind; for a corpus that was not fitted on it is not. A draft is "high" above every legitimate recent mail of
unseen senders.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reputation.gather.drafts import DraftProblem, from_file
from reputation.risk.signals import signals_of

TABLES = Path(__file__).resolve().parents[2] / "reputation" / "risk" / "tables.json"
RECENT = "foff"
# How much each corpus and label weighs in total: recent mail most, old spam little; old letters count, so that
# a plain letter is not taken for spam.
WEIGHTS = {
    ("spamassassin", 0): 4.0, ("spamassassin", 1): 0.3, ("csdmc2010", 0): 4.0, ("csdmc2010", 1): 0.5,
    ("templates", 0): 1.0, (RECENT, 0): 20.0, (RECENT, 1): 20.0,
}  # fmt: skip
RANGES, ROUNDS, STEP, RIDGE = 8, 40, 0.1, 60.0


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

    def predict(self, mails: Mails) -> np.ndarray:
        binned = bins(mails.signals, self.cuts)
        return self.intercept + sum(scores[binned[:, at]] for at, scores in enumerate(self.scores))


def _signals(job: tuple[Path, dict[str, str]]) -> tuple[dict[str, str], str, dict[str, float]] | None:
    root, row = job
    draft = from_file(root / row["file"])
    return None if isinstance(draft, DraftProblem) else (row, draft.from_domain, signals_of(draft))


def load(root: Path) -> Mails:
    """The corpora as signals."""
    with (root / "manifest.tsv").open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream, delimiter="\t"), key=lambda row: row["file"])
    with ProcessPoolExecutor() as pool:
        found = [one for one in pool.map(_signals, [(root, row) for row in rows], chunksize=50) if one]
    names = sorted({name for _, _, signals in found for name in signals})
    matrix = np.array([[signals.get(name, np.nan) for name in names] for _, _, signals in found])
    return Mails(
        names, matrix, np.array([row["label"] == "spam" for row, _, _ in found], float),
        np.array([row["corpus"] for row, _, _ in found]), np.array([sender for _, sender, _ in found]),
    )  # fmt: skip


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
    """Boosts one signal after another, in small steps."""
    weight, spam = weights(mails), mails.spam
    cuts = [cuts_of(mails.signals[:, at]) for at in range(len(mails.names))]
    binned = bins(mails.signals, cuts)
    scores = [np.zeros(len(cut) + 2) for cut in cuts]
    intercept = float(np.log((weight * spam).sum() / (weight * (1 - spam)).sum()))
    total = np.full(len(spam), intercept)
    for _ in range(ROUNDS):
        for at, table in enumerate(scores):
            chance = 1 / (1 + np.exp(-total))
            rows = binned[:, at]
            gradient = np.bincount(rows, weight * (spam - chance), len(table))
            curvature = np.bincount(rows, weight * chance * (1 - chance), len(table))
            step = STEP * gradient / (curvature + RIDGE)
            step[0] = 0
            table += step
            total += step[rows]
    return Model(mails.names, intercept, cuts, scores)


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


def unseen_senders(mails: Mails, folds: int = 5) -> np.ndarray:
    """A score for each recent mail from a model that has seen no mail of its sender."""
    fold = np.array([int(hashlib.sha256(s.encode()).hexdigest(), 16) % folds for s in mails.sender])
    found = np.full(len(mails.spam), np.nan)
    for number in range(folds):
        held = (mails.corpus == RECENT) & (fold == number)
        found[held] = fit(mails.only(~held)).predict(mails.only(held))
    return found


def unseen_corpus(mails: Mails, corpus: str) -> tuple[float, float]:
    """AUC and share caught on a corpus that the model was not fitted on."""
    held = mails.corpus == corpus
    score = fit(mails.only(~held)).predict(mails.only(held))
    return auc(score, mails.spam[held]), caught(score, mails.spam[held])


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
    for name, cut, scores in zip(model.names, model.cuts, model.scores, strict=True):
        row = {"cuts": [round(float(c), 4) for c in cut], "scores": [round(slope * float(s), 3) for s in scores[1:]]}
        lines.append(f'    "{name}": {json.dumps(row)}')
    head = {
        "intercept": round(slope * model.intercept + offset, 3),
        "medium": bands[0], "high": bands[1],
    }  # fmt: skip
    body = ",\n".join(f'  "{name}": {json.dumps(value)}' for name, value in head.items())
    return "{\n" + body + ',\n  "signals": {\n' + ",\n".join(lines) + "\n  }\n}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    mails = load(options.corpora)
    score = unseen_senders(mails)
    recent = mails.corpus == RECENT
    print(f"{len(mails.spam)} mails, {len(mails.names)} signals")
    print(f"unseen senders of recent mail: AUC {auc(score[recent], mails.spam[recent]):.3f}, "
          f"caught at 1 % false alarms {caught(score[recent], mails.spam[recent]):.2f}")  # fmt: skip
    for corpus in ("csdmc2010", "spamassassin", RECENT):
        area, share = unseen_corpus(mails, corpus)
        print(f"corpus not fitted on, {corpus}: AUC {area:.3f}, caught at 1 % false alarms {share:.2f}")
    slope, offset = calibrate(score[recent], mails.spam[recent])
    chance = 1 / (1 + np.exp(-(slope * score[recent] + offset)))
    others = np.sort(chance[mails.spam[recent] == 0])[::-1]
    bands = (0.5, round(float(others[0]) + 0.005, 3))
    model = fit(mails)
    chance_all = 1 / (1 + np.exp(-(slope * model.predict(mails) + offset)))
    print(f"slope {slope:.3f}, offset {offset:.3f}, medium from {bands[0]}, high from {bands[1]}")
    print(f"unseen senders: high are {(chance > bands[1])[mails.spam[recent] == 1].mean():.2f} of spam, "
          f"{(chance > bands[1])[mails.spam[recent] == 0].mean():.3f} of campaigns")  # fmt: skip
    for corpus in sorted(set(mails.corpus)):
        for label in (0, 1):
            rows = (mails.corpus == corpus) & (mails.spam == label)
            if rows.any():
                high, medium = (chance_all[rows] >= bands[1]).mean(), (chance_all[rows] >= bands[0]).mean()
                print(f"fitted on, {corpus} {'spam' if label else 'ham'}: high {high:.3f}, medium or high {medium:.3f}")
    if options.write:
        TABLES.write_text(tables(model, (slope, offset), bands), "utf-8")
        print(f"written: {TABLES}")


if __name__ == "__main__":
    main()
