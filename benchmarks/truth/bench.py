"""The truth table: each odd behaviour against what is said of a listed and an unlisted subject, and the count of lies.

    python benchmarks/truth/bench.py

Exit code 1 when a single cell is wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reputation.records.dnsxl import Kind, State
from tests.truth_table import BEHAVIOURS, LISTED, observe


def main() -> int:
    found = observe()
    print(f"{'behaviour':28} {'of a listed subject':38} of an unlisted subject   (IPv4 / IPv6 / domain)")
    for one in BEHAVIOURS:
        cells = [" / ".join(found[one.name, kind, on_list] for kind in LISTED) for on_list in (True, False)]
        print(f"{one.name:28} {cells[0]:38} {cells[1]}")
    false_listed = _count(found, State.LISTED, on_list=False)
    false_clean = _count(found, State.CLEAN, on_list=True)
    expected = {True: {b.name: b.listed for b in BEHAVIOURS}, False: {b.name: b.unlisted for b in BEHAVIOURS}}
    wrong = sum(state is not expected[on_list][name] for (name, _, on_list), state in found.items())
    print(f"\n{len(BEHAVIOURS)} behaviours x {len(LISTED)} kinds x listed and unlisted = {len(found)} cells")
    print(f'false "listed": {false_listed}   false "clean": {false_clean}   other than expected: {wrong}')
    return 1 if false_listed or false_clean or wrong else 0


def _count(found: dict[tuple[str, Kind, bool], State], wrong: State, *, on_list: bool) -> int:
    return sum(state is wrong for (_, _, held), state in found.items() if held is on_list)


if __name__ == "__main__":
    sys.exit(main())
