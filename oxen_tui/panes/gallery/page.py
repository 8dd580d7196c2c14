"""What the gallery has on screen: filter, grid and a line under it; beside them the result in the box.

From 100 columns grid and detail stand side by side; below that one of them has the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from oxen_tui.panes.sided import NARROW_DETAIL, SIDED, WIDE, WIDE_DETAIL, SidedPane
from oxen_tui.widgets.gallery.detail import GalleryDetail
from oxen_tui.widgets.gallery.filter import GalleryFilter
from oxen_tui.widgets.gallery.grid import GalleryGrid
from oxen_tui.widgets.gallery.kin import KinList
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine

if TYPE_CHECKING:
    from oxen_tui.panes.gallery.choices import InputChoice

_AROUND = 2
"""Rows of header and footer."""

EMPTY = ("No pictures or clips yet", "3 opens Create")


class GalleryPage(SidedPane):
    """Places the widgets and says which of them are seen. Asks nothing."""

    DEFAULT_CSS = """
    GalleryPage {
        & #gallery-foot { margin: 0 0 1 0; }
        &.-low #gallery-foot { margin: 0; }
    }
    """

    DETAILS = frozenset(("gallery-detail",))

    class ViewWanted(Message):
        """Results are to be seen on the full screen, one after the other."""

        job_ids: tuple[int, ...]
        index: int
        """Of the one to begin with."""
        play: bool = False
        """Whether a clip is to play at once."""

    class InputWanted(Message):
        """A model is to be chosen that takes a result; the answer goes to `GalleryPane.use_with`."""

        job_id: int
        choices: tuple[InputChoice, ...]

    def __init__(self) -> None:
        super().__init__(id="gallery")

    def compose(self) -> ComposeResult:
        with Vertical(id="gallery-side", classes="listing"):
            yield GalleryFilter(id="gallery-filter")
            yield GalleryGrid(empty=("Reading what there is", ""), id="gallery-grid")
            yield OneLine(id="gallery-foot")
        yield GalleryDetail(id="gallery-detail", classes="detail")

    def on_mount(self) -> None:
        self._filter = self.query_one(GalleryFilter)
        self._grid = self.query_one(GalleryGrid)
        self._foot = self.query_one("#gallery-foot", OneLine)
        self._detail = self.query_one(GalleryDetail)
        self._kin = self.query_one(KinList)
        # Before the first layout, as far as it can be known: each layout costs a frame.
        self.fit(self.app.size.width, self.app.size.height - _AROUND)

    def on_resize(self, event: events.Resize) -> None:
        self.fit(event.size.width, event.size.height)
        self.refresh_bindings()

    def fit(self, width: int, height: int) -> None:
        super().fit(width, height)
        self._filter.set_class(width < 80, "-slim")
        beside = WIDE_DETAIL if width >= WIDE else NARROW_DETAIL
        self._detail.fit(beside if width >= SIDED else width, height)

    def focus(self, scroll_visible: bool = True) -> GalleryPage:
        """Give the keys to what is in view."""
        (self._detail if self.alone and self.is_open else self._grid).focus(scroll_visible)
        return self
