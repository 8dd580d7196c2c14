"""One job beside the list: how it stands, a small picture, and all that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from oxen_tui.widgets.jobs.page import JobPage
from oxen_tui.widgets.jobs.row import state_sign, state_tone
from oxen_tui.widgets.jobs.sheet import JobSheet
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.picture.picture import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

_SHAPE = 0.29
"""Rows of the picture for each of its cells."""
_LEAST_ROWS, _MOST_PART = 4, 0.36
"""The picture takes no more of the height than this."""


class JobDetail(Vertical):
    """Shows one sheet, under a picture where there is one."""

    DEFAULT_CSS = """
    JobDetail {
        background: $panel;
        & > OneLine { margin: 1 0; background: $panel; }
        & > Picture {
            display: none; padding: 0 2; margin: 0 0 1 0; height: 12; background: $panel; content-align: center top;
        }
        & > #job-caption { display: none; margin: 0 0 1 0; }
        &.-pictured > Picture { display: block; }
        &.-pictured.-captioned > #job-caption { display: block; }
        &.-pictured.-low > Picture, &.-pictured.-low > #job-caption { display: none; }
    }
    JobDetail.-low > OneLine { margin: 0; }
    """

    def compose(self) -> ComposeResult:
        yield OneLine(id="job-state")
        yield Picture(id="job-picture")
        yield OneLine(id="job-caption")
        yield JobPage(id="job-page")

    def on_mount(self) -> None:
        self._head = self.query_one("#job-state", OneLine)
        self._caption = self.query_one("#job-caption", OneLine)
        self._picture = self.query_one(Picture)
        self._page = self.query_one(JobPage)

    def show(self, sheet: JobSheet | None) -> None:
        """Show this job; its picture comes by `show_picture`."""
        self._page.show(sheet)
        if sheet is None:
            self._head.say([])
            return
        word = sheet.word or sheet.state.value
        left = [("  ", "text"), (f"{state_sign(sheet.state)} {word}", state_tone(sheet.state))]
        self._head.say(left, [(sheet.when, "faint"), ("  ", "text")])
        self.set_class(bool(sheet.caption), "-captioned")
        self._caption.say([("  ", "text"), (sheet.caption, "faint")])

    def show_picture(self, path: Path | None = None, *, frame: Image | None = None) -> None:
        """Show a picture of the disk, or pixels that are there already, or none."""
        self.set_class(path is not None or frame is not None, "-pictured")
        self._picture.show(path, frame=frame)

    def toggle(self, part: str) -> None:
        """Open or close a part of the page: `request`, `events`."""
        self._page.toggle(part)

    def focus(self, scroll_visible: bool = True) -> JobDetail:
        self._page.focus(scroll_visible)
        return self

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size.width - 4, event.size.height
        self.set_class(height < 24, "-low")
        self._picture.styles.height = max(_LEAST_ROWS, min(round(width * _SHAPE), round(height * _MOST_PART)))
