"""Two texts compared, as lines of a page: beside one another where there is room, else one under another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper, clipped
from oxen_tui.widgets.lines.wrapping import Wrapped, wrap
from oxen_tui.widgets.page.columns import beside_one_another
from oxen_tui.widgets.wording import counted

SIDE_BY_SIDE = 94
"""Cells between the margins from which on there is room for two columns."""

_GAP = 2
_SIGN = 2
"""Cells of the sign before a line, with a blank."""

_MEASURE = 88
"""Cells of prose, however wide the page is."""

_FEWEST_FOLDED = 4
"""Rows that are the same are folded to one from this number on, but for those next to a change."""

Runs = Sequence[tuple[str, bool]]
"""Pieces of a line, and whether each differs."""


class Row(Protocol):
    """`services.text_diff.DiffRow` is one."""

    @property
    def first(self) -> Runs | None: ...
    @property
    def second(self) -> Runs | None: ...
    @property
    def same(self) -> bool: ...
    @property
    def paired(self) -> bool:
        """Whether both sides are one line that was changed."""
        ...

    @property
    def gap(self) -> bool:
        """Whether a blank line stands before it."""
        ...


class Block(Protocol):
    """Rows that are all the same or all different; `services.text_diff.DiffBlock` is one."""

    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def same(self) -> bool: ...
    def in_order(self) -> Iterator[tuple[str, Runs]]: ...


@dataclass(frozen=True, slots=True)
class DiffHead:
    """What stands above one of the two."""

    title: str
    """`heron-3`, `you`."""
    place: str = ""
    """`2/3`; empty where there is one only."""
    facts: str = ""
    """`412 tokens · $0.0012 · 3 s · temperature 1.2`."""


def head_lines(heads: tuple[DiffHead, DiffHead], paper: Paper) -> Iterator[PageLine]:
    """Whose texts they are: in the columns of the texts, or a line for each."""
    signs = (paper.glyphs.less, paper.glyphs.more)
    if paper.inner < SIDE_BY_SIDE:
        for sign, head in zip(signs, heads, strict=True):
            yield PageLine((Piece(f"{sign} ", "warn"), *_name(head), Piece(f"  {head.facts}", "faint")))
        return
    width = column(paper)
    for pick in range(2):
        cells = []
        for sign, head in zip(signs, heads, strict=True):
            said = [Piece(f"{sign} ", "warn"), *_name(head)] if pick == 0 else [Piece(f"  {head.facts}", "faint")]
            cells.append([Wrapped(clipped(said, width, paper.glyphs.ellipsis), False)])
        yield from beside_one_another(cells, [width, width], _GAP)


def diff_lines(blocks: Sequence[Block], paper: Paper, whole: bool, starts: list[int]) -> Iterator[PageLine]:
    """The lines from the top down.

    Args:
        blocks: What was compared.
        paper: How wide.
        whole: Whether all that is the same is shown too.
        starts: Takes the numbers of the lines at which stretches that differ begin.
    """
    written = 0
    for number, block in enumerate(blocks):
        if not block.same:
            starts.append(written)
        for line in _block_lines(block, paper, whole, is_first=number == 0, is_last=number == len(blocks) - 1):
            yield line
            written += 1


def column(paper: Paper) -> int:
    """Cells of either text where they stand beside one another."""
    return min((paper.inner - _GAP) // 2, _MEASURE + _SIGN)


def _name(head: DiffHead) -> list[Piece]:
    return [Piece(head.title, "text+strong"), *([Piece(f"  {head.place}", "muted")] if head.place else [])]


def _block_lines(block: Block, paper: Paper, whole: bool, *, is_first: bool, is_last: bool) -> Iterator[PageLine]:
    rows = block.rows
    if block.same and not whole:
        before, after = (0 if is_first else 1), (0 if is_last else 1)
        folded = len(rows) - before - after
        if folded >= _FEWEST_FOLDED:
            yield from _rows_lines(block, rows[:before], paper)
            yield PageLine((Piece(f"  {paper.glyphs.ellipsis} {counted(folded, 'line')} the same", "faint"),))
            yield from _rows_lines(block, rows[len(rows) - after :], paper)
            return
    yield from _rows_lines(block, rows, paper)


def _rows_lines(block: Block, rows: Sequence[Row], paper: Paper) -> Iterator[PageLine]:
    if paper.inner >= SIDE_BY_SIDE:
        width = column(paper)
        for row in rows:
            if row.gap:
                yield PageLine()
            cells = [
                _cell(runs, sign, row, width)
                for runs, sign in ((row.first, paper.glyphs.less), (row.second, paper.glyphs.more))
            ]
            yield from beside_one_another(cells, [width, width], _GAP)
        return
    width = min(paper.inner, _MEASURE + _SIGN)
    if block.same:
        for row in rows:
            if row.gap:
                yield PageLine()
            yield from (PageLine(tuple(line.pieces)) for line in _cell(row.first, "", row, width))
        return
    if rows and rows[0].gap:
        yield PageLine()
    for sign, runs in block.in_order():
        shown = paper.glyphs.less if sign == "-" else paper.glyphs.more
        for line in _cell(runs, shown, rows[0], width):
            yield PageLine(tuple(line.pieces))


def _cell(runs: Runs | None, sign: str, row: Row, width: int) -> list[Wrapped]:
    """A line broken at a width, with its sign before it. Words that differ are set off where the rest does not."""
    if runs is None:
        return []
    plain = "muted" if row.same else "text"
    partly = any(not differs for _, differs in runs)
    pieces = [Piece(text.expandtabs(4), "warn+strong" if differs and partly else plain) for text, differs in runs]
    lines = wrap(pieces, max(8, width - _SIGN))
    signs = ["  " if row.same else f"{sign} ", *["  "] * (len(lines) - 1)]
    return [
        Wrapped([Piece(mark, "warn"), *line.pieces], line.goes_on) for mark, line in zip(signs, lines, strict=True)
    ]
