"""What the chat pane tells, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen
from oxen_tui.widgets.pane_bar import PaneBar

if TYPE_CHECKING:
    from oxen_tui.panes.search import Place
    from oxen_tui.screens.dialogs.command_palette import Command


class ChatMessages(PaneScreen, part=True):
    """Makes the chat and takes its messages. The only pane that is there from the start."""

    @property
    def chat(self) -> ChatPane:
        return self.query_one(ChatPane)

    def make_pane(self, pane: str) -> Widget:
        return ChatPane(self.session) if pane == "chat" else super().make_pane(pane)

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        chat = self.chat
        return [
            Command("New conversation", "ctrl+n", chat.action_new),
            Command("Conversations", "ctrl+s", chat.action_conversations),
            Command("Choose the model", "ctrl+l", chat.action_pick_model),
            Command("Ask the last question again", "ctrl+r", chat.action_retry),
            Command("Search everything", "/search", chat.action_search),
            Command("Search this conversation", "/ in the conversation", chat.action_search_here),
            Command("Write the conversation to a file", "/export", chat.action_export),
            Command("Take in conversations from a file", "/import", chat.action_import),
            Command("Fork: go on in a conversation of its own", "/fork", chat.action_fork),
            *(Command(*command) for command in (*chat.listing_commands, *chat.usage_commands, *chat.queue_commands)),
            Command("Read the conversation", "ctrl+up", chat.action_transcript),
            Command("Edit in your editor", "ctrl+g", chat.action_editor),
            *super().commands(),
        ]

    @on(ChatPane.CommandGiven)
    async def _give_command(self, event: ChatPane.CommandGiven) -> None:
        await self.app.run_action(event.action)

    @on(ChatPane.ModelWanted)
    def _pick_model(self) -> None:
        from oxen_tui.screens.dialogs.pick_model import PickModel  # dialogs are loaded when they open, as in app.py

        chat = self.chat
        dialog = PickModel(chat.model)
        dialog.show_models(self.session.catalogue.chat_models, self.session.catalogue.trouble)

        def take(chosen: str | None) -> None:
            if chosen:
                chat.model = chosen

        self.app.push_screen(dialog, take)

    @on(ChatPane.ModelsKnown)
    def _show_models(self) -> None:
        from oxen_tui.screens.dialogs.pick_model import PickModel

        if isinstance(dialog := self.app.screen, PickModel):
            dialog.show_models(self.session.catalogue.chat_models, self.session.catalogue.trouble)

    @on(ChatPane.TitleWanted)
    def _ask_title(self, event: ChatPane.TitleWanted) -> None:
        from oxen_tui.screens.dialogs.rename import Rename

        chat = self.chat
        self.app.push_screen(
            Rename(self.session, event.conversation_id, event.title, ask=event.ask),
            lambda title: chat.rename(event.conversation_id, title) if title else None,
        )

    @on(ChatPane.SearchWanted)
    def _search(self, event: ChatPane.SearchWanted) -> None:
        from oxen_tui.screens.dialogs.search import Search

        def go(place: Place | None) -> None:
            if place is not None:
                self.pane = "chat"
                self.chat.go_to(place.conversation_id, place.message_id)

        self.app.push_screen(Search(self.session, event.words, event.within), go)

    @on(ChatPane.UsageKnown)
    def _show_usage(self, event: ChatPane.UsageKnown) -> None:
        from oxen_tui.screens.dialogs.usage import Usage

        self.app.push_screen(Usage(event.sections, event.answer))

    @on(ChatPane.Recognised)
    def _show_user(self, event: ChatPane.Recognised) -> None:
        place = self.session.place
        self.query_one(PaneBar).place = event.username if place.is_demo else f"{event.username} · {place.label}"
