"""Where pictures are looked at: one as large as there is room, or two or four side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from oxen_tui.terminal import display
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine, Span
from oxen_tui.widgets.picture.picture import Picture
from oxen_tui.widgets.picture.viewer_geometry import Room, Size

if TYPE_CHECKING:
    from PIL.Image import Image

MOST: Final = 4


class ViewerCell(Vertical):
    """One picture, and its name where it does not stand alone."""

    DEFAULT_CSS = """
    ViewerCell {
        align: center middle;
        & > Picture { content-align: center middle; width: 1fr; height: 1fr; }
        &.-words > Picture { padding: 1 2; content-align: left top; }
        & > OneLine { display: none; dock: bottom; }
    }
    """

    def compose(self) -> ComposeResult:
        yield Picture()
        yield OneLine()

    @property
    def picture(self) -> Picture:
        return self.query_one(Picture)

    @property
    def room(self) -> Room:
        """As far as the picture may reach."""
        size = self.size
        captions = 1 if self.query_one(OneLine).display else 0
        return Room.of(max(1, size.width), max(1, size.height - captions), display.in_use())

    def show_words(self, words: str) -> None:
        """Show these in the place of a picture."""
        self._narrow(None)
        self.add_class("-words")
        self.picture.empty = words
        self.picture.show(None)
        self.picture.refresh()

    def show_whole(self, path: Path | None, smaller: Size | None = None) -> None:
        """Show all of it, as large as there is room or in so many pixels of the screen."""
        self.remove_class("-words")
        self._narrow(smaller)
        self.picture.show(path)

    def show_part(self, path: Path, part: Image, smaller: Size | None = None) -> None:
        """Show a part of it, or a frame, as large as there is room or in so many pixels of the screen; what is seen
        stays until the terminal has that."""
        self.remove_class("-words")
        self._narrow(smaller)
        self.picture.show(path, frame=part, fills=True)

    def _narrow(self, smaller: Size | None) -> None:
        cell, styles = display.in_use().cell, self.picture.styles
        # A size of its own in cells, rather than a ground that the picture brings along.
        width = "1fr" if smaller is None else max(1, round(smaller[0] / cell[0]))
        height = "1fr" if smaller is None else max(1, round(smaller[1] / cell[1]))
        if (str(styles.width), str(styles.height)) != (str(width), str(height)):
            styles.width, styles.height = width, height


class ViewerStage(Widget):
    """Holds the cells. A cell that is clicked on says so."""

    DEFAULT_CSS = """
    ViewerStage {
        width: 1fr; height: 1fr; layout: grid; grid-size: 1; grid-gutter: 0 1;
        & > ViewerCell { display: none; }
        &.-two { grid-size: 2; }
        &.-two.-upright { grid-size: 1; }
        &.-four { grid-size: 2; grid-gutter: 0 1; }
        &.-two OneLine, &.-four OneLine { display: block; }
    }
    """

    class Chosen(Message):
        """A picture was clicked on.

        Attributes:
            place: Of its cell, from 0.
        """

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    class Resized(Message):
        """There is another room for pictures."""

    def compose(self) -> ComposeResult:
        for _ in range(MOST):
            yield ViewerCell()

    def on_mount(self) -> None:
        self.cells = list(self.query(ViewerCell))
        self.cells[0].display = True
        self.count = 1

    def divide(self, count: int) -> None:
        """Have so many cells."""
        if count == self.count:
            return
        self.count = count
        self.set_class(count == 2, "-two")
        self.set_class(count > 2, "-four")
        for number, cell in enumerate(self.cells):
            cell.display = number < count
            if number >= count:
                cell.show_whole(None)

    def name_them(self, names: Sequence[str], here: int) -> None:
        """Say what they are; the keys act on one of them."""
        for number, (cell, name) in enumerate(zip(self.cells, names, strict=False)):
            bar: Span = (glyph("bar"), "accent") if number == here else (" ", "text")
            cell.query_one(OneLine).say([bar, (f" {name}", "bold" if number == here else "faint")])

    def on_resize(self, event: events.Resize) -> None:
        # Two pictures stand above each other where that leaves more of them.
        self.set_class(event.size.width < 2.4 * event.size.height, "-upright")
        # Both columns are as wide: what has one size is to be shown at one size.
        self.styles.grid_gutter_vertical = 1 if event.size.width % 2 else 2
        self.post_message(self.Resized())

    def on_click(self, event: events.Click) -> None:
        for number, cell in enumerate(self.cells[: self.count]):
            if cell.region.contains_point(event.screen_offset):
                self.post_message(self.Chosen(number))
