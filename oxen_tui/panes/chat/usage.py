"""`/usage`: what was used is read, and shown by who shows dialogs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.message import Message

if TYPE_CHECKING:
    from oxen_tui.panes.answers.usage_words import Fact
    from oxen_tui.services.usage import UsageSection


class ChatUsage(AskingPage, part=True):
    """Tells tokens and money."""

    class UsageKnown(Message):
        """It was asked for, and read."""

        sections: tuple[UsageSection, ...]
        answer: tuple[Fact, ...] = ()
        """Of the answer that keys act on, else of the last one; empty where there is none."""

    @property
    def usage_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [("Tokens and money", "/usage", self.action_usage)]

    def action_usage(self) -> None:
        """Show what this answer, its conversation, this session and today used."""
        self._work(partial(self._tell_usage, self.conversation_id, self._answer_meant), "usage", exclusive=True)

    async def _tell_usage(self, conversation_id: int | None, answer_id: int | None) -> None:
        from oxen_tui.panes.answers.usage_words import answer_facts
        from oxen_tui.services.usage import usage_report

        try:
            now = self.session.clock.now().astimezone()
            sections = await usage_report(self.session.store, conversation_id, now)
            answer = None if answer_id is None else await self.session.store.messages.message(answer_id)
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            self.post_message(self.UsageKnown(sections, () if answer is None else answer_facts(answer)))

    @property
    def _answer_meant(self) -> int | None:
        """The answer that keys act on, else the last one."""
        answers = [turn for turn in self._transcript.column.turns if turn.turn.role == "assistant"]
        cursor = self._transcript.cursor
        meant = cursor if cursor in answers and self._transcript.has_focus else answers[-1] if answers else None
        return None if meant is None else meant.turn.id
