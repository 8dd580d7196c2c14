"""What the chat tells of its requests, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.panes.chat.inspecting import ChatInspecting
    from oxen_tui.screens.dialogs.command_palette import Command


class ChatInspectingMessages(PaneScreen, part=True):
    """Opens the inspector and the choice of what is copied; they are loaded when they open."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        return [*super().commands(), *(Command(*each) for each in self.query_one(ChatPane).inspecting_commands)]

    def on_chat_inspecting_inspector_wanted(self) -> None:
        from oxen_tui.screens.inspector import Inspector

        self.app.push_screen(Inspector(self.session))

    def on_chat_inspecting_copy_wanted(self, event: ChatInspecting.CopyWanted) -> None:
        from oxen_tui.screens.dialogs.pick_copy import PickCopy

        def take(what: str | None) -> None:
            if what is not None:
                self.query_one(ChatPane).copy_of(event.turn_id, what)

        self.app.push_screen(PickCopy(event.code_blocks, event.has_reasoning), take)
