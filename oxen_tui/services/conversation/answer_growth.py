"""An answer in memory while it grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from oxen_tui.api.chat import (
    AnswerFinished,
    AnswerStarted,
    ChatDelta,
    KeptAlive,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)
from oxen_tui.api.errors import ApiError, CutOff, TimedOut, Unreachable
from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage
from oxen_tui.services.conversation.events import (
    AnswerGrew,
    ConversationEvent,
    ReasoningGrew,
    ServerAlive,
    ToolCallsGrew,
)
from oxen_tui.services.error_words import in_words
from oxen_tui.store.message import Ending, Message

_ENDINGS = {
    "length": Ending.LENGTH,
    "max_tokens": Ending.LENGTH,
    "content_filter": Ending.CONTENT_FILTER,
    "tool_calls": Ending.TOOL_CALLS,
    "function_call": Ending.TOOL_CALLS,
    "error": Ending.FAILED,
}
"""By the server's finish_reason. Any other word, or none, is an answer that is done."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What came since the last checkpoint."""

    text: str
    reasoning: str
    pieces: int
    upto: tuple[int, int, int]
    """Where the answer stood when this was taken; more may have come since."""


class GrowingAnswer:
    """Takes deltas, and knows at any time the message as it stands.

    A continued answer grows on after what it had; its tokens, times and cost are those of all its parts.
    """

    def __init__(self, message: Message, monotonic: Callable[[], float]) -> None:
        self._base = message
        self._monotonic = monotonic
        self._begun = monotonic()
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._calls: dict[int, ToolCall] = {}
        self._first: float | None = None
        self._reasoning_began: float | None = None
        self._reasoning_ended: float | None = None
        self._saved = (0, 0, 0)
        self._reason: str | None = None
        self.usage: Usage | None = None
        """Of this part of the answer."""
        self.pieces = 0
        """Of this part of the answer."""

    def take(self, delta: ChatDelta) -> ConversationEvent | None:
        """Grows by a delta, and says what there is to show."""
        match delta:
            case TextDelta(text, pieces):
                self._came(pieces)
                if self._reasoning_began is not None and self._reasoning_ended is None:
                    self._reasoning_ended = self._monotonic()
                self._text.append(text)
                return AnswerGrew(self._base.id, text)
            case ReasoningDelta(text, pieces):
                self._came(pieces)
                if self._reasoning_began is None:
                    self._reasoning_began = self._monotonic()
                    text = f"\n\n{text}" if self._base.reasoning else text
                self._reasoning.append(text)
                return ReasoningGrew(self._base.id, text)
            case ToolCallDelta(index, id_, name, arguments):
                self._came(1)
                call = self._calls.get(index, ToolCall("", "", ""))
                self._calls[index] = ToolCall(call.id or id_, call.name or name, f"{call.arguments}{arguments}")
                return ToolCallsGrew(self._base.id, self._all_calls())
            case UsageReported(usage):
                self.usage = usage
            case AnswerFinished(reason):
                self._reason = reason
            case KeptAlive():
                return ServerAlive()
            case AnswerStarted():
                pass
        return None

    @property
    def has_unsaved(self) -> bool:
        """Whether text or reasoning came since the last checkpoint."""
        return self._saved[:2] != (len(self._text), len(self._reasoning))

    def unsaved(self) -> Unsaved:
        """What came since the last checkpoint."""
        text, reasoning, pieces = self._saved
        return Unsaved(
            "".join(self._text[text:]),
            "".join(self._reasoning[reasoning:]),
            self.pieces - pieces,
            (len(self._text), len(self._reasoning), self.pieces),
        )

    def saved(self, unsaved: Unsaved) -> None:
        """That is on the disk now."""
        self._saved = unsaved.upto

    def so_far(self) -> Message:
        """The message with all that came."""
        base = self._base
        return replace(
            base,
            text="".join([base.text, *self._text]),
            reasoning="".join([base.reasoning, *self._reasoning]),
            tool_calls=self._all_calls(),
            pieces=base.pieces + self.pieces,
            reasoning_seconds=_sum(base.reasoning_seconds, self._reasoning_seconds()),
            first_token_seconds=self._first if base.first_token_seconds is None else base.first_token_seconds,
        )

    def ended(self, error: ApiError | None, stopped: bool, cost: float | None) -> Message:
        """The message as it ends now.

        Args:
            error: What ended it, if anything went wrong.
            stopped: By the user.
            cost: Of this part, US dollars; None is unknown.
        """
        ending, trouble = self._ending(error, stopped)
        usage, cost = self._paid(cost)
        return replace(
            self.so_far(),
            tool_calls=self._told_apart(),
            ending=ending,
            trouble=trouble,
            seconds=(self._base.seconds or 0.0) + self._monotonic() - self._begun,
            usage=usage,
            cost=cost,
        )

    def _ending(self, error: ApiError | None, stopped: bool) -> tuple[Ending, str]:
        if stopped:
            return Ending.STOPPED, ""
        came = bool(self._text or self._reasoning or self._calls)
        if error is not None:
            # An answer that could not be continued is still the cut-off answer that it was.
            dropped = came and isinstance(error, CutOff | TimedOut | Unreachable)
            return Ending.CUT_OFF if dropped or self._base.text else Ending.FAILED, in_words(error)
        ending = _ENDINGS.get(self._reason or "", Ending.DONE)
        if ending is Ending.FAILED:
            return ending, "The model ended its answer with an error."
        if ending is Ending.DONE and self._calls:
            return Ending.TOOL_CALLS, ""
        if ending is Ending.DONE and not came and not self._base.text:
            return Ending.FAILED, "The model answered nothing."
        return ending, ""

    def _paid(self, cost: float | None) -> tuple[Usage | None, float | None]:
        """Usage and cost of all parts of the answer. One part unknown makes the whole unknown."""
        base = self._base
        if not self.pieces and self.usage is None:
            return base.usage, base.cost if base.pieces else cost
        if not base.pieces and base.usage is None:
            return self.usage, cost
        return _both(base.usage, self.usage), None if base.cost is None or cost is None else base.cost + cost

    def _came(self, pieces: int) -> None:
        self.pieces += pieces
        if self._first is None:
            self._first = self._monotonic() - self._begun

    def _reasoning_seconds(self) -> float | None:
        if self._reasoning_began is None:
            return None
        end = self._monotonic() if self._reasoning_ended is None else self._reasoning_ended
        return end - self._reasoning_began

    def _all_calls(self) -> tuple[ToolCall, ...]:
        return (*self._base.tool_calls, *(self._calls[index] for index in sorted(self._calls)))

    def _told_apart(self) -> tuple[ToolCall, ...]:
        """The calls as they are stored: each with an id of its own, also from servers that give none."""
        seen: set[str] = set()
        calls = []
        for number, call in enumerate(self._all_calls()):
            named = call if call.id and call.id not in seen else replace(call, id=f"call_{self._base.id}_{number}")
            seen.add(named.id)
            calls.append(named)
        return tuple(calls)


def _sum(one: float | None, other: float | None) -> float | None:
    return other if one is None else one if other is None else one + other


def _both(one: Usage | None, other: Usage | None) -> Usage | None:
    """The usage of two parts together; None, which is an estimate, if one of them is not known."""
    if one is None or other is None:
        return None
    cost = None if one.cost is None or other.cost is None else one.cost + other.cost
    return Usage(
        _plus(one.prompt_tokens, other.prompt_tokens),
        _plus(one.completion_tokens, other.completion_tokens),
        _plus(one.total_tokens, other.total_tokens),
        _plus(one.cached_tokens, other.cached_tokens),
        _plus(one.reasoning_tokens, other.reasoning_tokens),
        cost,
    )


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
