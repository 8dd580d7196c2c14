"""Small pictures within the transcript: as lines like all others, so that they scroll, and are cut, as text is.

A picture has its place from the start, by its size in pixels, and is made when its lines come into view. Where the
terminal has placeholders it is a real picture, elsewhere half cells; one that is painted over the text, as Sixel is,
could not follow the lines.
"""

from __future__ import annotations

import asyncio
import dataclasses
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.terminal import display
from oxen_tui.terminal.display import PictureMode
from oxen_tui.terminal.fitting import fitted
from oxen_tui.widgets import glyphs
from oxen_tui.widgets.lines.line import MARGIN, Line, Link, Sheet

if TYPE_CHECKING:
    from oxen_tui.widgets.markdown.painter import Painter
    from oxen_tui.widgets.picture.making import Made
    from oxen_tui.widgets.picture.ways import Way

_BOX: Final = 44, 11
"""Cells that one picture may cover: large enough to be told, small enough to read on."""
_BOX_OF_SEVERAL: Final = 26, 8
_NARROW_BOX: Final = 28, 8
_GAP: Final = 2
_KEPT: Final = 24
"""Pictures that are kept: some screens full."""


class Inset(NamedTuple):
    """A picture, or the poster of a clip."""

    path: Path
    width: int
    """Pixels."""
    height: int


class Placed(NamedTuple):
    """One in its place."""

    inset: Inset
    box: tuple[int, int]
    """Cells there is room for."""
    columns: int
    """Cells it covers."""
    rows: int


class InsetRow:
    """Pictures beside each other, a part of a turn."""

    def __init__(self, painter: Painter, sheet: Sheet, placed: Sequence[Placed]) -> None:
        self.painter, self.sheet, self.placed = painter, sheet, tuple(placed)
        self.height = max(each.rows for each in placed)

    def line(self, y: int) -> Line:
        assert self.painter.insets is not None
        return self.painter.insets.lines(self)[y]


def inset_rows(insets: Sequence[Inset], painter: Painter, sheet: Sheet) -> list[InsetRow]:
    """The pictures of a turn, as many beside each other as fit. None where this terminal shows none."""
    if not insets or painter.insets is None or not _shown():
        return []
    box = _NARROW_BOX if painter.room.narrow else _BOX if len(insets) == 1 else _BOX_OF_SEVERAL
    box = min(box[0], painter.inner), box[1]
    rows: list[list[Placed]] = []
    room = 0
    for inset in insets:
        columns, height = fitted((inset.width, inset.height), *box, display.in_use().cell)
        if not rows or columns > room:
            rows.append([])
            room = painter.inner
        rows[-1].append(Placed(inset, box, columns, height))
        room -= columns + _GAP
    return [InsetRow(painter, sheet, row) for row in rows]


def _shown() -> bool:
    return display.in_use().mode is not PictureMode.NONE and glyphs.in_use() is not glyphs.ASCII


class _Held:
    """A picture on its way, or there."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.work: asyncio.Task[None] | None = None
        self.way: Way | None = None
        self.trouble = ""

    def end(self) -> None:
        self.stop.set()
        if self.work is not None:
            self.work.cancel()
        if self.way is not None:
            self.way.end()


_Key = tuple[Placed, tuple[int, int, int], display.Display]


class Insets:
    """The pictures of one transcript."""

    def __init__(self, widget: Widget, on_change: Callable[[], None]) -> None:
        """
        Args:
            widget: The transcript.
            on_change: Called when lines of some are others now.
        """
        self._widget = widget
        self._on_change = on_change
        self._held: OrderedDict[_Key, _Held] = OrderedDict()
        self._lines: dict[tuple[str, tuple[Placed, ...]], list[Line]] = {}
        self._painter: Painter | None = None

    def lines(self, row: InsetRow) -> list[Line]:
        """The lines of some pictures, as they are now. What is missing is made."""
        if row.painter is not self._painter:
            self._painter = row.painter
            self._lines.clear()
        key = row.sheet.name, row.placed
        lines = self._lines.get(key)
        if lines is None:
            lines = self._lines[key] = self._drawn(row)
        return lines

    def close(self) -> None:
        """Nothing is shown any more."""
        for held in self._held.values():
            held.end()
        self._held.clear()
        self._lines.clear()

    # Drawing

    def _drawn(self, row: InsetRow) -> list[Line]:
        painter, sheet = row.painter, row.sheet
        fill = f"{sheet.fill}+text" if sheet.fill else "text"
        base = painter.inks[fill]
        held = [self._hold(placed, base) for placed in row.placed]
        lines = []
        for y in range(row.height):
            parts, links, cells = [painter.strips.edge(sheet)], list[Link](), MARGIN
            for placed, each in zip(row.placed, held, strict=True):
                if cells > MARGIN:
                    parts.append(Strip([Segment(" " * _GAP, base)], _GAP))
                    cells += _GAP
                parts.append(self._cells(placed, each, y, base))
                links.append(Link(cells, cells + placed.columns, placed.inset.path.as_uri()))
                cells += placed.columns
            parts.append(Strip([Segment(" " * max(0, painter.room.width - cells), base)]))
            strip = Strip.join(parts).adjust_cell_length(painter.room.width, base)
            lines.append(Line(strip, ornament=True, shows=tuple(links)))
        return lines

    def _cells(self, placed: Placed, held: _Held, y: int, base: Style) -> Strip:
        """One row of one picture."""
        from oxen_tui.widgets.picture.drawing import words_row
        from oxen_tui.widgets.tones import tones

        if held.trouble:
            words = f"{glyphs.glyph('failed')} {held.trouble}"
            return words_row(words, placed.columns, placed.rows, y, base, tones(self._widget.app))
        if held.way is None or not held.way.is_there or y >= held.way.made.rows:
            return Strip.blank(placed.columns, base)
        strip = Strip(held.way.row(y, base))
        if held.way.made.mode is PictureMode.HALF:
            for each in self._widget.get_line_filters():
                strip = strip.apply_filter(each, self._widget.background_colors[1])
        return strip.adjust_cell_length(placed.columns, base)

    # Making

    def _hold(self, placed: Placed, base: Style) -> _Held:
        ground = tuple(base.bgcolor.get_truecolor(None, foreground=False)) if base.bgcolor else (0, 0, 0)
        shown = display.in_use()
        if shown.mode is PictureMode.SIXEL:
            shown = dataclasses.replace(shown, mode=PictureMode.HALF)
        key: _Key = placed, (ground[0], ground[1], ground[2]), shown
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = _Held()
            held.work = asyncio.create_task(self._make(held, key), name="inset")
            while len(self._held) > _KEPT:
                _, oldest = self._held.popitem(last=False)
                oldest.end()
                self._lines.clear()
        else:
            self._held.move_to_end(key)
        return held

    async def _make(self, held: _Held, key: _Key) -> None:
        from textual._context import active_message_pump

        from oxen_tui.media.picture_source import CannotShow, Stopped
        from oxen_tui.widgets.picture.making import Order, make, stamped, threads
        from oxen_tui.widgets.picture.ways import way_of

        # The task begins while some other widget draws, and its messages would go there.
        active_message_pump.set(self._widget)
        placed, ground, shown = key
        order = Order(placed.inset.path, (0, 0), *placed.box, ground, shown)

        def work() -> Made:
            return make(stamped(order), held.stop.is_set)

        try:
            made = await asyncio.get_running_loop().run_in_executor(threads(), work)
        except CannotShow as error:
            held.trouble = error.sentence
        except Stopped:
            return
        else:
            held.way = way_of(made, self._widget.app, self._changed)
        finally:
            held.work = None
        self._changed()

    def _changed(self) -> None:
        self._lines.clear()
        self._on_change()
