"""What the terminal of a run says when a program asks it something: an xterm that knows synchronized output.

No graphics, no keyboard protocol, no resize reports in band: what most terminals over ssh and tmux say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CELL_WIDTH = 10
CELL_HEIGHT = 20
"""Pixels of one cell."""

_QUERY = re.compile(
    rb"\x1b\[(?:[>=]?0?c|\??6n|5n|>0?q|\?u|\?\d+\$p|1[468]t)"
    rb"|\x1b\](?:1[0-2]|4;\d+);\?(?:\x07|\x1b\\)"
    rb"|\x1bP[+$]q[^\x1b]*\x1b\\",
    re.S,
)
_KNOWN_MODES = frozenset({25, 1004, 1006, 2004, 2026})
_DEVICE_ATTRIBUTES = b"\x1b[?62;22c"
_SECOND_ATTRIBUTES = b"\x1b[>41;370;0c"
_VERSION = b"\x1bP>|bench(1)\x1b\\"
_FIXED = {
    b"c": _DEVICE_ATTRIBUTES,
    b"0c": _DEVICE_ATTRIBUTES,
    b">c": _SECOND_ATTRIBUTES,
    b">0c": _SECOND_ATTRIBUTES,
    b"5n": b"\x1b[0n",
    b"6n": b"\x1b[1;1R",
    b"?6n": b"\x1b[?1;1R",
    b">q": _VERSION,
    b">0q": _VERSION,
    b"16t": b"\x1b[6;%d;%dt" % (CELL_HEIGHT, CELL_WIDTH),
}
_LONGEST = 64
"""Bytes kept for the case that they hold the beginning of a query."""


class TerminalAnswers:
    """Finds queries in what a program writes, also those split over two reads, and answers them in order."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self._cut = b""

    def to(self, written: bytes) -> Iterator[bytes]:
        """The answers to the queries that became whole with `written`."""
        text = self._cut + written
        end = 0
        if b"\x1b" in text:
            for match in _QUERY.finditer(text):
                end = match.end()
                if answer := self._answer(match.group()):
                    yield answer
        self._cut = text[end:][-_LONGEST:]

    def _answer(self, query: bytes) -> bytes:
        if query.startswith(b"\x1b]"):
            number = query[2 : query.index(b";?")]
            colour = b"1010/1010/1010" if number == b"11" else b"e0e0/e0e0/e0e0"
            return b"\x1b]%s;rgb:%s\x1b\\" % (number, colour)
        if query.startswith(b"\x1bP"):
            return b"\x1bP0%sr\x1b\\" % query[2:3]
        asked = query[2:]
        if asked.endswith(b"$p"):
            mode = int(asked[1:-2])
            return b"\x1b[?%d;%d$y" % (mode, 2 if mode in _KNOWN_MODES else 0)
        if asked == b"14t":
            return b"\x1b[4;%d;%dt" % (self.rows * CELL_HEIGHT, self.columns * CELL_WIDTH)
        if asked == b"18t":
            return b"\x1b[8;%d;%dt" % (self.rows, self.columns)
        return _FIXED.get(asked, b"")
