"""Writes the system prompt of a conversation."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.panes.external_editor import EditorFailed, edit_text
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.widgets.chat.composer import Composer


class SystemPrompt(Dialog[str]):
    """Answers the text; empty for none. Esc leaves it as it was."""

    DEFAULT_CSS = """
    SystemPrompt {
        & > .dialog { width: 90; }
        & Composer { margin: 0 2; min-height: 5; max-height: 50vh; background: $field; }
        & Composer .text-area--cursor-line { background: $field; }
    }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content("System prompt: stands before every question"), classes="title")
            yield Composer(placeholder="none")
            yield Static(id="trouble", classes="trouble")
            yield Static("enter keeps   ctrl+j newline   ctrl+g editor   esc leaves it", classes="hint")

    def on_mount(self) -> None:
        composer = self.query_one(Composer)
        composer.carrying = True  # no text is an answer too: there is to be none
        composer.put(self._text)
        composer.focus()

    @on(Composer.Submitted)
    def _keep(self, event: Composer.Submitted) -> None:
        event.stop()
        self.dismiss(event.text.strip())

    @on(Composer.EditorWanted)
    def _edit(self, event: Composer.EditorWanted) -> None:
        """Hand the text to the user's own editor."""
        event.stop()
        composer = self.query_one(Composer)
        try:
            with self.app.suspend():
                text = edit_text(composer.text)
        except (EditorFailed, SuspendNotSupported) as error:
            self.query_one("#trouble", Static).update(Content(str(error)))
        else:
            composer.put(text)
