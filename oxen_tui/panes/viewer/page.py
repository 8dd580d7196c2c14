"""What the viewer has on screen: a line about the file, the file, its request, and where in a clip one is."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from oxen_tui.panes.pane import Pane
from oxen_tui.widgets.gallery.facts import GalleryFacts
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.picture.player_line import PlayerLine
from oxen_tui.widgets.picture.video_strip import VideoStrip
from oxen_tui.widgets.picture.viewer_stage import ViewerStage

BESIDE = 80
"""Columns from which the request stands beside the picture, not in its place."""


class ViewerPage(Pane, can_focus=True):
    """Places the widgets and says which of them are seen. Asks nothing."""

    DEFAULT_CSS = """
    ViewerPage {
        height: 1fr;
        & > #viewer-body { height: 1fr; }
        & #viewer-middle { width: 1fr; }
        & GalleryFacts { display: none; width: 42; padding: 1 0 0 0; }
        &.-told GalleryFacts { display: block; }
        &.-wide GalleryFacts { width: 54; }
        &.-narrow.-told #viewer-middle { display: none; }
        &.-narrow GalleryFacts { width: 1fr; }
        & PlayerLine, & VideoStrip { display: none; }
        &.-clip PlayerLine { display: block; }
        &.-clip VideoStrip { display: block; margin: 1 0 0 0; }
        &.-clip.-low VideoStrip { display: none; }
    }
    """

    class Closed(Message):
        """The user has seen enough."""

        job_id: int
        """Of what was looked at last; below 0 for a file that is not in the gallery."""

    def __init__(self) -> None:
        super().__init__(id="viewer")

    def compose(self) -> ComposeResult:
        yield OneLine(id="viewer-head")
        with Horizontal(id="viewer-body"):
            with Vertical(id="viewer-middle"):
                yield ViewerStage()
                yield PlayerLine()
                yield VideoStrip()
            yield GalleryFacts(id="viewer-facts")

    def on_mount(self) -> None:
        self._head = self.query_one("#viewer-head", OneLine)
        self._stage = self.query_one(ViewerStage)
        self._line = self.query_one(PlayerLine)
        self._strip = self.query_one(VideoStrip)
        self._facts_page = self.query_one(GalleryFacts)
        # The keys are the viewer's: a click on what is read must not take them away.
        self._facts_page.can_focus = False

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size.width, event.size.height
        self.set_class(width < BESIDE, "-narrow")
        self.set_class(width >= 140, "-wide")
        self.set_class(height < 18, "-low")
        self._strip.set_class(height >= 36, "-tall")
