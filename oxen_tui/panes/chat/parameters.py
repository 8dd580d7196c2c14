"""What holds for a conversation beside its questions: parameters of the request, and the system prompt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.services.conversation.set_words import set_words
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.message import Message

if TYPE_CHECKING:
    from oxen_tui.api.model import Model

Command = tuple[str, str, Callable[[], None]]


class ChatParameters(AskingPage, part=True):
    """Asks the screen for the dialogs, and keeps what comes of them."""

    class ParametersWanted(Message):
        """The user wants to set parameters."""

        model: Model
        parameters: Mapping[str, Any]
        """What is set now."""

    class SystemPromptWanted(Message):
        """The user wants to write the system prompt."""

        text: str
        """As it is now."""

    def action_parameters(self) -> None:
        """Set parameters of the request for this conversation."""
        from oxen_tui.api.model import Model

        model = self.session.catalogue.get(self.model) or Model(self.model)
        self.post_message(self.ParametersWanted(model, self.shown_settings.parameters))

    def set_parameters(self, parameters: Mapping[str, Any]) -> None:
        """These hold from the next question on, and no others."""
        if dict(parameters) != dict(self.shown_settings.parameters):
            self._work(partial(self._set_parameters, dict(parameters)), "settings")

    async def _set_parameters(self, parameters: Mapping[str, Any]) -> None:
        try:
            await self.change_settings(replace(self.shown_settings, parameters=parameters))
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            words = set_words(self.shown_settings)
            self.say(f"From the next question on: {words}" if parameters else "No parameters: the model's own ways")

    def action_system_prompt(self, text: str = "") -> None:
        """Write the system prompt, or take the one that was given with the command."""
        if text:
            self.set_system_prompt(text)
        else:
            self.post_message(self.SystemPromptWanted(self.shown_system_prompt))

    def set_system_prompt(self, text: str) -> None:
        """Sent before all messages from the next question on; empty for none."""
        if text != self.shown_system_prompt:
            self._work(partial(self._set_system_prompt, text), "settings")

    async def _set_system_prompt(self, text: str) -> None:
        try:
            await self.change_system_prompt(text)
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            self.say("System prompt set, from the next question on" if text else "No system prompt any more")

    @property
    def parameter_commands(self) -> list[Command]:
        """For the palette."""
        return [
            ("Parameters of the conversation", "ctrl+o", self.action_parameters),
            ("System prompt", "/system", self.action_system_prompt),
        ]
