"""Mails linted a second with full findings and risk, beside spamd, and how both tell spam apart.

    python benchmarks/content/bench.py              generated mail
    python benchmarks/content/bench.py CORPORA      a sample of the development corpora, and the detection of both

spamd runs with its local rules alone (-L), no network and no Bayes; without it only our own figures are shown.
"""

from __future__ import annotations

import csv
import random
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reputation.checks.drafts import judge_draft
from reputation.facts.draft import DraftFacts
from reputation.gather.drafts import from_bytes
from reputation.risk.model import risk_of

RECENT_MAILS = 150  # they come first in the sample
WORDS = (
    "pump valve seal order price delivery week sample drawing material steel offer customer project factory quality"
    " engineer machine catalogue spare part pressure water housing flange motor please thank regards meeting visit"
)
BLOCK = (
    '<table width="600"><tr><td style="color:#333333;font-size:14px"><p>{words}</p><img src="https://img.example.com/{n}.png"'
    ' alt="{n}" width="300"><a href="https://www.example.com/p/{n}?utm_source=news">{more}</a></td></tr></table>'
)


def generated(count: int) -> list[bytes]:
    """Campaigns of 2 to 12 kB, always the same."""
    chance, words = random.Random(20261124), WORDS.split()
    found = []
    for number in range(count):
        blocks = [
            BLOCK.format(words=" ".join(chance.choices(words, k=60)), n=chance.randrange(10**6), more="Read on")
            for _ in range(chance.randint(3, 16))
        ]
        head = (
            f"From: Example Pumps <news@example.com>\nSubject: {' '.join(chance.choices(words, k=6))} {number}\n"
            "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
        )
        found.append((head + "<html><body>" + "\n".join(blocks) + "</body></html>").encode())
    return found


def lint(raw: bytes) -> float:
    """Everything that the command line would say of one mail; the risk score."""
    facts = from_bytes("mail.eml", raw, ".eml")
    if not isinstance(facts, DraftFacts):
        return 0.0
    judge_draft(facts)
    risk = risk_of(facts)
    return risk.score if risk else 0.5


@contextmanager
def spamd() -> Iterator[int]:
    """A spamd on loopback; yields its port, or 0 when there is none on this machine."""
    if not shutil.which("spamd") or not shutil.which("spamc"):
        yield 0
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # started as root, spamd goes on as nobody
        etc = Path(folder) / "etc"
        shutil.copytree("/etc/spamassassin", etc)
        (etc / "local.cf").write_text("dns_available no\nskip_rbl_checks 1\nuse_bayes 0\n", "utf-8")
        command = ["spamd", "-x", "-L", f"--listen=127.0.0.1:{port}", "--max-children=1", "--min-children=1"]
        command += ["--syslog=stderr", "-C", "/usr/share/spamassassin", f"--siteconfigpath={etc}", "-H", folder]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            yield port if _answers(port, process) else 0
        finally:
            process.terminate()
            process.wait(timeout=20)


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def ask_spamd(port: int, raw: bytes) -> float:
    """The points of SpamAssassin."""
    command = ["spamc", "-d", "127.0.0.1", "-p", str(port), "-c", "-s", "26000000"]
    done = subprocess.run(command, input=raw, capture_output=True, check=False)
    try:
        return float(done.stdout.split(b"/")[0])
    except ValueError:
        return 0.0


def sample(root: Path) -> list[tuple[bool, bytes]]:
    """All recent mail, and every fortieth of the older."""
    with (root / "manifest.tsv").open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream, delimiter="\t"), key=lambda row: row["file"])
    recent = [row for row in rows if row["corpus"] == "foff"]
    older = [row for row in rows if row["corpus"] in ("spamassassin", "csdmc2010")][::40]
    return [(row["label"] == "spam", (root / row["file"]).read_bytes()) for row in (*recent, *older)]


def auc(scores: list[float], spam: list[bool]) -> float:
    """Chance that spam scores above other mail; ties count half."""
    good = [s for s, is_spam in zip(scores, spam, strict=True) if not is_spam]
    bad = [s for s, is_spam in zip(scores, spam, strict=True) if is_spam]
    won = sum((b > g) + 0.5 * (b == g) for b in bad for g in good)
    return won / (len(good) * len(bad))


def caught(scores: list[float], spam: list[bool]) -> float:
    """Share of spam that scores above all other mail but one."""
    second = sorted(s for s, is_spam in zip(scores, spam, strict=True) if not is_spam)[-2]
    bad = [s for s, is_spam in zip(scores, spam, strict=True) if is_spam]
    return sum(s > second for s in bad) / len(bad)


def rate(mails: list[bytes]) -> float:
    """Mails a second of processor time, the best of three passes."""
    best = 0.0
    for _ in range(3):
        begun = time.process_time()
        for raw in mails:
            lint(raw)
        best = max(best, len(mails) / (time.process_time() - begun))
    return best


def main() -> None:
    labelled = sample(Path(sys.argv[1])) if len(sys.argv) > 1 else []
    mails = [raw for _, raw in labelled] or generated(400)
    lint(mails[0])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    speed = rate(mails)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    size = sum(map(len, mails)) / len(mails) / 1024
    print(f"{len(mails)} mails of {size:.1f} kB: {speed:.0f} mails/s, memory grew by {grown:.0f} MB")
    with spamd() as port:
        if not port:
            print("spamd: not on this machine")
            return
        asked = mails if labelled else mails[:30]
        ask_spamd(port, asked[0])
        begun = time.monotonic()
        points = [ask_spamd(port, raw) for raw in asked]
        slow = len(asked) / (time.monotonic() - begun)
        print(f"spamd: {slow:.1f} mails/s; ours is {speed / slow:.0f} times as fast")
    if labelled:
        spam = [is_spam for is_spam, _ in labelled]
        print(f"AUC on this sample: SpamAssassin {auc(points, spam):.3f}, ours (fitted on it) "
              f"{auc([lint(raw) for raw in mails], spam):.3f}; for unseen senders see fit.py")  # fmt: skip
        recent = slice(0, RECENT_MAILS)
        print(f"on the recent mail alone: SpamAssassin {auc(points[recent], spam[recent]):.3f}, "
              f"{caught(points[recent], spam[recent]):.0%} caught at one false alarm")  # fmt: skip


if __name__ == "__main__":
    main()
