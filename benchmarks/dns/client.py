"""One engine run in a fresh process: `client.py WORLD PORT FIRST COUNT` prints one JSON object with times and truth."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reputation.gather.dns import Resolver
from reputation.model import Absent, Found, Unknown
from reputation.records.answer import Question


def main() -> None:
    world, port, start, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    known = json.loads((world / "questions.json").read_text())
    names, listed = known["questions"][start : start + count], known["listed"]
    questions = [Question(name) for name in names]
    resolver = Resolver([f"127.0.0.1:{port}"])
    began, cpu = time.perf_counter(), time.process_time()
    answers = resolver.ask_many(questions)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    right = sum(
        answer.value.records == (listed.get(name),) if isinstance(answer, Found)
        else isinstance(answer, Absent) and answer.nxdomain and name not in listed
        for name, answer in zip(names, answers, strict=True)
    )  # fmt: skip
    lost = sum(isinstance(answer, Unknown) for answer in answers)
    print(json.dumps({"wall": wall, "cpu": cpu, "right": right, "lost": lost, "asked": len(names)}))


if __name__ == "__main__":
    main()
