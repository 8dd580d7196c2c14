"""Answering once more with another model or other parameters: the conversation keeps what it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.widgets.message import Message


class ChatAgain(AskingPage, part=True):
    """Asks the screen how, and asks the model."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("R", "again_with", "Regenerate with…", show=False, id="transcript.again_with"),
    ]

    class AgainWanted(Message):
        """A message is to be answered again; how is to be chosen."""

        message_id: int
        model: str
        """What it would be asked without a choice."""
        parameters: Mapping[str, Any]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "again_with":
            return self._transcript.has_focus
        return super().check_action(action, parameters)

    def action_again_with(self) -> None:
        """Choose with what the message under the bar is answered again, else the last one."""
        turns = self._transcript.column.turns
        cursor = self._transcript.cursor
        chosen = cursor if cursor in turns and self._transcript.has_focus else turns[-1] if turns else None
        if self._answers.of(self.conversation_id):
            self.say("An answer is arriving: esc stops it first")
        elif chosen is None:
            self.say("Nothing was said here yet")
        elif chosen.turn.cards and chosen.turn.role == "user":
            self.say("This asked for pictures or clips: r makes them again")
        else:
            self.post_message(self.AgainWanted(chosen.turn.id, self.model, self.shown_settings.parameters))

    def answer_again_with(self, message_id: int, model: str, parameters: Mapping[str, Any]) -> None:
        """Have a message answered again by this model with these parameters and no others, this once."""
        if self._answers.of(self.conversation_id):
            self.say("An answer is arriving: esc stops it first")
            return
        once = replace(self.shown_settings, parameters=dict(parameters))
        self._answer_again(self.session.conversation.regenerate(message_id, model, settings=once), model)

    def action_retry_with(self, model: str = "") -> None:
        """Ask the last question again: the answer becomes a sibling of the one that is there.

        Args:
            model: Asked this once; empty is the model of the conversation. A part of a name will do.
        """
        turns = self._transcript.column.turns
        if not model or not turns or turns[-1].turn.cards:
            self.action_retry()
            return
        chosen = self._named(model)
        if chosen is not None:
            self.answer_again_with(turns[-1].turn.id, chosen, self.shown_settings.parameters)

    def _named(self, name: str) -> str | None:
        """The id of the model that is meant; None where it may be several, which is said."""
        ids = [known.id for known in self.session.catalogue.chat_models]
        if name in ids:
            return name
        found = [each for each in ids if name.casefold() in each.casefold()]
        if len(found) > 1:
            more = f" and {len(found) - 3} more" if len(found) > 3 else ""
            self.in_trouble(f"Several models have {name} in their names: {', '.join(found[:3])}{more}")
            return None
        return found[0] if found else name

    @property
    def again_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [("Answer again with another model or setting", "R on a message", self.action_again_with)]
