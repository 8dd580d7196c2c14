"""What a tool is to the model, to the user and to whoever runs it. Nouns only."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol, TypeAlias

from oxen_tui.store.attachment import Attachment

USUAL_SECONDS = 30.0
"""That a tool may take, without the time in which the user is asked."""


class ToolFailed(Exception):
    """A tool could not do what it was called for. The model is told, in these words."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(ToolFailed):
    """The user said no."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(
            f"The user did not allow this call. {reason}".strip()
            if reason
            else "The user did not allow this call. Do not make it again; go on without it or ask what is wanted."
        )


class StoppedByUser(Exception):
    """The user wants no more of this answer."""


class Verdict(Enum):
    """What the user says to a call."""

    ONCE = auto()
    CONVERSATION = auto()
    """Also to all calls of the same scope in this conversation."""
    NO = auto()
    STOP = auto()
    """No, and the answer is to end."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the user is asked before a call touches the world."""

    conversation_id: int
    tool: str
    title: str
    """`Run a command?`"""
    facts: tuple[tuple[str, str], ...]
    """What will happen, whole: labels and values, as plain text."""
    yes: str = "allow"
    """What Enter does, with the price where there is one: `make it  ~$0.04`."""
    scope: str = ""
    """What "for this conversation" allows, in words: `pages of example.org`. Empty: every call is asked about."""
    warning: str = ""
    """What should be looked at twice: a budget, an unknown price."""
    holds: bool = False
    """Whether a plain yes is one for all of the scope already."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The user's word."""

    verdict: Verdict
    reason: str = ""
    """Of a no, for the model."""


Asker: TypeAlias = Callable[[Question], Awaitable[Answered]]
"""Asks the user, one question after another. Cancelled where the answer is not needed any more."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a tool found. Its first line says what it comes to, where that fits into one."""

    text: str


class Use(Protocol):
    """One call while it runs: what a tool may ask of whoever runs it."""

    conversation_id: int
    message_id: int
    """The answer that calls."""

    async def confirm(self, question: Question) -> None:
        """Asks the user, unless that was allowed for the conversation. The deadline waits meanwhile.

        Raises:
            Refused: The user said no.
        """

    def tell(self, words: str) -> None:
        """How far it is, in a few words."""

    async def attach(self, attachment: Attachment) -> None:
        """Something it began that the answer is to show."""


class Tool(ABC):
    """Something that a model can call."""

    name: str
    description: str
    """For the model."""
    about: str
    """For the user, in a list: `reads a text file`."""
    asks: str = ""
    """When the user is asked: `before every page`; empty for never."""
    seconds: float = USUAL_SECONDS
    """That it may take. Then it is ended."""

    @property
    @abstractmethod
    def parameters(self) -> Mapping[str, Any]:
        """The JSON Schema of its arguments; an object."""

    @abstractmethod
    async def run(self, arguments: Mapping[str, Any], use: Use) -> Finding:
        """Does it.

        Raises:
            ToolFailed: It could not.
        """

    @property
    def trouble(self) -> str:
        """Why it cannot be used as things are, and what to do; empty where it can."""
        return ""

    @property
    def definition(self) -> dict[str, Any]:
        """As it is sent."""
        described = {"name": self.name, "description": self.description, "parameters": dict(self.parameters)}
        return {"type": "function", "function": described}


class Toolbox(Protocol):
    """Where the tools are."""

    def tool(self, name: str) -> Tool | None:
        """The tool of that name."""

    def definitions(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """Those of these names that can be used, as they are sent."""


def object_schema(required: tuple[str, ...] = (), /, **properties: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of arguments with these names and no others."""
    return {
        "type": "object",
        "properties": {name: dict(schema) for name, schema in properties.items()},
        "required": list(required),
        "additionalProperties": False,
    }
