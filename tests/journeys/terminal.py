"""Runs a program in a pseudo terminal as a person would: types keys, looks at the screen, keeps every byte.

A thread reads and answers what the program asks its terminal, so the program is never held up. Everybody else waits
for what is to be seen, with a deadline; nothing sleeps.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, Self

from tests.benchmarks.terminal_answers import CELL_HEIGHT, CELL_WIDTH, TerminalAnswers
from tests.journeys.escape_sequences import modes_on
from tests.journeys.screen import Screen

PATIENCE = 10.0
"""Seconds until something that must come is given up. Long, for a busy machine: when all is well nobody waits."""


class Process(Protocol):
    """What of `subprocess.Popen` a terminal needs of the program in it."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float, /) -> int: ...
    def kill(self) -> None: ...


Begin = Callable[[int], Process]
"""Starts a program in a terminal, of which it gets the program's side."""

Cell = tuple[str, str, str]
"""Sign, ink and ground."""

ACCENT = "63cdbf"
"""The colour of what is alive or has the focus, in the dark theme."""

_FEW = 12
"""Cells that are told of a screen that is not what was wanted."""

_END = b"\x1b]777;the program has ended\x1b\\"
"""Written behind the program's last word, so that reading it proves that everything before was read."""


class Terminal:
    """One program in one terminal; a context manager that ends the program."""

    def __init__(self, begin: Begin, columns: int = 120, rows: int = 40) -> None:
        """
        Args:
            begin: Starts the program.
            columns: Of the terminal.
            rows: Of the terminal.
        """
        self.raw = bytearray()
        """Every byte that the program wrote."""
        self._news = threading.Condition()
        self._answers = TerminalAnswers(columns, rows)
        self._screen = Screen(columns, rows)
        self._fd, self._program_side = pty.openpty()
        self._set_size(columns, rows)
        self._before = termios.tcgetattr(self._program_side)
        self._stopping, self._stop = os.pipe()
        self._process = begin(self._program_side)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What is to be seen

    @property
    def text(self) -> str:
        """The screen as it stands between two frames, a line for each row."""
        return self.wait_until(lambda shown: True)

    @property
    def rows(self) -> list[str]:
        """The same as rows."""
        return self.text.split("\n")

    def wait_until(
        self, true: Callable[[str], bool], seconds: float = PATIENCE, *, what: str | Callable[[], str] = ""
    ) -> str:
        """Wait until `true` holds of the screen; the screen.

        Args:
            true: Holds of the screen, in the end.
            seconds: To wait.
            what: Is waited for, in words; asked for when it did not come.

        Raises:
            AssertionError: It never did. Says what the screen showed instead.
        """
        limit = time.monotonic() + seconds
        with self._news:
            while not (self._screen.whole and true(self._shown())):
                left = limit - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    missed = what() if callable(what) else what or true
                    raise AssertionError(f"not seen within {seconds:g} s: {missed}\n{framed(self._shown())}")
            return self._shown()

    def wait_for(self, *texts: str, seconds: float = PATIENCE) -> str:
        """Wait until the screen shows all of these, wherever a line was wrapped; the screen."""
        return self.wait_until(lambda shown: all(has(shown, text) for text in texts), seconds, what=repr(texts))

    @property
    def cells(self) -> list[list[Cell]]:
        """Sign, ink and ground of every cell, between two frames."""
        with self._news:
            self.wait_until(lambda shown: True)
            return self._screen.cells()

    def wait_for_cells(self, cells: list[list[Cell]], seconds: float = PATIENCE) -> None:
        """Wait until the screen shows exactly this."""
        self.wait_until(
            lambda _: self._screen.cells() == cells,
            seconds,
            what=lambda: f"the same cells as before\n{differences(self._screen.cells(), cells)}",
        )

    def wait_gone(self, *texts: str, seconds: float = PATIENCE) -> str:
        """Wait until the screen shows none of these; the screen."""
        return self.wait_until(
            lambda shown: not any(has(shown, text) for text in texts), seconds, what=f"without {texts!r}"
        )

    def wait_for_bar(self, text: str, colour: str = ACCENT, seconds: float = PATIENCE) -> str:
        """Wait until a row that shows this has a bar in this colour: the focus, and keys go there; the screen."""
        return self.wait_until(
            lambda _: any(text in row for row in self._screen.barred(colour)), seconds, what=f"a bar at {text!r}"
        )

    # What the user does

    def send(self, keys: str) -> None:
        """Type these keys; control characters and escape sequences as a terminal sends them."""
        left = keys.encode()
        while left:
            select.select([], [self._fd], [], PATIENCE)
            left = left[os.write(self._fd, left[:512]) :]

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        with self._news:
            self._screen.resize(columns, rows)
            self._answers.columns, self._answers.rows = columns, rows
        self._set_size(columns, rows)

    # The program

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """End the program as no program can prevent."""
        self._process.kill()
        self.wait_for_end()

    def wait_for_end(self, seconds: float = PATIENCE) -> int:
        """The exit code, once the program has ended and all that it wrote was read."""
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {seconds:g} s\n{framed(self._shown())}") from None
        os.write(self._program_side, _END)
        with self._news:
            assert self._news.wait_for(lambda: self.raw.endswith(_END), PATIENCE)
            del self.raw[-len(_END) :]
        return code

    def left_as_it_was(self) -> list[str]:
        """What the program, now ended, has not put back; empty when the terminal is as it was."""
        wrong = []
        if termios.tcgetattr(self._program_side) != self._before:
            wrong.append("the line settings (termios) differ")
        with self._news:
            wrong += [f"{mode} is still on" for mode in modes_on(bytes(self.raw))]
        return wrong

    def close(self) -> None:
        """End the program, and whatever it started in this terminal."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if not self.alive:
                break
            os.killpg(self._process.pid, number)
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                continue
        os.write(self._stop, b".")
        self._reader.join(PATIENCE)
        for descriptor in (self._fd, self._program_side, self._stop, self._stopping):
            os.close(descriptor)

    def _shown(self) -> str:
        return "\n".join(self._screen.rows())

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select([self._fd, self._stopping], [], [])
            if self._stopping in ready:
                return
            written = os.read(self._fd, 1 << 16)
            with self._news:
                self.raw += written
                self._screen.feed(written)
                answers = list(self._answers.to(written))
                self._news.notify_all()
            for answer in answers:
                os.write(self._fd, answer)

    def _set_size(self, columns: int, rows: int) -> None:
        size = struct.pack("HHHH", rows, columns, columns * CELL_WIDTH, rows * CELL_HEIGHT)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, size)


def has(screen: str, text: str) -> bool:
    """Whether a screen shows a text: in one row, or wrapped over several."""
    return text in screen or " ".join(text.split()) in " ".join(screen.split())


def differences(cells: list[list[Cell]], wanted: list[list[Cell]]) -> str:
    """Where a screen is not what was wanted, for a person to read: how many cells, and the first few of them."""
    if (sizes := [[len(row) for row in each] for each in (cells, wanted)])[0] != sizes[1]:
        return f"  {len(cells)} rows of {max(sizes[0])} cells, not {len(wanted)} of {max(sizes[1])}"
    found = [
        f"  row {row}, column {column}: {there} and not {want}"
        for row, (now, then) in enumerate(zip(cells, wanted, strict=True))
        for column, (there, want) in enumerate(zip(now, then, strict=True))
        if there != want
    ]
    return "\n".join([f"  {len(found)} cells differ", *found[:_FEW]])


def framed(screen: str) -> str:
    """A screen for a person to read, in a report of what went wrong."""
    rows = screen.split("\n")
    while rows and not rows[-1]:
        rows.pop()
    return "\n".join(f"  | {row}" for row in rows)


def by_command(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Begin:
    """Starts a program as a shell does."""
    return lambda terminal: subprocess.Popen(
        command,
        env=dict(environment),
        cwd=folder,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
