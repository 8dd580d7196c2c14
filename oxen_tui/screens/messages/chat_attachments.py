"""What the chat tells of attachments, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.screens.dialogs.command_palette import Command

_KINDS = frozenset(("image", "video", "audio"))


class ChatAttachmentsMessages(PaneScreen, part=True):
    """Opens the dialogs of attachments."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        chat = self.query_one(ChatPane)
        return [*super().commands(), *(Command(*command) for command in chat.attachment_commands)]

    def on_chat_attachments_file_wanted(self) -> None:
        from oxen_tui.screens.dialogs.pick_file import PickFile  # dialogs are loaded when they open, as in app.py

        def take(path: str | None) -> None:
            if path:
                self.query_one(ChatPane).action_attach(path)

        self.app.push_screen(PickFile(_KINDS, self.session.clock.now()), take)
