"""Tools in the chat: which are switched on, and the questions that are asked before one touches the world."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.wording import counted

if TYPE_CHECKING:
    from oxen_tui.services.tools.tool import Answered, Question

Command = tuple[str, str, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class ToolChoice:
    """A tool that may be switched on."""

    name: str
    about: str
    asks: str
    """When the user is asked; empty for never."""
    trouble: str
    """Why it cannot be used; empty where it can."""
    is_own: bool
    """Whether it comes from the settings."""


@dataclass(eq=False, slots=True)
class Asked:
    """A question that waits for the user's word."""

    question: Question
    conversation: str
    """Its title, where it is not the one on screen."""
    answer: asyncio.Future[Answered]
    announced: bool = False


class ChatTools(AskingPage, part=True):
    """Asks the screen for its dialogs."""

    class ToolsWanted(Message):
        """The user wants to switch tools on or off."""

        choices: Sequence[ToolChoice]
        chosen: tuple[str, ...]

    class WordWanted(Message):
        """A call waits for the user's word, on this page."""

        asked: Asked

    class WordUnneeded(Message):
        """It does not wait any more: it was stopped."""

        asked: Asked

    def on_mount(self) -> None:
        self._waiting: list[Asked] = []
        self.session.ask_with(self._ask_user)

    def on_show(self) -> None:
        self.ask_next()

    # --- switching ------------------------------------------------------------------------------------------------

    def action_tools(self) -> None:
        """Switch tools on and off for the conversation."""
        own = self.session.settings.tools
        choices = [
            ToolChoice(
                tool.name, tool.about, tool.asks, tool.trouble, bool(tool.name in own and own[tool.name].command)
            )
            for tool in self.session.tools.all
        ]
        self.post_message(self.ToolsWanted(choices, self.shown_settings.tools))

    def switch_tools(self, names: Sequence[str]) -> None:
        """These tools are on from now on, and no others."""
        self._work(partial(self._switch, tuple(names)), "tools")

    async def _switch(self, names: tuple[str, ...]) -> None:
        try:
            await self.change_settings(replace(self.shown_settings, tools=names))
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            self.say(f"{counted(len(names), 'tool')} on from the next question" if names else "Tools off")

    # --- asking ---------------------------------------------------------------------------------------------------

    async def _ask_user(self, question: Question) -> Answered:
        conversation = await self.session.store.conversations.get(question.conversation_id)
        asked = Asked(question, conversation.title, asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        self.ask_next()
        try:
            return await asked.answer
        finally:
            self._waiting.remove(asked)
            if asked.answer.cancelled():
                self.post_message(self.WordUnneeded(asked))
            self.call_later(self.ask_next)

    def ask_next(self) -> None:
        """Ask what waits in the conversation on screen; say of others that they wait."""
        if not self.is_mounted:
            return
        here = next((each for each in self._waiting if each.question.conversation_id == self.conversation_id), None)
        if here is not None:
            self.post_message(self.WordWanted(here))
        for asked in self._waiting:
            if asked.question.conversation_id != self.conversation_id and not asked.announced:
                asked.announced = True
                self.say(f"A tool waits for your word in “{asked.conversation}”")

    async def _show(self, conversation_id: int | None) -> None:
        await super()._show(conversation_id)
        self.ask_next()

    @property
    def tool_commands(self) -> list[Command]:
        """For the palette."""
        return [("Switch tools on and off", "/tools", self.action_tools)]
