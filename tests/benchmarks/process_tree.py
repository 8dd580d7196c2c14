"""What a program and its children took of the machine."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

_RSS = re.compile(r"VmRSS:\s+(\d+) kB")
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Usage:
    """Totals since the start of the tree."""

    cpu: float
    """Seconds on a core, of all threads, ended ones and reaped children included."""
    starved: float
    """Seconds that living threads were ready but had no core: what other jobs on the machine cost."""
    rss: float
    """Megabytes now."""
    peak_rss: float
    """Megabytes at the most."""

    def since(self, before: Usage) -> Usage:
        """The same with the times counted from `before`."""
        return Usage(self.cpu - before.cpu, max(0.0, self.starved - before.starved), self.rss, self.peak_rss)

    @property
    def starved_percent(self) -> float:
        """Share of the time a core was wanted in which there was none."""
        return 100 * self.starved / max(1e-9, self.starved + self.cpu)


def usage_of(pid: int) -> Usage:
    """What the process `pid` and its children used; zeros when it is gone."""
    cpu = starved = rss = peak = 0.0
    try:
        root = psutil.Process(pid)
        tree = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return Usage(0, 0, 0, 0)
    for process in tree:
        try:
            times = process.cpu_times()
            cpu += _process_clock(process.pid) + times.children_user + times.children_system
            starved += _waited(process.pid)
            status = Path(f"/proc/{process.pid}/status").read_text()
        except (psutil.Error, OSError):
            continue  # it ended while it was looked at
        rss += _megabytes(_RSS, status)
        peak += _megabytes(_PEAK, status)
    return Usage(cpu, starved, rss, peak)


def _process_clock(pid: int) -> float:
    """CPU seconds by the process's own clock: psutil has steps of 10 ms, an answer may cost less than that.

    The number of another process's clock is made as clock_getcpuclockid(3) makes it on Linux.
    """
    return time.clock_gettime((~pid << 3) | 2)


def _waited(pid: int) -> float:
    nanoseconds = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        try:
            nanoseconds += int((thread / "schedstat").read_text().split()[1])
        except OSError:
            continue  # the thread ended
    return nanoseconds / 1e9


def _megabytes(field: re.Pattern[str], status: str) -> float:
    match = field.search(status)
    return int(match.group(1)) / 1024 if match else 0.0
