"""Takes the terminal's answers out of what is read as keys.

They come when the start did not wait for them any longer, and while pictures are sent, where an answer tells how far
the terminal has got. Whatever they are, they must press nothing.
"""

from __future__ import annotations

import os
import re
import select
import termios
import time
from collections.abc import Callable
from typing import Final

READY_QUERY: Final = "\x1b[5n"
"""Asks a terminal whether all is well. Each answers it in its turn: what was written before has been read."""

_ANSWER = re.compile(
    r"\x1b\[(?P<ready>[03])n"
    r"|\x1b\[\?[\d;]*c"
    r"|\x1bP>\|[^\x1b\x07]*(?:\x1b\\|\x07)"
    r"|\x1b_G[^\x1b]*\x1b\\"
    r"|\x1b\[[46];\d+;\d+t"
    r"|\x1bP[01]\$r[^\x1b]*\x1b\\"
)
_BEGINNING = re.compile(
    r"\x1b(?:\[(?:[03]|\?[\d;]*|[46](?:;\d*){0,2})?"
    r"|P(?:>(?:\|[^\x1b\x07]*\x1b?)?|[01](?:\$(?:r[^\x1b]*\x1b?)?)?)?"
    r"|_(?:G[^\x1b]*\x1b?)?)?\Z"
)
_CERTAIN = 3
"""Characters: fewer may be a key, such as Esc or alt and a letter."""
_LONGEST = 600
"""Characters that are held back; an answer is shorter."""


def drain(fd: int, number: int, seconds: float) -> None:
    """Read so many ready answers off the terminal, that no shell gets them as keys. Blocks.

    Args:
        fd: The terminal, which nobody else reads any more.
        number: Of answers.
        seconds: To wait for them, all together.
    """
    try:
        before = termios.tcgetattr(fd)
        quiet = list(before)
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(fd, termios.TCSANOW, quiet)
        try:
            _read_ready(fd, number, time.monotonic() + seconds)
        finally:
            termios.tcsetattr(fd, termios.TCSANOW, before)
    except (OSError, termios.error):
        return  # the terminal is gone, and with it who would read them


def _read_ready(fd: int, number: int, until: float) -> None:
    data = b""
    while data.count(b"\x1b[0n") + data.count(b"\x1b[3n") < number:
        left = until - time.monotonic()
        if left <= 0 or not select.select([fd], [], [], left)[0] or not (part := os.read(fd, 4096)):
            return
        data += part


class LateAnswers:
    """What the terminal sent, piece by piece, without its answers."""

    def __init__(self) -> None:
        self.expecting = False
        """Whether an answer is on its way: then also the first character of one waits for the next."""
        self.on_ready: Callable[[], None] | None = None
        """Called when the terminal has read what was written before a `READY_QUERY`, in the thread that reads."""
        self._held = ""

    def pass_on(self, data: str) -> str:
        """What is no answer in what has come so far; an answer that is cut in two waits for its rest."""
        data, self._held = self._held + data, ""
        if "\x1b" not in data:
            return data
        passed, end = [], 0
        for match in _ANSWER.finditer(data):
            passed.append(data[end : match.start()])
            end = match.end()
            if match["ready"] is not None and self.on_ready is not None:
                self.on_ready()
        rest = data[end:]
        tail = _BEGINNING.search(rest)
        least = 1 if self.expecting else _CERTAIN
        if tail is not None and least <= len(tail.group()) <= _LONGEST:
            rest, self._held = rest[: tail.start()], tail.group()
        passed.append(rest)
        return "".join(passed)

    def let_go(self) -> str:
        """What was held back and is no answer after all, since nothing came behind it."""
        held, self._held = self._held, ""
        return held
