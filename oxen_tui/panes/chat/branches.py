"""Branches of a conversation: from one to the next, their map, two of them beside one another, one of them in a
conversation of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from oxen_tui.panes.chat.files import ChatFiles
from oxen_tui.panes.chat.searching import ChatSearch
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.transcript.view import Transcript

_OF_A_MESSAGE = frozenset({"fork_here", "compare_siblings", "map_here"})
"""Actions of keys that act on the message under the bar."""


class ChatBranches(ChatSearch, ChatFiles, part=True):
    """Asks for the map and the comparison, and shows what was chosen there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "map_here", "map", id="chat.map"),
        Binding("equals_sign", "compare_siblings", "Compare with a sibling", show=False, id="transcript.diff"),
        Binding("f", "fork_here", "Fork from this message", show=False, id="transcript.fork"),
    ]

    class MapWanted(Message):
        """The map of the conversation on screen is to be shown."""

        conversation_id: int
        standing_on: int | None
        """The message to begin at; None is the last one."""

    class DiffWanted(Message):
        """A message is to be compared with its siblings."""

        message_id: int

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _OF_A_MESSAGE:
            return self._transcript.has_focus and self._here is not None
        return super().check_action(action, parameters)

    @property
    def _here(self) -> int | None:
        """The message that keys act on."""
        cursor = self._transcript.cursor
        return cursor.turn.id if cursor is not None and cursor in self._transcript.column.turns else None

    # --- from one to the next -------------------------------------------------------------------------------------

    _flips = 0
    """Steps to other branches that are not done yet; the page is drawn after the last."""
    _flipped_to: int | None = None
    """Where they led, until that is drawn."""

    def on_mount(self) -> None:
        self._flipping = asyncio.Lock()

    @on(Transcript.SiblingRequested)
    def _flip(self, event: Transcript.SiblingRequested) -> None:
        self._work(partial(self._show_sibling, event.turn_id, event.step), "show")

    async def _show_sibling(self, message_id: int, step: int) -> None:
        if self._answers.of(self.conversation_id):
            self.say("An answer is arriving: esc stops it first")
            return
        self._flips += 1
        try:
            async with self._flipping:  # pressed again and again, each goes on from where the one before it led
                shown = await self.session.store.messages.step(message_id, step)
                self._flipped_to = shown or self._flipped_to
                if self._flips == 1 and (to := self._flipped_to) is not None:
                    self._flipped_to = None
                    await self._show(self.conversation_id)
                    self._stand_on(to)
        except StoreError as error:
            self.in_trouble(str(error))
        finally:
            self._flips -= 1
            if not self._flips:
                self._flipped_to = None

    def _stand_on(self, message_id: int) -> None:
        """Let keys act on a message of the page that was just shown, and have it in view, be it far from the end."""
        column = self._transcript.column
        if column.turns and column.get(message_id) is column.turns[-1]:
            self._transcript.cursor = column.turns[-1]
        else:
            self._standing_on = message_id
            self._stand_on_wanted()

    # --- the map --------------------------------------------------------------------------------------------------

    def action_map_here(self) -> None:
        """Show the map, at the message under the bar."""
        self._want_map(self._here)

    def action_map(self) -> None:
        """Show the map, at the end of what the page shows."""
        self._want_map(self._here if self._transcript.has_focus else None)

    def _want_map(self, standing_on: int | None) -> None:
        if self.conversation_id is None:
            self.say("Nothing was said here yet")
        else:
            self.post_message(self.MapWanted(self.conversation_id, standing_on))

    def show_branch(self, conversation_id: int, message_id: int) -> None:
        """Show the branch of a message, with the bar on it."""
        self._work(partial(self._show_branch, conversation_id, message_id), "show", exclusive=True)

    async def _show_branch(self, conversation_id: int, message_id: int) -> None:
        if self._answers.of(conversation_id) and not await self._is_shown(conversation_id, message_id):
            self.say("An answer is arriving: esc stops it first")
        else:
            await self._go_to_message(conversation_id, message_id)

    async def _is_shown(self, conversation_id: int, message_id: int) -> bool:
        path = await self.session.conversation.path(conversation_id)
        return any(each.id == message_id for each in path)

    # --- two beside one another -----------------------------------------------------------------------------------

    def action_compare_siblings(self) -> None:
        """Compare the message under the bar with a sibling, else the last one that has any."""
        chosen = self._here if self._transcript.has_focus else None
        if chosen is None:
            turns = [lines.turn for lines in self._transcript.column.turns]
            chosen = next((turn.id for turn in reversed(turns) if turn.siblings > 1), None)
        if chosen is None:
            self.say("No message here has a sibling: r asks for another answer")
        else:
            self._work(partial(self._find_siblings, chosen), "show")

    async def _find_siblings(self, message_id: int) -> None:
        from oxen_tui.services.conversation.message_pair import with_siblings

        try:
            found = await with_siblings(self.session.store.messages, message_id)
        except StoreError as error:
            self.in_trouble(str(error))
            return
        if found is None:
            self.say("This message has no sibling: r asks for another answer")
        else:
            self.post_message(self.DiffWanted(found))

    # --- a conversation of its own --------------------------------------------------------------------------------

    def action_fork_here(self) -> None:
        """Go on in a conversation of its own from the message under the bar."""
        if (here := self._here) is not None:
            self._work(partial(self._fork, here), "show")

    @property
    def branch_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [
            ("Map of the conversation", "/map", self.action_map),
            ("Compare an answer with its sibling", "= on a message", self.action_compare_siblings),
        ]
