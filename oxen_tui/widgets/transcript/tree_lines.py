"""An answer that is JSON, as a tree within its turn: what came of checking it, and a line for each row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from oxen_tui.safe_text import clean_line
from oxen_tui.widgets.json_tree.drawing import drawn, entries
from oxen_tui.widgets.json_tree.nodes import JsonTree
from oxen_tui.widgets.json_tree.opened import Check, OpenTree, Row, What
from oxen_tui.widgets.json_tree.reading import Reader, read_tree
from oxen_tui.widgets.lines.line import ANSWER, Line, Piece
from oxen_tui.widgets.lines.paper import clipped
from oxen_tui.widgets.markdown.margins import width_of

if TYPE_CHECKING:
    from oxen_tui.widgets.markdown.painter import Painter
    from oxen_tui.widgets.transcript.turn import Turn

JSON_KEY: Final = "json"
"""The fold of the whole tree."""
AT_ONCE: Final = 40_000
"""Characters that are read while a page is drawn: some 20 ms. Of a longer answer the tree is handed in."""

_ROWS = 24
"""Rows up to which levels are open from the start."""
_MOST = 100
"""Entries that are shown of one object or array; the page of its own has all."""
_KEPT = 1_000
_NODE = f"{JSON_KEY} "


class TreeLines:
    """A part of a turn. Nothing is drawn for what is folded."""

    def __init__(self, painter: Painter, tree: JsonTree | None = None) -> None:
        """
        Args:
            tree: Of a text that has ended; None to be fed with one.
        """
        self._reader = Reader() if tree is None else None
        self._tree = tree if tree is not None else self._reader.tree if self._reader else JsonTree()
        self._opened = OpenTree(self._tree, most=_MOST, bare=True)
        self._painter = painter
        self._check: Check | None = None
        self._lines: dict[tuple[Row, bool], Line] = {}
        self._head: Line | None = None
        self.name = ""
        """Of the schema that was asked for."""
        if tree is not None:
            self._opened.open_to(_ROWS)
        self.lay_out(painter)

    @property
    def height(self) -> int:
        return 1 + len(self._opened.rows)

    @property
    def streaming(self) -> bool:
        """Whether more may come."""
        return self._reader is not None

    @property
    def failed(self) -> bool:
        """What came is no JSON."""
        return self._reader is not None and self._reader.broken

    def line(self, y: int) -> Line:
        if not y:
            return self.head
        rows = self._opened.rows
        marked = self.streaming and y == len(rows)
        key = rows[y - 1], marked
        line = self._lines.get(key)
        if line is None or rows[y - 1].what is What.PENDING or self.streaming:
            if len(self._lines) > _KEPT:
                self._lines.clear()
            line = self._lines[key] = self._drawn(*key)
        return line

    def lay_out(self, painter: Painter) -> None:
        """Take another width or theme."""
        self._painter = painter
        self._opened.set_width(painter.inner)
        self._forget()

    # Growing

    def feed(self, text: str) -> None:
        """More of the text has come. All of it is open, so that lines only come at the end."""
        if self._reader is not None:
            self._reader.feed(text)
            self._opened.grown()

    def finish(self) -> None:
        """The text has ended. What was open while it came stays so."""
        if self._reader is not None:
            self._reader.finish()
            if not self._reader.broken:
                self._opened.grown()
                self._opened.ended()
                self._reader = None
        self._forget()

    def take(self, check: Check | None) -> None:
        """Say what came of checking it."""
        if check is not self._check:
            self._check = check
            self._opened.take(check.problems if check is not None else ())
            self._forget()

    # Folding

    def toggle(self, key: str) -> None:
        """Fold or open what a line stands for."""
        self._opened.toggle(int(key.removeprefix(_NODE)))
        self._forget()

    def open_all(self, wanted: bool) -> None:
        """Open everything, or as much as at first. While it grows everything is."""
        if self.streaming:
            return
        if wanted:
            self._opened.open_all()
        else:
            self._opened.open_to(_ROWS)
        self._forget()

    # Drawing

    @property
    def head(self) -> Line:
        """What came of checking it, and how large it is."""
        if self._head is None or self.streaming:
            glyphs, check = self._painter.glyphs, self._check
            if check is None:
                words = [Piece(f"JSON for {self.name}" if self.name else "JSON", "faint")]
            elif check.fits is None:
                words = [Piece(f"{glyphs.cancelled} {check.words}", "warn")]
            elif check.fits:
                words = [Piece(f"{glyphs.done} ", "accent"), Piece(check.words, "muted")]
            else:
                words = [Piece(f"{glyphs.failed} {check.words}", "err")]
            size = [Piece(entries(len(self._tree.nodes) - len(self._tree.roots)), "faint")]
            if self.streaming:
                size = [] if self._opened.rows else [Piece(glyphs.mark, "accent")]
            self._head = self._spread([], words, size)
        return self._head

    def _drawn(self, row: Row, marked: bool) -> Line:
        painter = self._painter
        parts = drawn(self._opened, row, painter.inner, painter.glyphs, f" {painter.glyphs.dot} J shows all of it")
        mark = [Piece(painter.glyphs.mark, "accent")] if marked else []
        line = self._spread([Piece(parts.before, "muted")], parts.left, parts.right or mark)
        return replace(line, fold=f"{_NODE}{row.node}") if row.what is What.NODE and not self.streaming else line

    def _spread(self, before: list[Piece], left: list[Piece], right: list[Piece]) -> Line:
        painter = self._painter
        left = [Piece(clean_line(piece.text, 1_000), piece.ink) for piece in left]
        gap = 0 if right and right[0].text == painter.glyphs.mark else 2
        room = painter.inner - width_of(before) - (width_of(right) + gap if right else 0)
        left = clipped(left, max(0, room), painter.glyphs.ellipsis)
        taken = width_of(before) + width_of(left)
        spare = painter.inner - taken - width_of(right)
        after = [Piece(" " * (gap if gap == 0 else max(gap, spare)), "text"), *right] if right else []
        return painter.line(ANSWER, before, left, after=after)

    def _forget(self) -> None:
        self._lines.clear()
        self._head = None


def tree_lines(turn: Turn, painter: Painter) -> TreeLines | None:
    """The tree of an answer that is to be JSON; None where it is none, or too long to be read while drawing."""
    if not turn.schema and turn.tree is None:
        return None
    lines: TreeLines | None = None
    if turn.tree is not None:
        lines = TreeLines(painter, turn.tree)
    elif turn.streaming:
        lines = TreeLines(painter)
        lines.feed(turn.text)
        lines = None if lines.failed else lines
    elif len(turn.text) <= AT_ONCE and (tree := read_tree(turn.text)) is not None:
        lines = TreeLines(painter, tree)
    if lines is not None:
        lines.name = turn.schema
        lines.take(turn.check)
    return lines
