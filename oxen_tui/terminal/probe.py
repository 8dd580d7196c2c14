"""Asks the terminal what it can do, before the app starts: one query, one round trip.

The query ends with one that every terminal answers (device attributes), so that nothing is waited for beyond it, and
nothing that was answered by then can arrive in the app as keys. What arrives later is taken out there
(`widgets/terminal_answers.py`). A thread waits for the answers while the app is imported.
"""

from __future__ import annotations

import os
import re
import select
import struct
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from oxen_tui.terminal.answers import QUERY_ID, Answers, read_answers

LONGEST: Final = 2.0
"""Seconds until a terminal that does not answer is taken as one that never will."""

_GRAPHICS = f"\x1b_Gi={QUERY_ID},s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
_NAME = "\x1b[>0q"
_TRUECOLOUR = "\x1b[48;2;1;2;3m\x1bP$qm\x1b\\\x1b[m"
_SYNCHRONIZED = "\x1b[?2026$p"
_SIZES = "\x1b[16t\x1b[14t"
_ATTRIBUTES = "\x1b[c"

_NEVER_ASKED = ("", "dumb", "linux", "vt52", "vt100", "vt220", "cons25")
"""Values of TERM: they would print parts of the query, or have nothing to say."""


@dataclass(frozen=True, slots=True)
class TerminalFacts:
    """What is known of the terminal."""

    is_terminal: bool = False
    asked: bool = False
    answers: Answers = field(default_factory=Answers)
    round_trip: float | None = None
    """Seconds; None where nothing was answered."""
    size: tuple[int, int] = (0, 0)
    """Columns and rows."""
    pixels: tuple[int, int] = (0, 0)
    """Of all cells together, as the system says; zeros where it does not."""
    multiplexer: str = ""
    """"tmux" or "screen" where one is between us and the terminal."""
    truecolour: bool = False
    """By its own word or by its environment."""
    no_colour: bool = False
    """The user wants none (NO_COLOR)."""

    @property
    def answered(self) -> bool:
        return self.answers.complete

    @property
    def cell(self) -> tuple[int, int] | None:
        """Pixels of a cell, width and height; None where nobody says."""
        columns, rows = self.size
        if all(self.pixels) and columns and rows:
            return max(1, self.pixels[0] // columns), max(1, self.pixels[1] // rows)
        if self.answers.cell:
            return self.answers.cell
        if self.answers.text_area and columns and rows:
            return max(1, self.answers.text_area[0] // columns), max(1, self.answers.text_area[1] // rows)
        return None

    @property
    def name(self) -> str:
        return self.answers.name

    @property
    def has_placeholders(self) -> bool:
        """Whether pictures can lie in its text. kitty before 0.28 and others that know the protocol draw boxes."""
        kitty = re.match(r"kitty\((\d+)\.(\d+)", self.name)
        if kitty:
            return (int(kitty[1]), int(kitty[2])) >= (0, 28)
        return "ghostty" in self.name.lower()


def query(environ: Mapping[str, str]) -> str:
    """What is written to ask; "" where nothing is asked."""
    if environ.get("TERM", "") in _NEVER_ASKED:
        return ""
    if multiplexer(environ):
        # tmux takes the question for graphics as the title of its pane, and answers for itself in all others.
        return _NAME + _SYNCHRONIZED + _SIZES + _ATTRIBUTES
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return _SIZES + _ATTRIBUTES  # it prints the letters of the others
    return _GRAPHICS + _NAME + _TRUECOLOUR + _SYNCHRONIZED + _SIZES + _ATTRIBUTES


def multiplexer(environ: Mapping[str, str]) -> str:
    """The multiplexer between us and the terminal; over ssh only TERM says so."""
    term = environ.get("TERM", "")
    if environ.get("TMUX") or term.startswith("tmux"):
        return "tmux"
    if environ.get("STY"):
        return "screen"
    return "tmux or screen" if term.startswith("screen") else ""


class Probe:
    """Asks when it is entered; `facts` waits for the rest of the round trip. Leaves the terminal as it was."""

    def __init__(
        self, in_fd: int, out_fd: int, environ: Mapping[str, str] = os.environ, longest: float = LONGEST
    ) -> None:
        self._in, self._out, self._environ, self._longest = in_fd, out_fd, environ, longest
        self._is_terminal = os.isatty(in_fd) and os.isatty(out_fd)
        self._query = query(environ) if self._is_terminal else ""
        self._data = b""
        self._before: list[object] | None = None
        self._thread: threading.Thread | None = None
        self._round_trip: float | None = None
        self._ended = threading.Event()

    def __enter__(self) -> Probe:
        if self._query:
            import termios

            self._before = termios.tcgetattr(self._in)
            quiet = list(self._before)
            quiet[3] = int(quiet[3]) & ~(termios.ECHO | termios.ICANON)  # type: ignore[call-overload]
            termios.tcsetattr(self._in, termios.TCSANOW, quiet)  # type: ignore[arg-type]
            self._thread = threading.Thread(target=self._read, name="terminal-probe", daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        if self._before is not None:
            import termios

            # Not TCSAFLUSH: what was typed ahead stays.
            with suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(self._in, termios.TCSANOW, self._before)  # type: ignore[arg-type]
            self._before = None

    def facts(self) -> TerminalFacts:
        """What is known of the terminal; waits for its answer, `LONGEST` at most."""
        if self._thread is not None:
            self._thread.join()
        answers = read_answers(self._data)
        columns, rows, width, height = _window(self._out) if self._is_terminal else (0, 0, 0, 0)
        says_so = self._environ.get("COLORTERM", "").lower() in ("truecolor", "24bit")
        return TerminalFacts(
            is_terminal=self._is_terminal,
            asked=bool(self._query),
            answers=answers,
            round_trip=self._round_trip,
            size=(columns, rows),
            pixels=(width, height),
            multiplexer=multiplexer(self._environ),
            truecolour=says_so or answers.truecolour,
            no_colour=bool(self._environ.get("NO_COLOR")),
        )

    def _read(self) -> None:
        began = time.monotonic()
        try:
            os.write(self._out, self._query.encode())
            while not self._ended.is_set():
                left = began + self._longest - time.monotonic()
                if left <= 0:
                    return
                # Short waits, so that an app that cannot start does not wait for the terminal.
                if not select.select([self._in], [], [], min(left, 0.1))[0]:
                    continue
                data = os.read(self._in, 4096)
                if not data:
                    return
                self._data += data
                if read_answers(self._data).complete:
                    self._round_trip = time.monotonic() - began
                    return
        except OSError:
            return  # the terminal is gone: the app will say so


def _window(fd: int) -> tuple[int, int, int, int]:
    """Columns, rows, and the pixels of both; zeros for what is not known."""
    import fcntl
    import termios

    try:
        rows, columns, width, height = struct.unpack("HHHH", fcntl.ioctl(fd, termios.TIOCGWINSZ, bytes(8)))
    except OSError:
        return 0, 0, 0, 0
    return columns, rows, width, height


def cell_now(fd: int) -> tuple[int, int] | None:
    """Pixels of a cell as the system says now: the user may have zoomed. None where it does not say."""
    columns, rows, width, height = _window(fd)
    return (max(1, width // columns), max(1, height // rows)) if columns and rows and width and height else None
