"""The ways a picture gets to the screen: half cells, placeholders of the graphics protocol, Sixel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.app import App

from oxen_tui.terminal import tgp
from oxen_tui.terminal.display import PictureMode
from oxen_tui.widgets.picture.drawing import half_cell_row
from oxen_tui.widgets.picture.making import Made
from oxen_tui.widgets.picture.terminal import terminal_of

if TYPE_CHECKING:
    from PIL.Image import Image


class Way(Protocol):
    """One picture at one size, on its way to the screen or there."""

    made: Made

    @property
    def is_there(self) -> bool:
        """Whether its rows can be drawn."""
        ...

    def row(self, row: int, base: Style) -> list[Segment]:
        """The cells of one row of the picture."""
        ...

    def end(self) -> None:
        """It is not drawn any more."""
        ...


def way_of(made: Made, app: App[Any], on_there: Callable[[], None]) -> Way:
    """The way in which something that was made is drawn.

    Args:
        made: What to draw.
        app: Whose terminal it is for.
        on_there: Called when its rows can be drawn, unless they can at once.
    """
    if made.mode is PictureMode.TGP:
        return Placeholders(made, app, on_there)
    return Dots(made) if made.mode is PictureMode.SIXEL else HalfCells(made)


class HalfCells:
    """Two pixels in each cell, drawn as text."""

    def __init__(self, made: Made) -> None:
        self.made = made

    @property
    def is_there(self) -> bool:
        return True

    def row(self, row: int, base: Style) -> list[Segment]:
        return half_cell_row(self.made.pixels, self.made.columns, row, base)

    def end(self) -> None:
        """Nothing is left behind."""


class Placeholders:
    """Characters that stand for a picture which the terminal holds; they can be cut and scrolled like text."""

    def __init__(self, made: Made, app: App[Any], on_there: Callable[[], None]) -> None:
        self.made = made
        self._pictures = terminal_of(app).pictures
        self._on_there = on_there
        self._held = self._pictures.take(made.key, made.payload, made.columns, made.rows, on_there)

    @property
    def is_there(self) -> bool:
        if self._held.is_lost:
            made = self.made
            self._held = self._pictures.take(made.key, made.payload, made.columns, made.rows, self._on_there)
        return self._held.is_there

    def row(self, row: int, base: Style) -> list[Segment]:
        if not self.is_there:
            return [Segment(" " * self.made.columns, base)]
        number = Color.from_rgb(*tgp.colour_of(self._held.number))
        return [Segment(tgp.placeholders(row, self.made.columns), Style.from_color(number, base.bgcolor))]

    def end(self) -> None:
        self._pictures.give_back(self._held, self._on_there)


class Dots:
    """A picture that is painted over blank cells once those are written (`sixel_painting`)."""

    def __init__(self, made: Made) -> None:
        self.made = made

    @property
    def is_there(self) -> bool:
        return True

    @property
    def picture(self) -> Image:
        """The dots of the screen."""
        assert self.made.picture is not None
        return self.made.picture

    def row(self, row: int, base: Style) -> list[Segment]:
        return [Segment(" " * self.made.columns, base)]

    def end(self) -> None:
        """Whatever is written over its cells takes the dots away."""
