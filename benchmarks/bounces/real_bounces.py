"""The real bounces of flufl-bounce 6.0.0: recognised, addresses exact, mails per second, beside flufl.bounce itself.

The argument is the tests folder of its unpacked source distribution. Where flufl.bounce is installed, it runs as well.
"""

from __future__ import annotations

import ast
import importlib
import resource
import sys
import time
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

from reputation import diagnose

ROUNDS = 10


def expected_of(folder: Path) -> dict[str, set[str]]:
    tree = ast.parse((folder / "test_detectors.py").read_text("utf-8"))
    table = next(
        ast.literal_eval(n.value)
        for n in tree.body
        if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "DETECTORS"
    )
    found: dict[str, set[str]] = {}
    for _, file, addresses, _ in table:
        found.setdefault(file, set()).update(address.decode().lower() for address in addresses)
    return {file: addresses for file, addresses in found.items() if addresses}


def ours(raw: bytes) -> set[str]:
    return {recipient.recipient.lower() for recipient in diagnose(raw).recipients}


def theirs() -> Callable[[bytes], set[str]] | None:
    try:
        scan = importlib.import_module("flufl.bounce")
    except ImportError:
        return None

    def found(raw: bytes) -> set[str]:
        temporary, permanent = scan.all_failures(message_from_bytes(raw))
        return {address.decode().lower() for address in (*temporary, *permanent)}

    return found


def measure(
    name: str, reader: Callable[[bytes], set[str]], mails: dict[str, bytes], wanted: dict[str, set[str]]
) -> None:
    exact = sum(reader(mails[file]) == wanted[file] for file in wanted)
    named = sum(bool(reader(mails[file])) for file in wanted)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    for _ in range(ROUNDS):
        for raw in mails.values():
            reader(raw)
    speed = ROUNDS * len(mails) / (time.perf_counter() - started)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{name:<14} named {named / len(wanted):.3f}  exact {exact / len(wanted):.3f}  {speed:.0f} mails/s  "
        f"+{grown:.0f} MB"
    )


if __name__ == "__main__":
    tests = Path(sys.argv[1])
    wanted = expected_of(tests)
    mails = {file: (tests / "data" / file).read_bytes() for file in wanted}
    measure("reputation", ours, mails, wanted)
    other = theirs()
    if other is not None:
        measure("flufl.bounce", other, mails, wanted)
