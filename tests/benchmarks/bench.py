"""What every measurement is given: the server, the programs, and how much to run."""

from __future__ import annotations

import itertools
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.programs import Program
from tests.benchmarks.server_process import ServerProcess
from tests.benchmarks.session import Session


@dataclass(slots=True)
class Bench:
    """One run of the benchmarks."""

    server: ServerProcess
    folder: Path
    """Homes of the programs are made here."""
    app: Program
    lines: frozenset[int]
    """The lines that were asked for."""
    rounds: int = 3
    quick: bool = False
    """Fewer and shorter answers: to see whether something is badly wrong."""
    long: bool = False
    """Also the answers of 100,000 tokens."""
    began: float = field(default_factory=time.monotonic)
    _homes: itertools.count[int] = field(default_factory=itertools.count)

    def wants(self, *lines: int) -> bool:
        return not self.lines.isdisjoint(lines)

    def start(self, program: Program) -> Session:
        """Starts a program in a home of its own."""
        return Session(program, self.server, self.new_home())

    def new_home(self) -> Path:
        return self.folder / f"home-{next(self._homes)}"

    def say(self, what: str) -> None:
        """Progress; the table alone goes to stdout."""
        print(f"{time.monotonic() - self.began:6.0f} s  {what}", file=sys.stderr, flush=True)
