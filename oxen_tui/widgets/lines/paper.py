"""Lines of pieces drawn to strips on the surface of a panel: what the pages of the model browser are written on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.app import App
from textual.strip import Strip

from oxen_tui.widgets import palette
from oxen_tui.widgets.glyphs import Glyphs, in_use
from oxen_tui.widgets.lines.inks import Inks, theme_styles
from oxen_tui.widgets.lines.line import MARGIN, Piece

_by_theme: dict[str, Inks] = {}


def panel_inks(app: App[Any]) -> Inks:
    """The inks of the transcript, laid on a panel: what is a panel there is a field here."""
    inks = _by_theme.get(app.theme)
    if inks is None:
        variables = palette.with_tokens(app.theme_variables)
        inks = Inks(theme_styles({**variables, "bg": variables["panel"], "panel": variables["field"]}))
        _by_theme[app.theme] = inks
    return inks


def cells_of(pieces: Sequence[Piece]) -> int:
    """Cells that some pieces take together."""
    return sum([cell_len(piece.text) for piece in pieces])


def _ended(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Without the blanks at the end, which a broken line keeps and which would be taken for too much text."""
    if not pieces or not pieces[-1].text.endswith(" ") or pieces[-1].ink.startswith("field"):
        return pieces  # a chip keeps its room
    last = pieces[-1]
    return [*pieces[:-1], Piece(last.text.rstrip(" "), last.ink)]


def clipped(pieces: Sequence[Piece], cells: int, ellipsis: str) -> list[Piece]:
    """The pieces, shortened with an ellipsis where they are longer than so many cells."""
    if cells_of(pieces) <= cells:
        return list(pieces)
    room = cells - cell_len(ellipsis)
    kept: list[Piece] = []
    for piece in pieces:
        size = cell_len(piece.text)
        if size > room:
            if room >= 0:
                kept.append(Piece(set_cell_size(piece.text, room).rstrip() + ellipsis, piece.ink))
            break
        kept.append(piece)
        room -= size
    return kept


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line: what stands at its left end and at its right end."""

    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    rule: bool = False
    """Nothing but a rule."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The width, colours and signs that lines are drawn with."""

    width: int
    """Cells, both margins included."""
    inks: Inks
    glyphs: Glyphs

    @classmethod
    def of(cls, app: App[Any], width: int) -> Paper:
        """The paper for the theme and the signs in use."""
        return cls(width, panel_inks(app), in_use())

    @property
    def inner(self) -> int:
        """Cells between the margins."""
        return max(1, self.width - 2 * MARGIN)

    def row(
        self,
        left: Sequence[Piece],
        right: Sequence[Piece] = (),
        *,
        ground: str = "",
        bar: str = "",
        margin: int = MARGIN,
    ) -> Strip:
        """One line; the right end stays whole as far as there is room, the left one is shortened.

        Args:
            ground: Ink of the surface, where it is not the panel: `field` under the cursor.
            bar: Ink of the bar in the first cell, if there is to be one.
            margin: Cells before the left end.
        """
        under = f"{ground}+" if ground else ""
        base = self.inks[f"{under}text"]
        right = clipped(right, self.inner, self.glyphs.ellipsis)
        taken = cells_of(right) + (2 if right else 0)
        left = clipped(_ended(left), max(0, self.width - margin - MARGIN - taken), self.glyphs.ellipsis)
        segments = [Segment(self.glyphs.bar, self.inks[f"{under}{bar}"])] if bar else []
        segments.append(Segment(" " * (margin - len(segments)), base))
        segments += [Segment(piece.text, self.inks[under + piece.ink]) for piece in left]
        if right:
            gap = self.width - margin - cells_of(left) - cells_of(right) - MARGIN
            segments.append(Segment(" " * max(0, gap), base))
            segments += [Segment(piece.text, self.inks[under + piece.ink]) for piece in right]
        return Strip(segments).adjust_cell_length(self.width, base)

    def line(self, line: PageLine) -> Strip:
        """One line of a page."""
        if line.rule:
            return self.row([Piece(self.glyphs.rule * self.inner, "line")])
        return self.row(line.left, line.right)

    @property
    def blank(self) -> Strip:
        """An empty line."""
        return self.row(())
