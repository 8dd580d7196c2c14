"""Lines 9 and 10: memory at rest, and what an app does that nobody uses."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass

from tests.benchmarks.bench import Bench
from tests.benchmarks.budgets import Figure
from tests.benchmarks.process_tree import Usage
from tests.benchmarks.programs import LIMIT_STATIC, PRINT_LOOP
from tests.benchmarks.session import NotStarted, Session

REST_SECONDS = 30.0
QUICK_SECONDS = 10.0
SETTLE_SECONDS = 3.0
QUEUE_PANE = "\x1b4"
"""alt+4."""


@dataclass(frozen=True, slots=True)
class Rested:
    """What a program did while nobody used it."""

    usage: Usage
    bytes_per_second: float
    cpu_percent: float


def measure_rest(bench: Bench) -> list[Figure]:
    """All rest at the same time: the print loop, the least Textual chat, and the app with each of two panes."""
    seconds = QUICK_SECONDS if bench.quick else REST_SECONDS
    bench.say(f"rest, {seconds:.0f} s")
    with ExitStack() as stack:
        sessions: dict[str, Session] = {}
        programs = (("print", PRINT_LOOP), ("limit_static", LIMIT_STATIC), ("app", bench.app), ("queue", bench.app))
        for name, program in programs:
            try:
                sessions[name] = stack.enter_context(bench.start(program))
            except NotStarted as trouble:
                bench.say(str(trouble))
        if "queue" in sessions:
            sessions["queue"].terminal.send(QUEUE_PANE)
        time.sleep(SETTLE_SECONDS)
        rested = _rest(sessions, seconds)
    memory = _memory_figures(rested) if bench.wants(9) else []
    return memory + (_idle_figures(rested) if bench.wants(10) else [])


def _rest(sessions: dict[str, Session], seconds: float) -> dict[str, Rested]:
    before = {name: (session.terminal.mark(), session.terminal.usage()) for name, session in sessions.items()}
    time.sleep(seconds)
    rested: dict[str, Rested] = {}
    for name, session in sessions.items():
        mark, used = before[name]
        usage = session.terminal.usage().since(used)
        written = session.terminal.bytes_since(mark) / seconds
        rested[name] = Rested(usage, written, 100 * usage.cpu / seconds)
    return rested


def _memory_figures(rested: dict[str, Rested]) -> list[Figure]:
    known = [(name, rested[name].usage.rss) for name in ("print", "limit_static") if name in rested]
    baseline = ", ".join(f"{name} {rss:.0f} MB" for name, rss in known)
    if "app" not in rested:
        return [Figure("rss", None, "", baseline)]
    usage = rested["app"].usage
    return [Figure("rss", usage.rss, f"at the most {usage.peak_rss:.0f} MB", baseline)]


def _idle_figures(rested: dict[str, Rested]) -> list[Figure]:
    figures: list[Figure] = []
    least = rested.get("limit_static")
    for name, key in (("app", "idle"), ("queue", "idle-queue")):
        own = rested.get(name)
        figures.append(
            Figure(
                f"{key}-bytes",
                own.bytes_per_second if own else None,
                baseline=f"limit_static {least.bytes_per_second:.0f} B/s" if least else "",
            )
        )
        figures.append(
            Figure(
                f"{key}-cpu",
                own.cpu_percent if own else None,
                baseline=f"limit_static {least.cpu_percent:.1f} %" if least else "",
            )
        )
    return figures
