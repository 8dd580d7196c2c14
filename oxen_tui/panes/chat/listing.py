"""What the side list does: conversations are opened, renamed, pinned, archived and deleted.

Page by page: what changed last is read at every change, older pages when the reader comes near them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.chat.conversation_list import ConversationList, ConversationRow
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message

if TYPE_CHECKING:
    from oxen_tui.store.conversations import Conversation, Listed

_FIRST_PAGE = 200
_NEXT_PAGE = 1_000


class ChatListing(AskingPage, part=True):
    """Keeps the side list up to date and does what its keys ask for."""

    class TitleWanted(Message):
        """The user wants to give a conversation another title."""

        conversation_id: int
        title: str
        ask: bool = False
        """Whether a model is to be asked for one."""

    _rows: tuple[ConversationRow, ...] = ()
    """What the list holds."""
    _rows_for: tuple[str, bool] = ("", False)
    """The filter that it was read for."""
    _look = 0
    """Counts looks: an earlier one that comes back later is out of date."""

    # --- what is listed -------------------------------------------------------------------------------------------

    async def _list_conversations(self) -> None:
        # Whatever changes by itself is among the newest: older pages are as they were.
        await self._look_at_list(_FIRST_PAGE)

    async def _list_again(self) -> None:
        await self._look_at_list(max(_FIRST_PAGE, len(self._rows)))

    async def _look_at_list(self, limit: int) -> None:
        self._look += 1
        look, wanted = self._look, self._sidebar.wanted
        words, archived = wanted
        listed = await self.session.store.conversations.listed(limit, words=words, archived=archived)
        if look != self._look:
            return
        rows = _rows(listed.conversations)
        if wanted == self._rows_for and limit < len(self._rows) and rows and not rows[-1].pinned:
            there, last = {row.id for row in rows}, (rows[-1].updated_at, rows[-1].id)
            rows += tuple(
                row
                for row in self._rows
                if not row.pinned and (row.updated_at, row.id) < last and row.id not in there
            )
        self._rows, self._rows_for = rows, wanted
        self._draw_list(listed)

    @on(ConversationList.MoreWanted)
    def _list_older(self) -> None:
        self._work(self._add_page, "older-conversations", exclusive=True)

    async def _add_page(self) -> None:
        if not self._rows or self._rows[-1].pinned or self._sidebar.wanted != self._rows_for:
            return
        look, last = self._look, self._rows[-1]
        words, archived = self._rows_for
        listed = await self.session.store.conversations.listed(
            _NEXT_PAGE, (last.updated_at, last.id), words=words, archived=archived
        )
        if look == self._look:  # else the list was read again meanwhile, and asks for more by itself
            self._rows += _rows(listed.conversations)
            self._draw_list(listed)

    def _draw_list(self, listed: Listed) -> None:
        running = frozenset(run.conversation_id for run in self._answers)
        today = self.session.clock.now().astimezone().date()
        self._sidebar.show(
            self._rows,
            self.conversation_id,
            today,
            running=running,
            found=listed.found,
            total=listed.total,
            only_archived=listed.only_archived,
        )

    @on(ConversationList.Filtered)
    def _list_found(self) -> None:
        self._work(self._list_conversations, "list", exclusive=True)

    # --- what its keys do -----------------------------------------------------------------------------------------

    @on(ConversationList.Opened)
    def _open(self, event: ConversationList.Opened) -> None:
        self.remove_class("-listing")
        self.show_conversation(event.conversation_id)

    @on(ConversationList.RenameWanted)
    def _rename_listed(self, event: ConversationList.RenameWanted) -> None:
        self._work(partial(self._ask_title, event.conversation_id, ""), "show")

    @on(ConversationList.DeleteWanted)
    def _delete_listed(self, event: ConversationList.DeleteWanted) -> None:
        self._work(partial(self._delete_conversation, event.conversation_id), "show")

    @on(ConversationList.PinWanted)
    def _pin_listed(self, event: ConversationList.PinWanted) -> None:
        self._work(partial(self._changing, partial(self._pin, event.conversation_id)), "show")

    @on(ConversationList.ArchiveWanted)
    def _archive_listed(self, event: ConversationList.ArchiveWanted) -> None:
        self._work(partial(self._changing, partial(self._archive, event.conversation_id)), "show")

    async def _changing(self, change: Callable[[], Awaitable[str]]) -> None:
        """Change a conversation, list them anew, and say what was done."""
        try:
            done = await change()
            await self._list_again()
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            self.say(done)

    async def _pin(self, conversation_id: int) -> str:
        conversations = self.session.store.conversations
        pinned = not (await conversations.get(conversation_id)).pinned
        await conversations.pin(conversation_id, pinned)
        return "Pinned: it stays on top" if pinned else "No longer pinned"

    async def _archive(self, conversation_id: int) -> str:
        conversations = self.session.store.conversations
        archived = not (await conversations.get(conversation_id)).archived
        await conversations.archive(conversation_id, archived)
        self._bring_back = lambda: conversations.archive(conversation_id, not archived)
        self.refresh_bindings()
        return f"{'Archived' if archived else 'Back in the list'} {glyph('dot')} u undoes it"

    async def _delete_conversation(self, conversation_id: int) -> None:
        if self._answers.of(conversation_id):
            self.say("An answer is arriving there: stop it first")
            return
        conversations = self.session.store.conversations
        was_shown = conversation_id == self.conversation_id
        if was_shown:
            await self._unsent.keep(self.leave_page(None))
        await conversations.delete(conversation_id)

        async def bring_back() -> None:
            await conversations.restore(conversation_id)
            if was_shown and self.conversation_id is None:  # else another one is read by now
                await self._unsent.keep(self.leave_page(conversation_id))

        self._bring_back = bring_back
        if was_shown and self.conversation_id is None:
            await self._show(None)
        await self._list_again()
        self.say("Conversation deleted · u brings it back")

    # --- the same for the conversation on screen ------------------------------------------------------------------

    @property
    def listing_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [
            ("Rename the conversation", "/rename", self.action_rename),
            ("Ask a model for a title", "/title", self.action_title),
            ("Pin the conversation, or no longer", "p in the list", self.action_pin),
            ("Archive the conversation, or take it back", "a in the list", self.action_archive),
            ("Archived conversations", "A in the list", self.action_archived),
        ]

    def action_conversations(self) -> None:
        """Go to the list, which a narrow screen shows instead of the conversation."""
        if self._sidebar.has_focus_within:
            self.action_leave()
            return
        self.add_class("-listing")
        self._sidebar.focus()

    def action_leave(self) -> None:
        """Close what is open."""
        self.remove_class("-listing")
        self._composer.focus()

    def action_archived(self) -> None:
        """Go to the list of archived conversations."""
        self.add_class("-listing")
        self._sidebar.show_archived(True)
        self._sidebar.focus()

    def action_pin(self) -> None:
        """Keep the conversation on top of the list, or no longer."""
        if self.conversation_id is not None:
            self._work(partial(self._changing, partial(self._pin, self.conversation_id)), "show")

    def action_archive(self) -> None:
        """Take the conversation out of the list, or back into it."""
        if self.conversation_id is not None:
            self._work(partial(self._changing, partial(self._archive, self.conversation_id)), "show")

    def action_rename(self, title: str = "") -> None:
        if self.conversation_id is not None:
            self._work(partial(self._ask_title, self.conversation_id, title), "show")

    def action_title(self) -> None:
        """Ask a model for a title; nothing is renamed before the user accepts it."""
        if self.conversation_id is None:
            self.say("Nothing was said here yet")
        else:
            self._work(partial(self._ask_title, self.conversation_id, "", ask=True), "show")

    async def _ask_title(self, conversation_id: int, title: str, *, ask: bool = False) -> None:
        if title:
            await self._rename(conversation_id, title)
        else:
            conversation = await self.session.store.conversations.get(conversation_id)
            self.post_message(self.TitleWanted(conversation_id, conversation.title, ask))

    def rename(self, conversation_id: int, title: str) -> None:
        """Give a conversation another title."""
        self._work(partial(self._rename, conversation_id, title), "show")

    async def _rename(self, conversation_id: int, title: str) -> None:
        try:
            await self.session.store.conversations.rename(conversation_id, title)
            await self._list_again()
        except StoreError as error:
            self.in_trouble(str(error))


def _rows(conversations: Iterable[Conversation]) -> tuple[ConversationRow, ...]:
    return tuple(
        ConversationRow(each.id, each.title or "New", each.updated_at, each.pinned, each.trouble)
        for each in conversations
    )
