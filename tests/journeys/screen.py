"""What a terminal shows after everything a program wrote to it."""

from __future__ import annotations

import re

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

_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[P_^X\]](?:(?!\x1b\\|\x07).)*)?\Z", re.S)
"""A sequence at the end of a read that goes on in the next."""


class Screen:
    """A terminal emulator that is fed reads as they come, wherever they were cut."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._rows = [""] * rows
        self._held = b""
        self.whole = True
        """Whether no frame is half drawn: the program brackets each in a synchronized update (mode 2026)."""

    def feed(self, written: bytes) -> None:
        written = self._held + written
        cut = _UNFINISHED.search(written)
        end = cut.start() if cut else len(written)
        self._held = written[end:]
        began, ended = written.rfind(b"\x1b[?2026h", 0, end), written.rfind(b"\x1b[?2026l", 0, end)
        self.whole = ended > began if began != ended else self.whole
        self._stream.feed(_UNKNOWN.sub(b"", written[:end]))

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        self._screen.dirty.update(range(rows))
        self._rows = [""] * rows

    def barred(self, colour: str) -> list[str]:
        """The rows that have a bar in this colour, six hexadecimal digits: the focus is nothing but that."""
        cells = self._screen.buffer
        return [
            row
            for number, row in enumerate(self.rows())
            if any(cell.data in "▌▐" and cell.fg == colour for cell in cells[number].values())
        ]

    def cells(self) -> list[list[tuple[str, str, str]]]:
        """Sign, ink and ground of every cell: what is left over of something earlier shows."""
        cells, columns = self._screen.buffer, self._screen.columns
        return [
            [
                (cell.data, cell.fg if cell.data.strip() else "", cell.bg)
                for cell in (cells[y][x] for x in range(columns))
            ]
            for y in range(self._screen.lines)
        ]

    def rows(self) -> list[str]:
        """The rows without the blanks at their ends."""
        # Every wait looks after every read: only what was written since is put together, the rest stands.
        cells, columns = self._screen.buffer, range(self._screen.columns)
        for y in self._screen.dirty & set(range(self._screen.lines)):
            row = cells[y]
            self._rows[y] = "".join([row[x].data for x in columns]).rstrip()
        self._screen.dirty.clear()
        return self._rows.copy()
