"""Frames of a clip side by side, from beginning to end, with their times; the one where one is wears the bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.picture.picture import Picture
from oxen_tui.widgets.picture.player_line import tenths
from oxen_tui.widgets.tones import tones
from oxen_tui.widgets.wording import running_time

if TYPE_CHECKING:
    from PIL.Image import Image

MOST: Final = 10
"""Frames."""
_TILE: Final = 13
"""Cells of one at the least, with the gap behind it."""
_GAP: Final = 1
MARGIN: Final = 2


class VideoStrip(Vertical):
    """Shows the frames that it is handed, one by one; says which was clicked on."""

    DEFAULT_CSS = """
    VideoStrip {
        height: 4;
        & > Horizontal { height: 1fr; padding: 0 0 0 2; }
        & Picture { margin: 0 1 0 0; content-align: left top; }
        & > StripTimes { height: 1; }
        &.-tall { height: 5; }
    }
    """

    class Sought(Message):
        """A frame was clicked on."""

        second: float
        """Of the clip."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._seconds: list[float] = []
        self._here = -1

    def compose(self) -> ComposeResult:
        with Horizontal():
            for _ in range(MOST):
                yield Picture()
        yield StripTimes()

    def on_mount(self) -> None:
        self._pictures = list(self.query(Picture))
        self._times = self.query_one(StripTimes)

    @property
    def count(self) -> int:
        """Frames that there is room for."""
        return max(2, min(MOST, (self.size.width - MARGIN) // _TILE))

    @property
    def tile(self) -> int:
        """Cells of one frame, with the gap behind it."""
        return max(4, (self.size.width - MARGIN) // self.count)

    def clear(self) -> None:
        """Take the frames away: others will come."""
        self._seconds, self._here = [], -1
        for number, picture in enumerate(self._pictures):
            picture.show(None)
            picture.display = number < self.count
            picture.styles.width = self.tile - _GAP
        self._times.show([], -1, self.tile)

    def put(self, second: float, frame: Image) -> None:
        """The next frame from the left."""
        if len(self._seconds) < self.count:
            self._pictures[len(self._seconds)].show(None, frame=frame)
            self._seconds.append(second)
            self._times.show(self._seconds, self._here, self.tile)

    def stand_at(self, second: float) -> None:
        """One is at this second of the clip."""
        here = max((number for number, each in enumerate(self._seconds) if each <= second + 0.001), default=-1)
        if here != self._here:
            self._here = here
            self._times.show(self._seconds, here, self.tile)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        offset = event.screen_offset - self.region.offset
        number = (offset.x - MARGIN) // self.tile
        if 0 <= number < len(self._seconds):
            self.post_message(self.Sought(self._seconds[number]))


class StripTimes(Widget):
    """The times under the frames."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[float, ...], int, int] = ((), -1, _TILE)

    def show(self, seconds: Sequence[float], here: int, tile: int) -> None:
        """Show these; costs nothing where they are what is shown."""
        if (shown := (tuple(seconds), here, tile)) != self._shown:
            self._shown = shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        seconds, here, tile = self._shown
        base, style = self.rich_style, tones(self.app)
        # Whole seconds are told apart where frames lie that far from each other.
        say = running_time if len(seconds) < 2 or seconds[1] - seconds[0] >= 1 else tenths
        segments = [Segment(" " * (MARGIN - 1), base)]
        for number, second in enumerate(seconds):
            bar = Segment(glyph("bar"), base + style["accent"]) if number == here else Segment(" ", base)
            tone = "text" if number == here else "faint"
            segments += [bar, Segment(f"{say(second):<{tile - 1}}", base + style[tone])]
        return Strip(segments).adjust_cell_length(self.size.width, base)
