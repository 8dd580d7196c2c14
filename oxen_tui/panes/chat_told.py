"""What the chat pane tells the screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.containers import Horizontal
from textual.message import Message


class ChatTold(Horizontal):
    """Its messages."""

    class ModelWanted(Message):
        """The user wants to choose a model."""

    class ModelsKnown(Message):
        """The list of models came, or the reason why it does not."""

    @dataclass
    class Recognised(Message):
        """The server says whose key it is."""

        username: str

    @dataclass
    class TitleWanted(Message):
        """The user wants to give a conversation another title."""

        conversation_id: int
        title: str
        ask: bool = False
        """Whether a model is to be asked for one."""

    @dataclass
    class Spent(Message):
        """An answer ended; None is an unknown price."""

        dollars: float | None

    @dataclass
    class Trouble(Message):
        """Something failed that the transcript does not show."""

        sentence: str

    @dataclass
    class Said(Message):
        """Something happened that the eye does not see by itself."""

        sentence: str

    @dataclass
    class CommandGiven(Message):
        """A slash command that is not about the chat."""

        action: str
