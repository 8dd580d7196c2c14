"""What a terminal shows after a run of writes; slow, for reports and for texts that were not written in one go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pyte

_UNKNOWN = re.compile(
    rb"\x1b\[[<>=][0-?]*[ -/]*[@-~]"
    rb"|\x1b\[\?[0-9;]*(?:[ -/]+[@-~]|[ac-gi-km-z])"
    rb"|\x1b\[[0-9;]*[ $!\"']+[@-~]"
    rb"|\x1b[P_^X].*?\x1b\\"
    rb"|\x1b\].*?(?:\x07|\x1b\\)",
    re.S,
)
"""Sequences that the emulator would print or stumble over; none of them moves or writes a cell."""


class ScreenReplay:
    """A terminal that is fed a program's writes one by one, each once."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._fed = 0

    def rows(self, writes: Sequence[bytes]) -> list[str]:
        """The screen after all of `writes`."""
        self._feed(writes, len(writes))
        return [row.rstrip() for row in self._screen.display]

    def first_with(self, text: str, writes: Sequence[bytes], since: int) -> int | None:
        """The number of the write, `since` or later, after which `text` stands on the screen."""
        self._feed(writes, since)
        for number in range(self._fed, len(writes)):
            self._feed(writes, number + 1)
            if any(text in row for row in self._screen.display):
                return number
        return None

    def follow(self, writes: Sequence[bytes]) -> Iterator[tuple[int, list[str]]]:
        """The writes that were not looked at yet: the number of each, and the screen after it."""
        for number in range(self._fed, len(writes)):
            self._feed(writes, number + 1)
            yield number, [row.rstrip() for row in self._screen.display]

    def resize(self, writes: Sequence[bytes], columns: int, rows: int) -> None:
        """The terminal takes a new size after `writes`."""
        self._feed(writes, len(writes))
        self._screen.resize(rows, columns)

    def _feed(self, writes: Sequence[bytes], end: int) -> None:
        if end > self._fed:
            self._stream.feed(_UNKNOWN.sub(b"", b"".join(writes[self._fed : end])))
            self._fed = end
