"""What the chat tells of its pictures and jobs, and what comes of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.messages.viewer import ViewerMessages

if TYPE_CHECKING:
    from oxen_tui.screens.dialogs.command_palette import Command


class ChatMakingMessages(ViewerMessages, part=True):
    """Goes where the dock leads."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        chat = self.query_one(ChatPane)
        return [
            *super().commands(),
            Command("Make a picture in the conversation", "/image", partial(chat.action_image, "")),
            Command("Hide or show the dock", "f8", chat.action_dock),
            Command("Make a clip in the conversation", "/video", partial(chat.action_video, "")),
        ]

    def on_dock_queue_wanted(self) -> None:
        self.pane = "queue"
