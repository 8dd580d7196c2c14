"""What the chat tells of its pictures and jobs, and what comes of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from oxen_tui.panes.chat import ChatPane
from oxen_tui.screens.viewer_messages import ViewerMessages

if TYPE_CHECKING:
    from oxen_tui.panes.chat_cards import ChatCards
    from oxen_tui.panes.chat_making import ChatMaking
    from oxen_tui.panes.dock import Dock
    from oxen_tui.screens.command_palette import Command


class ChatMakingMessages(ViewerMessages, part=True):
    """Opens the viewer on pictures of the conversation, and asks before a budget is passed."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.command_palette import Command

        chat = self.query_one(ChatPane)
        return [
            *super().commands(),
            Command("Make a picture in the conversation", "/image", partial(chat.action_image, "")),
            Command("Hide or show the dock", "f8", chat.action_dock),
            Command("Make a clip in the conversation", "/video", partial(chat.action_video, "")),
        ]

    def on_chat_cards_view_wanted(self, event: ChatCards.ViewWanted) -> None:
        self.open_files(event.paths)

    def on_dock_view_wanted(self, event: Dock.ViewWanted) -> None:
        self.open_files([event.path])

    def on_dock_queue_wanted(self) -> None:
        self.pane = "queue"

    def on_chat_making_sure_wanted(self, event: ChatMaking.SureWanted) -> None:
        from oxen_tui.screens.confirm import Confirm  # dialogs are loaded when they open, as in app.py

        chat = self.query_one(ChatPane)

        def take(sure: bool | None) -> None:
            if sure:
                chat.go_on_making()
            else:
                chat.leave_making()

        self.app.push_screen(Confirm(event.question, event.explanation, "sends it", "sends nothing"), take)
