"""A job as lines: three beside a small picture, or two where the terminal is narrow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from oxen_tui.widgets.glyphs import ASCII, glyph, in_use
from oxen_tui.widgets.jobs.bar import bar
from oxen_tui.widgets.jobs.row import Fold, JobRow, SmallPicture, kind_sign, state_sign, state_tone
from oxen_tui.widgets.one_line import Span, cut, cut_middle, span_cells
from oxen_tui.widgets.picture.drawing import half_cell_row

_STATE = 11
"""Cells of a sign and the longest word, `– cancelled`."""
_TIME, _PRICE = 5, 7
"""Cells of the columns at the right; what is longer takes more."""
_BAR = 24
_LEAST_BAR = 6
_EDGE = 2
TILE_ROWS = 3
"""Of the small picture."""
_GAP = 2


@dataclass(frozen=True, slots=True)
class JobLayout:
    """Which columns there are, in cells, and how many lines a job takes."""

    width: int
    tile: int
    """Cells of the small picture; 0 is none."""
    rows: int
    """Lines of a job: 3 or 2."""
    between: int
    """Blank lines between jobs."""

    @property
    def pitch(self) -> int:
        """Lines from one job to the next."""
        return self.rows + self.between

    @property
    def state_at(self) -> int:
        return _EDGE + (self.tile + _GAP if self.tile else 0)

    @property
    def text_at(self) -> int:
        return self.state_at + _STATE + _GAP


def layout_for(width: int, *, narrow: bool, low: bool) -> JobLayout:
    """What fits.

    Args:
        width: Cells of the list.
        narrow: Whether the terminal has fewer than 80 columns.
        low: Whether it has so few rows that none may be blank.
    """
    if narrow:
        return JobLayout(width, 0, 2, 0)
    return JobLayout(width, 8 if width >= 68 else 6, 3, 0 if low else 1)


def head(layout: JobLayout) -> tuple[list[Span], list[Span]]:
    """The titles of the columns."""
    left = " " * layout.state_at + "State".ljust(_STATE + _GAP) + "Model and prompt"
    right = "Price".rjust(_PRICE)
    return [(left, "faint")], [(right if layout.rows == 2 else f"{'Time':>{_TIME}}  {right}", "faint")]


RowsOf = Callable[[SmallPicture, Style], list[list[Segment]] | None]
"""The three rows of a picture on its ground; None until the terminal has it."""


class JobInk:
    """Styles for one row: those of the theme on the ground of the list, or on that of the row under the cursor."""

    def __init__(
        self, base: Style, tones: Mapping[str, Style], *, here: bool, focus: bool, rows_of: RowsOf | None = None
    ) -> None:
        """
        Args:
            base: Of the list.
            tones: See `widgets.tones`.
            here: Whether the cursor is on this row.
            focus: Whether keys go to the list.
            rows_of: What is drawn of a picture that the terminal holds.
        """
        self.rows_of = rows_of
        self.base = base + tones["cursor"] if here else base
        self.tones = tones
        self.here = here
        self.bar = "accent" if focus else "line"

    def segment(self, text: str, tone: str) -> Segment:
        return Segment(text, self.base + self.tones[tone])


def job_line(row: JobRow, number: int, layout: JobLayout, ink: JobInk) -> Strip:
    """One line of a row; `number` counts from 0."""
    segments = [_edge(row, number, ink)]
    if layout.tile:
        segments += [*_tile(row, number, layout, ink), Segment(" " * _GAP, ink.base)]
    left, right = _narrow_line(row, number, layout, ink) if layout.rows == 2 else _line(row, number, layout, ink)
    room = layout.width - layout.state_at - _EDGE - (span_cells(right) + 1 if right else 0)
    left = cut(left, max(0, room))
    segments += [ink.segment(text, tone) for text, tone in left]
    gap = layout.width - layout.state_at - _EDGE - span_cells(left) - span_cells(right)
    segments.append(Segment(" " * max(0, gap), ink.base))
    segments += [ink.segment(text, tone) for text, tone in right]
    return Strip(segments).adjust_cell_length(layout.width, ink.base)


def _edge(row: JobRow, number: int, ink: JobInk) -> Segment:
    """The bar of the cursor, and the mark."""
    marked = glyph("marked") if row.marked and not number else " "
    if ink.here:
        return ink.segment(glyph("bar") + marked, ink.bar)
    return ink.segment(" " + marked, "accent")


def _line(row: JobRow, number: int, layout: JobLayout, ink: JobInk) -> tuple[list[Span], list[Span]]:
    if number == 0:
        right: list[Span] = [
            (row.time.rjust(_TIME), "text" if row.state.is_active else "faint"),
            ("  ", "faint"),
            (row.price.rjust(_PRICE), row.price_tone),
        ]
        room = layout.width - layout.text_at - _EDGE - span_cells(right) - _GAP
        return [*_state(row, ink), *_name(row, room, ink)], right
    blanks: Span = (" " * (_STATE + _GAP), "text")
    if number == 1:
        return [blanks, (row.prompt, "text" if ink.here else "muted")], []
    return [blanks, *_note(row, layout.width - layout.text_at - _EDGE)], []


def _narrow_line(row: JobRow, number: int, layout: JobLayout, ink: JobInk) -> tuple[list[Span], list[Span]]:
    """Two lines: the note stands at the end of the prompt's and is more than the prompt where it is an error."""
    if number == 0:
        right: list[Span] = [(row.price.rjust(_PRICE), row.price_tone)]
        room = layout.width - layout.text_at - _EDGE - span_cells(right) - _GAP
        return [*_state(row, ink), *_name(row, room, ink)], right
    blanks: Span = (" " * (_STATE + _GAP), "text")
    room = layout.width - layout.text_at - _EDGE
    if row.note and row.note_tone in ("err", "warn"):
        return [blanks, *_said(row, room)], []
    if not row.note or row.share is None or cell_len(row.note) > room // 2:
        return [blanks, (row.prompt, "muted")], []
    return [blanks, (row.prompt, "muted")], [(row.note, row.note_tone)]


def _state(row: JobRow, ink: JobInk) -> list[Span]:
    tone = state_tone(row.state)
    if ink.here and tone == "accent":
        tone = "accent-bold"
    return [(set_cell_size(f"{state_sign(row.state)} {row.state.value}", _STATE + _GAP), tone)]


def _name(row: JobRow, cells: int, ink: JobInk) -> list[Span]:
    """The model, with how many there are of it; what is over is told from what goes on by its weight."""
    weight = "bold" if row.state.is_active or ink.here else "text"
    before = {Fold.OPEN: glyph("opened") + " ", Fold.CLOSED: glyph("folded") + " ", Fold.MEMBER: "  "}
    sign = before.get(row.fold, "")
    part = f" {row.part}" if row.part else ""
    name = cut_middle(row.model, max(4, cells - cell_len(sign) - cell_len(part)))
    spans: list[Span] = [(sign, "faint"), (name, weight), (part, weight)]
    return [span for span in spans if span[0]]


def _note(row: JobRow, cells: int) -> list[Span]:
    if row.share is None:
        return _said(row, cells)
    room = min(_BAR, cells - cell_len(row.note) - _GAP) if row.note else min(_BAR, cells)
    if room < _LEAST_BAR:
        return [(row.note, row.note_tone)]
    return [*bar(row.share, room, row.bar_tone), (" " * _GAP, "text"), (row.note, row.note_tone)]


def _said(row: JobRow, cells: int) -> list[Span]:
    aside = f" {glyph('dot')} {row.aside}" if row.aside and row.note else row.aside
    return [*cut([(row.note, row.note_tone)], max(0, cells - cell_len(aside))), (aside, row.note_tone)]


def _tile(row: JobRow, number: int, layout: JobLayout, ink: JobInk) -> list[Segment]:
    """The small picture; where there is none, a surface with the sign of what is made.

    Without blank lines between jobs the surfaces would run together: there the sign stands alone.
    """
    cells, ground = layout.tile, ink.tones["tile"]
    if row.picture is not None and row.picture.dots is not None and ink.rows_of is not None:
        rows = ink.rows_of(row.picture, ground)
        return rows[number] if rows else [Segment(" " * cells, ground)]
    if row.picture is not None and row.picture.pixels and in_use() is not ASCII:
        drawn = half_cell_row(row.picture.pixels, row.picture.columns, number, ground)
        before = max(0, cells - row.picture.columns) // 2
        after = max(0, cells - row.picture.columns - before)
        return [Segment(" " * before, ground), *drawn, Segment(" " * after, ground)]
    sign = ""
    if number == 1:
        sign = kind_sign(row.kind) + (str(row.number) if row.number > 1 else "")
    bare = ink.base + ink.tones["faint"]
    return [Segment(sign.center(cells), ground if layout.between else bare)]
