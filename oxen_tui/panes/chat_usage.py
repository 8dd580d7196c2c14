"""`/usage`: what was used is read, and shown by who shows dialogs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from oxen_tui.panes.asking_page import AskingPage
from oxen_tui.store.errors import StoreError

if TYPE_CHECKING:
    from oxen_tui.services.usage import UsageSection


class ChatUsage(AskingPage):
    """Tells tokens and money."""

    @dataclass
    class UsageKnown(Message):
        """It was asked for, and read."""

        sections: tuple[UsageSection, ...]

    @property
    def usage_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [("Tokens and money", "/usage", self.action_usage)]

    def action_usage(self) -> None:
        """Show what this conversation, this session and today used."""
        self._work(partial(self._tell_usage, self.conversation_id), "usage", exclusive=True)

    async def _tell_usage(self, conversation_id: int | None) -> None:
        from oxen_tui.services.usage import usage_report

        try:
            now = self.session.clock.now().astimezone()
            sections = await usage_report(self.session.store, conversation_id, now)
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            self.post_message(self.UsageKnown(sections))
