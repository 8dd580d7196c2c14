"""The dock of the chat: there from 140 columns on, and gone on a key."""

from __future__ import annotations

from textual.app import ComposeResult

from oxen_tui.panes.asking_page import AskingPage
from oxen_tui.panes.dock import Dock

_FROM = 140
"""Columns; as the screen's own breakpoint."""


class ChatDock(AskingPage, part=True):
    """Has a dock at its right."""

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Dock(self.session)

    def action_dock(self) -> None:
        """Hide the dock, or show it again."""
        if self.app.size.width < _FROM:
            self.say(f"The dock shows itself from {_FROM} columns on")
        else:
            self.toggle_class("-undocked")
