"""Prints figures beside their budgets, and what machine they are from."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.benchmarks.budgets import Figure

HEADINGS = ("line", "what", "must", "stretch", "measured", "verdict", "detail", "baseline", "starved %")


def number(value: float | None, unit: str) -> str:
    """The value with its unit, as exact as it is worth."""
    if value is None:
        return "-"
    if unit == "x":
        return f"{value:.2f}x"
    digits = 0 if value >= 100 or value == 0 else 1
    return f"{value:.{digits}f} {unit}"


def table(figures: Iterable[Figure]) -> str:
    """A Markdown table, by line."""
    rows = [HEADINGS]
    for figure in sorted(figures, key=lambda figure: figure.budget.line):
        budget = figure.budget
        starved = "" if figure.starved is None else f"{figure.starved:.0f}"
        rows.append(
            (
                str(budget.line),
                budget.what,
                _limit(budget.must, budget.unit),
                _limit(budget.stretch, budget.unit),
                number(figure.measured, budget.unit),
                figure.verdict,
                figure.detail,
                figure.baseline,
                starved,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], _line(["-" * width for width in widths], widths), *lines[1:]])


def machine_facts() -> str:
    """What the figures depend on, in a few words."""
    packages = [f"{name} {importlib.metadata.version(name)}" for name in ("textual", "httpx", "uvicorn", "starlette")]
    fast = [name for name in ("uvloop", "httptools") if importlib.util.find_spec(name)]
    server = "server with " + " and ".join(fast) if fast else "server in plain Python"
    return (
        f"{os.cpu_count()} cores of {_processor()}, {platform.system()} {platform.release()}, "
        f"{platform.python_implementation()} {platform.python_version()}, {', '.join(packages)}, {server}; "
        f"load {load_average()}; 120x40"
    )


def load_average() -> str:
    """Jobs that wanted a core in the last 1, 5 and 15 minutes."""
    return ", ".join(f"{load:.1f}" for load in os.getloadavg())


def _limit(value: float, unit: str) -> str:
    return f"{value:g}x" if unit == "x" else f"{value:g} {unit}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
