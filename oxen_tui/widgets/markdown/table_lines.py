"""Drawing the rows of a table: how wide each column is, and the lines of one row."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.wrapping import wrap

GAP = 2
"""Cells between two columns."""

NARROWEST = 3
"""Cells that a column is not shrunk below."""

WORDS = 16
"""Columns up to this wide mostly hold single words and numbers, which break badly; wider ones hold phrases."""

PHRASE = 10
"""Cells that a column of phrases is not shrunk below before those of words are."""


def fit(natural: Sequence[int], room: int) -> tuple[int, ...]:
    """Widths of columns that fit the room together, gaps included.

    Columns of words keep what they want as long as those of phrases stay readable; what is too wide shares the room
    evenly. More columns than the room can hold go beyond it.
    """
    wanted = [max(1, width) for width in natural]
    left = room - GAP * (len(wanted) - 1)
    if sum(wanted) <= left:
        return tuple(wanted)
    phrases = [column for column, width in enumerate(wanted) if width > WORDS]
    for_phrases = left - sum([width for width in wanted if width <= WORDS])
    shrinking = phrases if phrases and for_phrases >= PHRASE * len(phrases) else list(range(len(wanted)))
    left -= sum([width for column, width in enumerate(wanted) if column not in shrinking])
    widths = list(wanted)
    narrow_first = sorted(shrinking, key=wanted.__getitem__)
    for done, column in enumerate(narrow_first):
        widths[column] = min(wanted[column], max(NARROWEST, left // (len(narrow_first) - done)))
        left -= widths[column]
    return tuple(widths)


def row_lines(
    cells: Sequence[list[Piece]], widths: Sequence[int], align: Sequence[str], ink: str
) -> list[list[Piece]]:
    """The lines of one row, cells broken to their columns.

    Args:
        cells: The text of each cell.
        align: `left`, `right` or `center` for each column.
        ink: Of the padding.
    """
    columns = [wrap(cell, width) for cell, width in zip(cells, widths, strict=False)]
    lines: list[list[Piece]] = []
    for number in range(max(map(len, columns), default=1)):
        line: list[Piece] = []
        for column, width, side in zip(columns, widths, align, strict=False):
            pieces = _stripped(column[number].pieces) if number < len(column) else []
            spare = max(0, width - sum([cell_len(piece.text) for piece in pieces]))
            before = spare if side == "right" else spare // 2 if side == "center" else 0
            line += [Piece(" " * before, ink), *pieces, Piece(" " * (spare - before + GAP), ink)]
        line[-1:] = []
        lines.append(line)
    return lines


def _stripped(pieces: list[Piece]) -> list[Piece]:
    """Without the blanks of a break, which would push the next column."""
    if pieces and pieces[-1].text.endswith(" "):
        last = pieces[-1]
        return [*pieces[:-1], Piece(last.text.rstrip(" "), last.ink, last.href)]
    return pieces
