"""What happens while a model answers, in the order it is said by `ConversationService`.

QuestionStored, AnswerBegun, then any of (Retrying, ServerAlive, ReasoningGrew, AnswerGrew, ToolCallsGrew,
StoreTrouble), and AnswerEnded last, unless the listener went away first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from oxen_tui.api.chat import ToolCall
from oxen_tui.api.errors import ApiError
from oxen_tui.store.message import Message


@dataclass(frozen=True, slots=True)
class QuestionStored:
    """The question is on the disk; nothing was sent yet."""

    message: Message


@dataclass(frozen=True, slots=True)
class AnswerBegun:
    """An answer has its place; when one is continued, with what it already has."""

    message: Message


@dataclass(frozen=True, slots=True)
class AnswerGrew:
    """More of the answer came."""

    message_id: int
    text: str
    """The new piece only."""


@dataclass(frozen=True, slots=True)
class ReasoningGrew:
    """More of the reasoning came."""

    message_id: int
    text: str
    """The new piece only."""


@dataclass(frozen=True, slots=True)
class ToolCallsGrew:
    """The model writes calls of tools."""

    message_id: int
    calls: tuple[ToolCall, ...]
    """All of them as far as they came; arguments may be half written."""


@dataclass(frozen=True, slots=True)
class ServerAlive:
    """Nothing new, but the server answers."""


@dataclass(frozen=True, slots=True)
class Retrying:
    """Nothing had come yet, and the request is sent again after a pause."""

    error: ApiError
    attempt: int
    """Which repetition, from 1."""
    seconds: float
    """The pause before it."""


@dataclass(frozen=True, slots=True)
class StoreTrouble:
    """The answer cannot be saved for now. It goes on in memory."""

    sentence: str


@dataclass(frozen=True, slots=True)
class AnswerEnded:
    """The answer is whole, or as whole as it gets: see `message.ending`."""

    message: Message
    error: ApiError | None
    """Why it failed or was cut off."""


ConversationEvent: TypeAlias = (
    QuestionStored
    | AnswerBegun
    | AnswerGrew
    | ReasoningGrew
    | ToolCallsGrew
    | ServerAlive
    | Retrying
    | StoreTrouble
    | AnswerEnded
)
