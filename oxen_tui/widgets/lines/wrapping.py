"""Breaking text into lines of a width, by cells, so that wide characters and emoji stand right."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from oxen_tui.widgets.lines.line import Piece

_WORD = re.compile(r"\n|[^ \n]+ *| +")


class Wrapped(NamedTuple):
    """One line. Blanks at a break stay at its end, so that the lines put together give the text again."""

    pieces: list[Piece]
    goes_on: bool
    """Whether the break after it is ours; a newline in the text, or the end, is not."""


def wrap(pieces: list[Piece], width: int) -> list[Wrapped]:
    """Break at blanks, within a word only where it is longer than a line, and at every newline.

    Args:
        pieces: Text with inks.
        width: Cells, at least 1. Blanks at the end of a line may reach beyond it.
    """
    text = "".join([piece.text for piece in pieces])
    size = len if text.isascii() else cell_len
    if "\n" not in text and size(text) <= width:
        return [Wrapped(pieces, goes_on=False)]
    return _cut(pieces, text, _breaks(text, max(1, width), size))


def _breaks(text: str, width: int, size: Callable[[str], int]) -> list[int]:
    """Where each line but the last ends, in characters."""
    cuts: list[int] = []
    column = 0
    for match in _WORD.finditer(text):
        word = match[0]
        if word == "\n":
            cuts.append(match.end())
            column = 0
            continue
        cells = size(word.rstrip(" "))
        if column and column + cells > width:
            cuts.append(match.start())
            column = 0
        if cells > width:
            at = match.start()
            for part in chop_cells(word.rstrip(" "), width)[:-1]:
                at += len(part)
                cuts.append(at)
            column = size(text[at : match.end()])
        else:
            column += size(word)
    return cuts


def _cut(pieces: list[Piece], text: str, cuts: list[int]) -> list[Wrapped]:
    lines: list[Wrapped] = []
    line: list[Piece] = []
    at = next_cut = 0
    for piece, ink, href in pieces:
        while next_cut < len(cuts) and at + len(piece) >= cuts[next_cut]:
            cut = cuts[next_cut]
            ours = text[cut - 1] != "\n"
            line.append(Piece(piece[: cut - at] if ours else piece[: cut - at - 1], ink, href))
            lines.append(Wrapped(line, goes_on=ours))
            line, piece, at, next_cut = [], piece[cut - at :], cut, next_cut + 1
        if piece:
            line.append(Piece(piece, ink, href))
        at += len(piece)
    lines.append(Wrapped(line, goes_on=False))
    return lines
