"""A pane that is still to come: one line on what will stand there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

COMING = {
    "queue": "Your generations, live, from here or begun elsewhere, will stand here.",
    "gallery": "The pictures and clips you made will stand here.",
}
"""One line for each pane that has no room yet."""


class NotBuiltPane(Vertical, can_focus=True):
    """Says its line and takes the focus, so that the number keys work from here."""

    DEFAULT_CSS = """
    NotBuiltPane { padding: 1 2; & > Static { width: 1fr; height: auto; } & > .next { color: $faint; } }
    """

    def __init__(self, pane: str) -> None:
        super().__init__(id=pane)
        self._line = COMING[pane]

    def compose(self) -> ComposeResult:
        yield Static(Content(self._line))
        yield Static(id="with")
        yield Static("1 goes back to the chat", classes="next")

    def take_model(self, model_id: str) -> None:
        """Say which model was chosen on the way here."""
        self.query_one("#with", Static).update(Content(f"Chosen: {model_id}"))
