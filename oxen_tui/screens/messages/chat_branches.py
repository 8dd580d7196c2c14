"""What the chat tells of branches, and what comes of it: the map, a comparison, an answer asked for otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.panes.chat.again import ChatAgain
    from oxen_tui.panes.chat.branches import ChatBranches
    from oxen_tui.screens.dialogs.command_palette import Command


class ChatBranchesMessages(PaneScreen, part=True):
    """Opens the dialogs; they are loaded when they open."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        chat = self.query_one(ChatPane)
        return [*super().commands(), *(Command(*each) for each in (*chat.branch_commands, *chat.again_commands))]

    def on_chat_branches_map_wanted(self, event: ChatBranches.MapWanted) -> None:
        from oxen_tui.screens.dialogs.conversation_map import MapDialog

        chat, conversation_id = self.query_one(ChatPane), event.conversation_id

        def go(message_id: int | None) -> None:
            if message_id is not None:
                chat.show_branch(conversation_id, message_id)

        self.app.push_screen(MapDialog(self.session, conversation_id, event.standing_on, chat), go)

    def on_chat_branches_diff_wanted(self, event: ChatBranches.DiffWanted) -> None:
        from oxen_tui.screens.dialogs.message_diff import MessageDiff

        self.app.push_screen(MessageDiff(self.session, event.message_id))

    def on_chat_again_again_wanted(self, event: ChatAgain.AgainWanted) -> None:
        from oxen_tui.screens.dialogs.answer_again import AnswerAgain

        chat, message_id = self.query_one(ChatPane), event.message_id

        def ask(chosen: tuple[str, Mapping[str, Any]] | None) -> None:
            if chosen is not None:
                chat.answer_again_with(message_id, *chosen)

        self.app.push_screen(AnswerAgain(self.session, event.model, event.parameters), ask)
