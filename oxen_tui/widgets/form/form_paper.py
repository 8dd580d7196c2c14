"""What the rows of a form are drawn on: the ground, a column of labels, a column of fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App
from textual.strip import Strip

from oxen_tui.widgets import palette
from oxen_tui.widgets.glyphs import ASCII, Glyphs, in_use
from oxen_tui.widgets.lines.inks import Inks, theme_styles
from oxen_tui.widgets.lines.line import MARGIN, Piece
from oxen_tui.widgets.lines.paper import clipped

_LABELS, _MOST_LABELS, _FEWEST_LABELS = 18, 24, 12
"""Cells of the column of labels: as the looks have it, for long names, and on a narrow page."""

_LEAST_FIELD = 26
"""Cells of a field before labels give way."""

_by_theme: dict[str, Inks] = {}


def ground_inks(app: App[Any]) -> Inks:
    """The inks on the bare ground."""
    inks = _by_theme.get(app.theme)
    if inks is None:
        inks = _by_theme[app.theme] = Inks(theme_styles(palette.with_tokens(app.theme_variables)))
    return inks


@dataclass(frozen=True, slots=True)
class FormPaper:
    """The width, the columns, and how much room there is."""

    width: int
    inks: Inks
    glyphs: Glyphs
    labels: int
    """Cells of the column of labels."""
    compact: bool
    """Whether there are no blank lines between fields."""
    most_lines: int
    """Of a text that is not being edited."""
    brackets: bool
    """Whether what is chosen wears brackets, because its surface cannot be seen."""

    @classmethod
    def of(cls, app: App[Any], width: int, height: int, longest_label: int) -> FormPaper:
        """The paper for the theme and the room as they are now."""
        labels = max(_LABELS, min(longest_label + 2, _MOST_LABELS))
        labels = max(_FEWEST_LABELS, min(labels, width - 2 * MARGIN - _LEAST_FIELD))
        brackets = app.current_theme.ansi or in_use() is ASCII
        return cls(width, ground_inks(app), in_use(), labels, height < 18, max(3, height // 2), brackets)

    @property
    def field_at(self) -> int:
        """The first cell of the fields."""
        return MARGIN + self.labels

    @property
    def field_width(self) -> int:
        """Cells of a field as wide as there are."""
        return max(8, self.width - self.field_at - MARGIN)

    def strip(self, pieces: Sequence[Piece], bar: str = "") -> Strip:
        """A line from the first cell on, which holds the bar if there is one."""
        text = self.inks["text"]
        segments = [Segment(self.glyphs.bar if bar else " ", self.inks[bar or "text"])]
        segments += [Segment(piece.text, self.inks[piece.ink]) for piece in self.fitting(pieces)]
        return Strip(segments).adjust_cell_length(self.width, text)

    def fitting(self, pieces: Sequence[Piece]) -> list[Piece]:
        """As much of a line as there is room for behind the bar."""
        return clipped(pieces, self.width - 1, self.glyphs.ellipsis)


def target_at(pieces: Sequence[Piece], cell: int) -> str:
    """What a click on this cell of a line means: see `Piece.href`."""
    at = 1
    for piece in pieces:
        at += cell_len(piece.text)
        if cell < at:
            return piece.href
    return ""
