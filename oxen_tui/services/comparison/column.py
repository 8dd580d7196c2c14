"""One column of a comparison: what a model does with the question, and what that took."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from oxen_tui.services.conversation.events import (
    AnswerBegun,
    AnswerEnded,
    AnswerGrew,
    ConversationEvent,
    ReasoningGrew,
    Retrying,
)
from oxen_tui.store.message import Ending, Message

_CHARACTERS_A_TOKEN = 4
_TOO_SHORT = 0.2
"""Seconds of writing from which on a speed says anything."""


class ColumnState(StrEnum):
    """What a column does, in the words of the screen."""

    WAITING = "waiting"
    RETRYING = "retrying"
    THINKING = "thinking"
    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def is_running(self) -> bool:
        """Whether more may come."""
        return self not in (ColumnState.DONE, ColumnState.STOPPED, ColumnState.FAILED)


_STATES = {
    Ending.STOPPED: ColumnState.STOPPED,
    Ending.FAILED: ColumnState.FAILED,
    Ending.CUT_OFF: ColumnState.FAILED,
}


class Column:
    """The answer of one model, as it stands. Lengths of time are seconds."""

    def __init__(self, number: int, model: str, monotonic: Callable[[], float]) -> None:
        self.number = number
        """Its place, from 0."""
        self.model = model
        self._monotonic = monotonic
        self.ask()

    def ask(self) -> None:
        """It is asked, or asked again: nothing has come."""
        self.state = ColumnState.WAITING
        self.since = self.asked_at = self._monotonic()
        """When the state, and the asking, began."""
        self.message: Message | None = None
        """The stored answer: as it began, and once it ended as it ended."""
        self.trouble = ""
        """Why there is no answer, or only a part of one."""
        self._first: float | None = None
        self._thought: float | None = None
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._characters = 0

    def take(self, event: ConversationEvent) -> None:
        """Go on by what the conversation service says of the answer."""
        match event:
            case AnswerBegun(message=message):
                self.message = message
            case AnswerGrew(text=text):
                if self.state is ColumnState.THINKING:
                    self._thought = self._monotonic() - self.since
                self._came(ColumnState.WRITING, self._text, text)
            case ReasoningGrew(text=text):
                self._came(ColumnState.THINKING, self._reasoning, text)
            case Retrying():
                self._enter(ColumnState.RETRYING)
            case AnswerEnded(message=message):
                self.message, self.trouble = message, message.trouble
                self._enter(_STATES.get(message.ending, ColumnState.DONE))
            case _:
                pass

    def end(self, state: ColumnState, trouble: str = "") -> None:
        """It ended outside of an answer: nothing could be asked, or nobody waits for it any more."""
        self.trouble = trouble
        self._enter(state)

    @property
    def is_running(self) -> bool:
        """Whether more may come."""
        return self.state.is_running

    @property
    def can_be_picked(self) -> bool:
        """Whether there is something to go on from."""
        return self.message is not None and bool(self.text or self.is_running or self.message.tool_calls)

    @property
    def text(self) -> str:
        """All that came of the answer."""
        return "".join(self._text)

    @property
    def reasoning(self) -> str:
        """All that came of the thoughts before it."""
        return "".join(self._reasoning)

    @property
    def reasoning_seconds(self) -> float | None:
        """How long it thought; None while it does, or where it did not."""
        ended = None if self.message is None else self.message.reasoning_seconds
        return self._thought if ended is None else ended

    @property
    def first_token_seconds(self) -> float | None:
        """Until something came; None where nothing did."""
        ended = None if self.message is None else self.message.first_token_seconds
        return self._first if ended is None else ended

    @property
    def seconds(self) -> float:
        """From the asking to the end, or to now."""
        if self.message is not None and self.message.seconds is not None:
            return self.message.seconds
        return (self._monotonic() if self.is_running else self.since) - self.asked_at

    @property
    def tokens(self) -> int:
        """That the model wrote, thoughts and all. See `tokens_are_counted`."""
        if self.message is not None and not self.is_running:
            usage = self.message.usage
            if usage is not None and usage.completion_tokens is not None:
                return usage.completion_tokens
            return self.message.pieces
        return -(-self._characters // _CHARACTERS_A_TOKEN)

    @property
    def tokens_are_counted(self) -> bool:
        """Whether the server said how many; else they are an estimate."""
        usage = None if self.message is None or self.is_running else self.message.usage
        return usage is not None and usage.completion_tokens is not None

    @property
    def speed(self) -> float | None:
        """Tokens a second since the first; None where that says nothing."""
        first = self.first_token_seconds
        writing = 0.0 if first is None else self.seconds - first
        return self.tokens / writing if writing >= _TOO_SHORT and self.tokens > 1 else None

    @property
    def cost(self) -> float | None:
        """US dollars, once it ended; None is unknown."""
        return self.message.cost if self.message is not None and not self.is_running else None

    @property
    def cost_is_said(self) -> bool:
        """Whether the server said what it costs; else it is reckoned from its prices."""
        usage = None if self.message is None else self.message.usage
        return usage is not None and usage.cost is not None

    def _came(self, state: ColumnState, pieces: list[str], text: str) -> None:
        if self._first is None:
            self._first = self._monotonic() - self.asked_at
        pieces.append(text)
        self._characters += len(text)
        self._enter(state)

    def _enter(self, state: ColumnState) -> None:
        if state is not self.state:
            self.state, self.since = state, self._monotonic()


def cheapest(columns: Sequence[Column]) -> Column | None:
    """The whole answer that cost least, once all have ended. None where not all costs are known, or two are equal."""
    whole = _whole(columns)
    costs = sorted(column.cost for column in whole if column.cost is not None)
    if len(whole) < 2 or len(costs) < len(whole) or costs[0] == costs[1]:
        return None
    return next(column for column in whole if column.cost == costs[0])


def fastest(columns: Sequence[Column]) -> Column | None:
    """The one that was whole first, once all have ended."""
    whole = _whole(columns)
    return min(whole, key=lambda column: column.seconds) if len(whole) > 1 else None


def _whole(columns: Sequence[Column]) -> list[Column]:
    if any(column.is_running for column in columns):
        return []
    return [column for column in columns if column.state is ColumnState.DONE]
