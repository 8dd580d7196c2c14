"""The dialog in which two messages stand beside one another; the pane in it reads and compares them."""

from __future__ import annotations

from textual.app import ComposeResult

from oxen_tui.panes.message_diff import MessageDiffPane
from oxen_tui.screens.dialog import Dialog
from oxen_tui.services.session import Session
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.key_bar import KeyBar


class MessageDiff(Dialog[None]):
    """Closed by Esc, like all of them."""

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

    def on_screen_resume(self) -> None:
        self.query_one(KeyBar).refresh_keys()

    def on_message_diff_pane_left(self) -> None:
        self.dismiss(None)

    def on_message_diff_pane_told(self, event: MessageDiffPane.Told) -> None:
        if event.trouble:
            self.app.notify(f"{glyph('failed')} {event.sentence}", severity="error", timeout=12, markup=False)
        else:
            self.app.notify(f"{glyph('done')} {event.sentence}", timeout=4, markup=False)
