"""A terminal with the graphics protocol, at the end of a link as slow as one likes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.terminal import Terminal
from tests.benchmarks.terminal_answers import TerminalAnswers

_AT_ONCE = 0.004
"""Seconds of the link's time that are read in one go."""


class GraphicsAnswers(TerminalAnswers):
    """Those of a kitty."""

    def to(self, written: bytes) -> Iterator[bytes]:
        if b"\x1b_Gi=31" in written:
            yield b"\x1b_Gi=31;OK\x1b\\"
        yield from super().to(written)

    def _answer(self, query: bytes) -> bytes:
        return b"\x1bP>|kitty(0.41.1)\x1b\\" if query == b"\x1b[>0q" else super()._answer(query)


class GraphicsTerminal(Terminal):
    """Reads no faster than its link."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path, *, rate: float = 0.0
    ) -> None:
        """
        Args:
            command: What to run in it.
            environment: All of it.
            folder: Where it runs.
            rate: Bytes a second; 0 is as fast as they come.
        """
        self._rate = rate
        super().__init__(command, environment, folder, 100, 30)

    def _read(self) -> None:
        self._answers = GraphicsAnswers(100, 30)
        free = time.monotonic()
        while True:
            most = max(64, int(self._rate * _AT_ONCE)) if self._rate else 1 << 16
            try:
                written = os.read(self._fd, most)
            except OSError:  # the program closed its side
                written = b""
            if self._rate:
                free = max(free, time.monotonic()) + len(written) / self._rate
                time.sleep(max(0.0, free - time.monotonic()))
            now = time.monotonic()
            with self._news:
                if written:
                    self.times.append(now)
                    self.writes.append(written)
                else:
                    self.ended = True
                self._news.notify_all()
            if not written:
                return
            for answer in self._answers.to(written):
                os.write(self._fd, answer)
