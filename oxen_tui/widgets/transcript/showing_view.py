"""What can be done with the pictures and jobs of a message: looked at, and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from oxen_tui.widgets.message import Message
from oxen_tui.widgets.transcript.growing_view import GrowingView

if TYPE_CHECKING:
    from oxen_tui.widgets.transcript.column import Found
    from oxen_tui.widgets.transcript.turn_lines import TurnLines


class ShowingView(GrowingView, part=True):
    """Says what is wanted of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "view", "view", id="transcript.view"),
        Binding("x", "cancel_job", "cancel", id="transcript.cancel_job"),
    ]

    class ViewRequested(Message, namespace="transcript"):
        """Pictures of a message are to be shown as large as there is room."""

        turn_id: int
        address: str = ""
        """Of the one to begin with; empty for the first."""

    class CancelRequested(Message, namespace="transcript"):
        """The jobs that a message began are to be stopped."""

        turn_id: int

    _shown_keys = (False, False)
    """Whether the keys of pictures and of jobs were last shown."""

    def _repaint(self) -> None:
        super()._repaint()
        # The cursor moved, or a job ended: other keys do something now.
        keys = bool(self.check_action("view", ())), bool(self.check_action("cancel_job", ()))
        if keys != self._shown_keys:
            self._shown_keys = keys
            self.refresh_bindings()

    def _chosen(self) -> TurnLines | None:
        """The message that keys act on: the one with the bar, else the last."""
        return self.cursor or (self.column.turns[-1] if self.column.turns else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only shown, and only work, where they do something."""
        if action == "view":
            lines = self._chosen()
            return lines is not None and shows(lines)
        if action == "cancel_job":
            lines = self._chosen()
            return lines is not None and any(card.row.state.is_active for card in lines.turn.cards)
        return super().check_action(action, parameters)

    def action_view(self) -> None:
        if (lines := self._chosen()) is not None and shows(lines):
            self.post_message(self.ViewRequested(lines.turn.id))

    def action_cancel_job(self) -> None:
        if (lines := self._chosen()) is not None:
            self.post_message(self.CancelRequested(lines.turn.id))

    def clicked_picture(self, found: Found, x: int) -> bool:
        """Ask for a picture that was clicked. Whether one was."""
        for picture in found.line.shows:
            if picture.start <= x < picture.end:
                self.post_message(self.ViewRequested(self.column.turns[found.number].turn.id, picture.href))
                return True
        return False


def shows(lines: TurnLines) -> bool:
    """Whether a message has something to be looked at."""
    return bool(lines.turn.insets) or any(card.inset is not None for card in lines.turn.cards)
