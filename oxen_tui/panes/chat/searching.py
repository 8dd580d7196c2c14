"""Searching from the chat, and going to what was found."""

from __future__ import annotations

from functools import partial

from textual import on

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.transcript.view import Transcript


class ChatSearch(AskingPage, part=True):
    """Asks for the search, and shows a message wherever it stands."""

    class SearchWanted(Message):
        """Something that was said is to be found."""

        words: str
        within: int | None
        """Only in this conversation."""

    def action_search(self, words: str = "") -> None:
        """Find what was ever said."""
        self.post_message(self.SearchWanted(words, None))

    @on(Transcript.SearchRequested)
    def action_search_here(self) -> None:
        """Find what was said in this conversation."""
        if self.conversation_id is not None:
            self.post_message(self.SearchWanted("", self.conversation_id))

    def go_to(self, conversation_id: int, message_id: int | None) -> None:
        """Show a conversation, and a message in it; on the branch that holds it."""
        self.remove_class("-listing")
        if message_id is None:
            self.show_conversation(conversation_id)
        else:
            self._work(partial(self._go_to_message, conversation_id, message_id), "show", exclusive=True)

    async def _go_to_message(self, conversation_id: int, message_id: int) -> None:
        try:
            path = await self.session.store.messages.path(conversation_id)
            if all(each.id != message_id for each in path):
                await self.session.store.messages.show(message_id)
            self._standing_on = message_id
            if conversation_id != self.conversation_id:
                await self._turn_page(self.leave_page(conversation_id), conversation_id)
            else:
                await self._show(conversation_id)
                await self._list_conversations()
        except StoreError as error:
            self.in_trouble(str(error))
            return
        self._transcript.focus()
