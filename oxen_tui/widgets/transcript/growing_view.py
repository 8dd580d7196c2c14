"""The growing half of the transcript: turns come, grow and go; what arrives within a frame is painted together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from oxen_tui.widgets.transcript.line_view import LineView

if TYPE_CHECKING:
    from oxen_tui.widgets.transcript.turn import Turn

FRAME = 1 / 25
"""Seconds between two paintings of a growing text. More are not seen and cost in proportion."""


class GrowingView(LineView, part=True):
    """Shows turns, also while they stream. The public face for whoever has the conversation."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """
        Args:
            clock: Seconds; only differences count.
        """
        super().__init__(name=name, id=id, classes=classes)
        self._clock = clock
        self._text: dict[int, list[str]] = {}
        self._reasoning: dict[int, list[str]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._painted_at = float("-inf")

    # What is shown

    def show(self, turns: Iterable[Turn]) -> None:
        """Show another conversation, from its end. Only what is visible is laid out, however long it is."""
        self._text.clear()
        self._reasoning.clear()
        self.column.show(turns)
        self.cursor = self.column.turns[-1] if self.column.turns and self.has_focus else None
        self.show_end()
        self._repaint()

    def prepend(self, turns: Iterable[Turn]) -> None:
        """Add what stood before; what is on the screen stays there."""
        self.change(lambda: self.column.prepend(turns))

    def append(self, turn: Turn) -> None:
        """Add a turn at the end."""
        before = self.column.total
        self.change(lambda: self.column.append(turn))
        self.count_new(self.column.total - before)

    def grow(self, turn_id: int, text: str) -> None:
        """More of an answer has come. It is painted with what else comes within a frame."""
        self._text.setdefault(turn_id, []).append(text)
        self._paint_soon()

    def grow_reasoning(self, turn_id: int, text: str) -> None:
        """More of a model's thoughts has come."""
        self._reasoning.setdefault(turn_id, []).append(text)
        self._paint_soon()

    def update_turn(self, turn_id: int, **changes: object) -> None:
        """Change fields of a turn. `streaming=False` ends its text, which is then painted at once.

        Args:
            changes: New values for fields of `Turn`, all but its text and reasoning, which only grow.
        """
        self.take_in()
        lines = self.column.get(turn_id)
        if lines is None:
            return
        ends = lines.turn.streaming and changes.get("streaming") is False

        def change() -> None:
            for field, value in changes.items():
                setattr(lines.turn, field, value)
            if ends:
                lines.finish()
            else:
                lines.refresh()
            self.column.grown(lines)

        before = self.column.total
        self.change(change)
        self.count_new(self.column.total - before)

    def replace(self, turn: Turn) -> None:
        """Show a turn in place of the one with the same id, or at the end if there is none."""
        old = self.column.get(turn.id)
        if old is None:
            self.append(turn)
            return
        self._text.pop(turn.id, None)
        self._reasoning.pop(turn.id, None)

        def change() -> None:
            new = self.column.replace(turn)
            if old is self.cursor:
                self.cursor = new

        self.change(change)

    def remove_turn(self, turn_id: int) -> None:
        """Take a turn away."""
        lines = self.column.get(turn_id)
        if lines is None:
            return
        if lines is self.cursor:
            number = self.column.turns.index(lines)
            near = self.column.turns[number - 1 : number] or self.column.turns[number + 1 : number + 2]
            self.cursor = near[0] if near else None
        self.change(lambda: self.column.remove(turn_id))

    def jump_to_end(self) -> None:
        """Have the end in view and follow it."""
        self.show_end()
        self._repaint()

    # Painting

    def _paint_soon(self) -> None:
        if self._timer is None:
            wait = max(0.0, self._painted_at + FRAME - self._clock())
            self._timer = asyncio.get_running_loop().call_later(wait, self._paint)

    def _paint(self) -> None:
        self._painted_at = self._clock()
        before = self.column.total
        self.change(self.take_in)
        self.count_new(self.column.total - before)

    def take_in(self) -> None:
        """Let the turns grow by what has come since the last time."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        for pending in (self._reasoning, self._text):
            for turn_id, pieces in pending.items():
                lines = self.column.get(turn_id)
                if lines:
                    (lines.grow if pending is self._text else lines.grow_reasoning)("".join(pieces))
                    self.column.grown(lines)
            pending.clear()

    def on_unmount(self) -> None:
        """Nothing is painted any more; what still comes is only kept."""
        self._ready = False
        self.insets.close()
        if self._timer:
            self._timer.cancel()
            self._timer = None
