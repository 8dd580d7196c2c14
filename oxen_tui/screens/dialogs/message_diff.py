"""The dialog in which two messages stand beside one another; the pane in it reads and compares them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from oxen_tui.panes.branches.message_diff import MessageDiffPane
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.screens.telling import Telling
from oxen_tui.services.session import Session
from oxen_tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from oxen_tui.screens.dialogs.command_palette import Command


class MessageDiff(Telling, Dialog[None]):
    """Closed by Esc, like all of them."""

    # The keys of the app do not reach through a dialog.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,f1", "app.help", "help", id="app.help")]

    DEFAULT_CSS = """
    MessageDiff {
        & > .dialog { width: 188; height: 100%; border: none; padding: 1 0 0 0; }
        & KeyBar { background: $panel; margin: 1 0 0 0; }
    }
    """

    def __init__(self, session: Session, message_id: int, other_id: int | None = None) -> None:
        """See `MessageDiffPane`."""
        super().__init__()
        self._pane = MessageDiffPane(session, message_id, other_id)

    def compose(self) -> ComposeResult:
        yield self._pane

    def help_of_focus(self) -> tuple[str, list[tuple[str, str]]]:
        """A title for the help."""
        return "comparison", []

    def commands(self) -> list[Command]:
        """What the palette offers beside the app's own: all of it has keys."""
        return []

    def on_screen_resume(self) -> None:
        self.query_one(KeyBar).refresh_keys()

    def on_message_diff_pane_left(self) -> None:
        self.dismiss(None)
