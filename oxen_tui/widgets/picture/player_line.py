"""Where in a clip one is: `0:02.2 ━━━━●──── 0:05`."""

from __future__ import annotations

from typing import Final

from textual import events

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine, Span, span_cells
from oxen_tui.widgets.wording import running_time

_LEAST_BAR: Final = 6


def tenths(second: float) -> str:
    """`0:02.2`: a column's time with a tenth of a second, cut, not rounded."""
    whole = int(second * 10 + 1e-6)
    return f"{running_time(whole // 10)}.{whole % 10}"


class PlayerLine(OneLine):
    """Shows the place, and takes a click on it."""

    DEFAULT_CSS = "PlayerLine { padding: 0; }"

    class Sought(Message):
        """The user clicked on a place of the bar."""

        second: float
        """Of the clip."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._place: tuple[float, float | None, str, bool] = (0.0, None, "", False)
        self._bar = (0, 0)
        """Where the bar begins, and its cells."""

    def show_place(self, second: float, seconds: float | None, note: str = "", *, playing: bool = False) -> None:
        """Show this.

        Args:
            second: Where one is.
            seconds: How long the clip is, if it says.
            note: Stands behind, fainter.
            playing: Whether it runs.
        """
        if (second, seconds, note, playing) != self._place:
            self._place = (second, seconds, note, playing)
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        seconds, (begin, cells) = self._place[1], self._bar
        if seconds and begin <= event.x < begin + cells:
            self.post_message(self.Sought(seconds * (event.x - begin) / max(1, cells - 1)))

    def _draw(self) -> None:
        second, seconds, note, playing = self._place
        left: list[Span] = [(f"  {tenths(second)} ", "bold" if playing else "text")]
        right: list[Span] = [(f" {running_time(seconds)}" if seconds else "", "faint")]
        if note:
            right.append((f"   {note}", "faint"))
        right.append(("  ", "faint"))
        cells = self.size.width - span_cells(left) - span_cells(right) - 1
        if seconds and cells >= _LEAST_BAR:
            knob = round(min(1.0, second / seconds) * (cells - 1))
            self._bar = span_cells(left), cells
            left += [
                (glyph("bar_done") * knob, "accent"),
                (glyph("marked"), "text"),
                (glyph("bar_left") * (cells - 1 - knob), "line"),
            ]
        else:
            self._bar = (0, 0)
        self.say(left, right)
