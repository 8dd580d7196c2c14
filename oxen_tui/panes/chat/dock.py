"""The dock of the chat: there from 140 columns on, and gone on a key. It is made where there is room for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult

from oxen_tui.panes.chat.asking_page import AskingPage

if TYPE_CHECKING:
    from oxen_tui.panes.jobs.dock import Dock

_FROM = 140
"""Columns; as the screen's own breakpoint."""


class ChatDock(AskingPage, part=True):
    """Has a dock at its right."""

    def compose(self) -> ComposeResult:
        yield from super().compose()
        if self.app.size.width >= _FROM:
            yield self._new_dock()

    def _new_dock(self) -> Dock:
        from oxen_tui.panes.jobs.dock import Dock

        return Dock(self.session)

    @on(events.Resize)
    def _make_dock(self) -> None:
        if self.app.size.width >= _FROM and not self.query("#dock"):
            self.mount(self._new_dock())

    def action_dock(self) -> None:
        """Hide the dock, or show it again."""
        if self.app.size.width < _FROM:
            self.say(f"The dock shows itself from {_FROM} columns on")
        else:
            self.toggle_class("-undocked")
