"""Measures the app against its budgets: `python -m tests.benchmarks` in the project's folder, Linux only.

Runs the app in a real pseudo terminal against a loopback server, and beside it, in the same interleaved run, a loop
that prints tokens, the least Textual chat, and a bare Textual app. Needs what the tests need. Nothing here is a test:
the figures depend on the machine, and other work on it spoils them; the last column says how much. Exit code 1 says
that a line is over its budget, 2 that the app did not start.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import BUDGETS, Figure
from tests.benchmarks.conversations_pane import measure_conversations
from tests.benchmarks.fifty_answers import measure_fifty_answers
from tests.benchmarks.full_day import measure_full_day
from tests.benchmarks.gallery_pane import measure_gallery
from tests.benchmarks.growth import measure_growth
from tests.benchmarks.long_history import measure_long_history
from tests.benchmarks.models_pane import measure_models
from tests.benchmarks.pictures import measure_pictures
from tests.benchmarks.programs import LIMIT_STATIC, PRINT_LOOP, the_app
from tests.benchmarks.queue_pane import measure_queue
from tests.benchmarks.rest import measure_rest
from tests.benchmarks.server_process import ServerProcess
from tests.benchmarks.session import NotStarted
from tests.benchmarks.start import measure_start
from tests.benchmarks.streaming import measure_streaming
from tests.benchmarks.table import load_average, machine_facts, table


@dataclass(frozen=True, slots=True)
class Group:
    """Measurements that share their runs."""

    lines: frozenset[int]
    measure: Callable[[Bench], list[Figure]]


GROUPS = (
    Group(frozenset({1, 2, 3, 4, 7}), measure_streaming),
    Group(frozenset({5}), measure_growth),
    Group(frozenset({5, 9}), measure_fifty_answers),
    Group(frozenset({6}), measure_long_history),
    Group(frozenset({8}), measure_start),
    Group(frozenset({9}), measure_full_day),
    Group(frozenset({9, 10}), measure_rest),
    Group(frozenset({11, 19}), measure_models),
    Group(frozenset({12, 13}), measure_queue),
    Group(frozenset({14, 19}), measure_conversations),
    Group(frozenset({15, 16, 17}), measure_pictures),
    Group(frozenset({18, 19}), measure_gallery),
)


def main() -> int:
    asked = _arguments()
    folder = Path(tempfile.mkdtemp(prefix="oxen-tui-bench-"))
    began = time.monotonic()
    before = machine_facts()
    figures: list[Figure] = []
    try:
        with ServerProcess(folder) as server:
            app = the_app(folder / "code", asked.app)
            bench = Bench(server, folder, app, asked.lines, asked.rounds, asked.quick, asked.long)
            if not _all_start(bench):
                return 2
            for group in GROUPS:
                if bench.wants(*group.lines):
                    figures += group.measure(bench)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    minutes = (time.monotonic() - began) / 60
    facts = [
        f"Machine: {before}",
        f"Load at the end: {load_average()}; {minutes:.1f} min, {asked.rounds} rounds",
    ]
    print("\n".join([table(figures), "", *facts]))
    if asked.json:
        rows = [{**asdict(figure), **asdict(figure.budget), "verdict": figure.verdict} for figure in figures]
        asked.json.write_text(json.dumps({"figures": rows, "facts": facts}, indent=1))
    return 1 if any(figure.verdict == "over" for figure in figures) else 0


def _all_start(bench: Bench) -> bool:
    """Starts each program once, so that byte code is there and a broken app is said at once."""
    for program in (PRINT_LOOP, LIMIT_STATIC, bench.app):
        try:
            with bench.start(program):
                pass
        except NotStarted as trouble:
            print(trouble, file=sys.stderr)
            return False
    return True


def _lines(text: str) -> frozenset[int]:
    known = {budget.line for budget in BUDGETS.values()}
    wanted = frozenset(int(word) for word in text.split(","))
    if unknown := wanted - known:
        raise argparse.ArgumentTypeError(f"no such line: {', '.join(map(str, sorted(unknown)))}")
    return wanted


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    everything = ",".join(str(line) for line in sorted({budget.line for budget in BUDGETS.values()}))
    parser.add_argument("--lines", type=_lines, default=_lines(everything), help="such as 1,2,3; all by default")
    parser.add_argument("--rounds", type=int, default=0, help="3 by default, 1 with --quick")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter answers, figures are rough")
    parser.add_argument("--long", action="store_true", help="also an answer of 100,000 tokens in line 5: 100 s more")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--app", default="", help="measure this command in the app's place")
    asked = parser.parse_args()
    asked.rounds = asked.rounds or (1 if asked.quick else 3)
    return asked


if __name__ == "__main__":
    sys.exit(main())
