"""Runs a program in a pseudo terminal and keeps all it writes, with the time of each read.

A thread does nothing but read, note the time and answer queries, so the program is never held up by the harness.
Texts are looked for by `pump`, in the caller's thread.
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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from tests.benchmarks.plain_text import PlainText
from tests.benchmarks.process_tree import Usage, usage_of
from tests.benchmarks.screen_replay import ScreenReplay
from tests.benchmarks.terminal_answers import CELL_HEIGHT, CELL_WIDTH, TerminalAnswers

ECHO_LETTERS = "".join(
    chr(code)
    for first, last in ((0x430, 0x450), (0x410, 0x430), (0x3B1, 0x3C2), (0x391, 0x3A2), (0x561, 0x587))
    for code in range(first, last)
)
"""Letters that stand in no answer and in no interface, so that seeing one is the echo of its key."""


@dataclass(slots=True, eq=False)
class Watch:
    """A text that is waited for in what the program writes."""

    text: bytes
    begin: int
    """Where in the plain text the search begins."""
    at: float | None = None
    """Monotonic time of the read that completed the text."""


class Terminal:
    """One program in one terminal; a context manager that ends the program."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path, columns: int = 120, rows: int = 40
    ) -> None:
        self.writes: list[bytes] = []
        """What the program wrote, read by read."""
        self.times: list[float] = []
        """Monotonic time of each read."""
        self.ended = False
        self._news = threading.Condition()
        self._answers = TerminalAnswers(columns, rows)
        self._plain = PlainText()
        self._searched = 0
        self._watches: list[Watch] = []
        self._replay = ScreenReplay(columns, rows)
        self._letters = 0
        self._fd, program_side = pty.openpty()
        self._set_size(columns, rows)
        self._silence(program_side)
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            command,
            env=dict(environment),
            cwd=folder,
            stdin=program_side,
            stdout=program_side,
            stderr=program_side,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(program_side)
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Waiting for what is written.

    def mark(self) -> int:
        """The number of the next read."""
        return len(self.writes)

    def painted(self) -> bool:
        """Whether the program has written anything that can be read."""
        return bool(self._plain.text.strip())

    def watch(self, text: str) -> Watch:
        """Begins to look for `text` in what is read from now on."""
        self.pump(0)
        watch = Watch(text.encode(), len(self._plain.text))
        self._watches.append(watch)
        return watch

    def forget(self, watch: Watch) -> None:
        """Ends the search."""
        if watch in self._watches:
            self._watches.remove(watch)

    def pump(self, timeout: float) -> None:
        """Looks through what has come; waits up to `timeout` seconds when there is nothing."""
        with self._news:
            if self._searched == len(self.writes) and timeout > 0 and not self.ended:
                self._news.wait(timeout)
            end = len(self.writes)
        while self._searched < end:
            before = len(self._plain.text)
            self._plain.feed(self.writes[self._searched])
            for watch in [watch for watch in self._watches if watch.at is None]:
                begin = max(watch.begin, before - len(watch.text))
                if self._plain.text.find(watch.text, begin) >= 0:
                    watch.at = self.times[self._searched]
                    self._watches.remove(watch)
            self._searched += 1

    def wait_until(self, true: Callable[[], bool], timeout: float) -> bool:
        """Pumps until `true()` or until `timeout` seconds have gone."""
        limit = time.monotonic() + timeout
        while not true():
            left = limit - time.monotonic()
            if left <= 0 or (self.ended and self._searched == len(self.writes)):
                return true()
            self.pump(left)
        return True

    def wait_for(self, watch: Watch, timeout: float) -> float | None:
        """The time `watch` was seen, or None after `timeout` seconds."""
        self.wait_until(lambda: watch.at is not None, timeout)
        self.forget(watch)
        return watch.at

    def wait_for_quiet(self, gap: float = 0.4, timeout: float = 20.0, at_most: int = 1500) -> None:
        """Waits until no more than `at_most` bytes came within `gap` seconds: a blink of Textual's caret is 1,310."""
        limit = time.monotonic() + timeout
        while time.monotonic() < limit and not self.ended:
            before = self.mark()
            end = time.monotonic() + gap
            while (left := end - time.monotonic()) > 0 and not self.ended:
                self.pump(left)
            if self.bytes_since(before) <= at_most:
                return

    def bytes_since(self, mark: int) -> int:
        return sum(map(len, self.writes[mark:]))

    def burst_end(self, mark: int, sent: float, gap: float = 0.12, timeout: float = 3.0) -> float | None:
        """Seconds from `sent` to the last byte before `gap` seconds without any; None when nothing came at all."""
        if not self.wait_until(lambda: len(self.writes) > mark, timeout):
            return None
        while True:
            known = self.mark()
            self.pump(0)
            self.pump(gap)
            if self.mark() == known:
                return self.times[known - 1] - sent

    # Looking at the screen.

    def screen(self) -> list[str]:
        """The rows as they stand."""
        return self._replay.rows(list(self.writes))

    def first_on_screen(self, text: str, since: int) -> float | None:
        """Time of the read, `since` or later, after which the screen showed `text`: for texts that came in parts."""
        writes = list(self.writes)
        number = self._replay.first_with(text, writes, since)
        return None if number is None else self.times[number]

    def follow(self) -> Iterator[tuple[float, list[str]]]:
        """The reads that were not looked at yet: the time of each, and the rows after it."""
        return ((self.times[number], rows) for number, rows in self._replay.follow(list(self.writes)))

    # Keys and size.

    def send(self, keys: str) -> float:
        """Types `keys`; the monotonic time just before."""
        left = keys.encode()
        at = time.monotonic()
        while left:
            select.select([], [self._fd], [], 5)
            left = left[os.write(self._fd, left[:512]) :]
        return at

    def send_letter(self) -> tuple[Watch, float]:
        """Types a letter not seen before: the watch for its echo, and when it was sent."""
        letter = ECHO_LETTERS[self._letters % len(ECHO_LETTERS)]
        self._letters += 1
        watch = self.watch(letter)
        return watch, self.send(letter)

    def resize(self, columns: int, rows: int) -> float:
        """Gives the terminal a new size; the monotonic time just before."""
        self._replay.resize(list(self.writes), columns, rows)
        self._answers.columns, self._answers.rows = columns, rows
        at = time.monotonic()
        self._set_size(columns, rows)
        return at

    # The program.

    def usage(self) -> Usage:
        return usage_of(self._process.pid)

    def wait_for_end(self, timeout: float) -> int | None:
        """The exit code, or None when the program still runs."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None

    def close(self) -> None:
        """Ends the program and its children."""
        try:
            root = psutil.Process(self._process.pid)
            tree = [root, *root.children(recursive=True)]
        except psutil.NoSuchProcess:
            tree = []
        for process in tree:
            _signal(process, signal.SIGTERM)
        for process in psutil.wait_procs(tree, 1.5)[1]:
            _signal(process, signal.SIGKILL)
        self._process.wait(5)
        os.close(self._fd)

    def _read(self) -> None:
        while True:
            try:
                written = os.read(self._fd, 1 << 16)
            except OSError:  # the program closed its side
                written = b""
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

    def _set_size(self, columns: int, rows: int) -> None:
        size = struct.pack("HHHH", rows, columns, columns * CELL_WIDTH, rows * CELL_HEIGHT)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, size)

    @staticmethod
    def _silence(program_side: int) -> None:
        """Keeps the kernel from echoing, so that an echoed letter is the program's work."""
        flags = termios.tcgetattr(program_side)
        flags[3] &= ~termios.ECHO
        termios.tcsetattr(program_side, termios.TCSANOW, flags)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _signal(process: psutil.Process, number: int) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        pass
