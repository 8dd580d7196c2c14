"""What happens while a model answers, in the order it is said by `ConversationService`.

QuestionStored, AnswerBegun, then any of (Retrying, ServerAlive, ReasoningGrew, AnswerGrew, ToolCallsGrew, Noted,
StoreTrouble), and AnswerEnded last, unless the listener went away first.

An answer that ends in calls of tools (`Ending.TOOL_CALLS`) is followed by their ToolBegun, ToolAsks, ToolProgress,
ToolAttached, ToolEnded and ToolStored, in any order among several calls, and then by the next AnswerBegun.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from oxen_tui.api.errors import ApiError
from oxen_tui.api.tool_call import ToolCall
from oxen_tui.store.attachment import Attachment
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


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that the user should know happened otherwise than asked for, or that a tool wants to be known."""

    sentence: str


@dataclass(frozen=True, slots=True)
class ToolBegun:
    """A tool runs."""

    message_id: int
    """Of the answer that called it."""
    number: int
    """Which of the answer's calls, from 0."""


@dataclass(frozen=True, slots=True)
class ToolAsks:
    """A call waits for the user's word, or no longer."""

    message_id: int
    number: int | None
    """None: it is asked whether to go on at all."""
    waits: bool


@dataclass(frozen=True, slots=True)
class ToolProgress:
    """How far a running tool is, in a few words; empty takes them away."""

    message_id: int
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class ToolAttached:
    """A tool began something that the answer now carries: a job."""

    message_id: int
    attachments: tuple[Attachment, ...]
    """All that it carries."""


@dataclass(frozen=True, slots=True)
class ToolEnded:
    """A tool is done. Its result is stored as soon as those of the calls before it are."""

    message_id: int
    number: int
    text: str
    """What the model is told."""
    failed: bool
    """It failed, was refused, or is none of the tools."""
    seconds: float
    """That it took, without waiting for the user."""


@dataclass(frozen=True, slots=True)
class ToolStored:
    """A result is on the disk."""

    message_id: int
    """Of the answer that called it."""
    result: Message


ToolEvent: TypeAlias = ToolBegun | ToolAsks | ToolProgress | ToolAttached | ToolEnded | ToolStored

ConversationEvent: TypeAlias = (
    QuestionStored
    | AnswerBegun
    | AnswerGrew
    | ReasoningGrew
    | ToolCallsGrew
    | ServerAlive
    | Retrying
    | StoreTrouble
    | Noted
    | AnswerEnded
    | ToolEvent
)


@dataclass(slots=True)
class ToolsEnd:
    """How the calls of an answer ended."""

    last: Message
    """The last result, which the next answer follows; the answer itself while there is none."""
    goes_on: bool = False
    """Whether the model is to be asked again: there were calls, and nobody stopped them."""
