"""One result beside the grid: its picture, what is known of it, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from oxen_tui.widgets.gallery.facts import GalleryFacts, ResultFacts
from oxen_tui.widgets.gallery.kin import KinList, KinRow
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.picture.picture import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

_SHAPE = 0.36
"""Rows of the picture for each of its cells: three to two, as most are."""
_LEAST_ROWS, _MOST_PART = 4, 0.42
"""The picture takes no more of the height than this."""
_KIN_PART = 0.18
"""Of the height, kept for the tree also where there is none: the facts would move with every step in the grid, and
each change of the layout costs as much as drawing the grid."""
_LEAST_KIN = 3
_FACTS = 7
"""Rows of five facts and a prompt: they go before a larger picture and a longer tree."""
_OTHER_ROWS = 7
"""The name, the title of the tree, and what is left free around all of them."""
_BESIDE = 51
"""Cells from which picture and facts stand side by side."""


@dataclass(frozen=True, slots=True)
class ResultDetail:
    """All that stands there, but for the picture."""

    name: str = ""
    place: str = ""
    """`4 of 148`."""
    facts: ResultFacts = field(default_factory=ResultFacts)
    kin: Sequence[KinRow] = ()
    """Empty where it has none."""


class GalleryDetail(Vertical):
    """Shows one result. Its tree says `RowList.Chosen` when one of the family is to be gone to."""

    DEFAULT_CSS = """
    GalleryDetail {
        background: $panel;
        & > OneLine { margin: 1 0 0 0; padding: 0; background: $panel; }
        & > #gallery-body { height: 1fr; background: $panel; }
        & Picture { margin: 1 2; height: 13; background: $panel; }
        & GalleryFacts { height: 1fr; min-height: 3; }
        & > KinList { margin: 0 0 1 0; }
    }
    GalleryDetail.-low > OneLine { margin: 0; }
    GalleryDetail.-low Picture { margin: 0 2; }
    GalleryDetail.-beside {
        & > #gallery-body { layout: horizontal; }
        & Picture { width: 1fr; margin: 1 0 1 2; }
        & GalleryFacts { width: 1fr; margin: 1 0; }
    }
    GalleryDetail.-low > KinList { margin: 0; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._shown = ResultDetail()

    def compose(self) -> ComposeResult:
        yield OneLine(id="gallery-name")
        with Vertical(id="gallery-body"):
            yield Picture(id="gallery-picture")
            yield GalleryFacts(id="gallery-facts")
        yield OneLine(id="gallery-kin-title")
        yield KinList(empty=("", ""), id="gallery-kin")

    # What is shown

    def show(self, detail: ResultDetail) -> None:
        """Show this result; its picture comes by `show_picture`."""
        if detail == self._shown:
            return
        had_kin, self._shown = self.has_kin, detail
        place = [(detail.place, "faint"), ("  ", "text")]
        self.query_one("#gallery-name", OneLine).say([("  ", "text"), (detail.name, "bold")], place)
        self.query_one(GalleryFacts).show(detail.facts)
        self.query_one(KinList).show_family(detail.kin)
        if had_kin is not self.has_kin:
            self.query_one("#gallery-kin-title", OneLine).say([("  Made from", "title")] if detail.kin else [])

    def show_picture(self, path: Path | None = None, *, frame: Image | None = None, empty: str = "") -> None:
        """Show a picture of the disk, or pixels that are there already, or a few words."""
        picture = self.query_one(Picture)
        picture.empty = empty
        picture.show(path, frame=frame)
        picture.refresh()  # other words in the place of no picture

    @property
    def has_kin(self) -> bool:
        return bool(self._shown.kin)

    def focus_kin(self) -> None:
        """Give the keys to the tree."""
        self.query_one(KinList).focus(scroll_visible=False)

    def focus(self, scroll_visible: bool = True) -> GalleryDetail:
        self.query_one(GalleryFacts).focus(scroll_visible)
        return self

    def on_resize(self, event: events.Resize) -> None:
        self.fit(event.size.width, event.size.height)

    def fit(self, width: int, height: int) -> None:
        """Divide so many cells between picture, facts and tree; costs nothing where they are divided so."""
        width -= 4
        self.set_class(height < 26, "-low")
        beside = width >= _BESIDE
        self.set_class(beside, "-beside")
        rows = max(_LEAST_ROWS, min(round(width * _SHAPE), round(height * _MOST_PART)))
        kin = max(_LEAST_KIN, round(height * _KIN_PART))
        if not beside:
            kin = max(_LEAST_KIN, min(kin, height - rows - _FACTS - _OTHER_ROWS))
            rows = max(_LEAST_ROWS, min(rows, height - kin - _FACTS - _OTHER_ROWS))
        self.query_one(Picture).styles.height = "1fr" if beside else rows
        self.query_one(KinList).styles.height = kin
