"""The labelled reply lines of the tests: verdict and reason right, precision of "hard", beside "5xx = hard"."""

from __future__ import annotations

from pathlib import Path

from reputation import diagnose

FILE = Path(__file__).parents[2] / "tests" / "bounces" / "reply_lines.tsv"


def measure(name: str, rows: list[list[str]]) -> None:
    verdicts, reasons, naive = [], [], []
    for verdict, reason, line in rows:
        recipients = diagnose(line).recipients
        got = recipients[0] if recipients else None
        verdicts.append((verdict, got.verdict if got else "none"))
        reasons.append(reason == (got.reason if got else ""))
        naive.append((verdict, "hard" if line.lstrip()[:1] == "5" else "soft"))
    for label, pairs in ((name, verdicts), ("5xx = hard", naive)):
        right = sum(a == b for a, b in pairs) / len(pairs)
        called = [a for a, b in pairs if b == "hard"]
        wanted = [b for a, b in pairs if a == "hard"]
        print(
            f"{label:<12} {len(pairs):>4} lines  verdict {right:.3f}  hard: precision "
            f"{sum(a == 'hard' for a in called) / len(called):.3f}, recall {wanted.count('hard') / len(wanted):.3f}"
        )
    print(f"{'':<12} reason {sum(reasons) / len(reasons):.3f}\n")


if __name__ == "__main__":
    lines = [line.split("\t") for line in FILE.read_text("utf-8").splitlines()]
    measure("all", lines)
    measure("held out", lines[1::2])
