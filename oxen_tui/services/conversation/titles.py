"""Titles that a model is asked for, because the user wants one. What comes is a suggestion and changes nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from oxen_tui.api.chat import ChatDelta, ChatMessage, ChatRequest, ReasoningDelta, TextDelta, UsageReported
from oxen_tui.api.errors import ApiError, BadRequest
from oxen_tui.safe_text import clean_line
from oxen_tui.services.price.pricing import answer_cost, chat_cost, costs_nothing, prompt_tokens

if TYPE_CHECKING:
    from oxen_tui.api.model import Model
    from oxen_tui.api.usage import Usage
    from oxen_tui.services.conversation.answer_stream import ClientProvider
    from oxen_tui.store.message import Message
    from oxen_tui.store.spending import Ledger

WIDEST: Final = 60
"""Cells of a title."""
MOST_TOLD: Final = 2_000
"""Characters of the conversation that the model is told."""
_MOST_TOKENS: Final = 500
"""A title has ten; what a model thinks before it counts too."""
_USUAL_TOKENS: Final = 40
"""That are reckoned with where it is priced."""
_SOURCE: Final = "title"
_WISH: Final = (
    "Give this conversation a title of at most six words, in the language it is held in. Answer with the title alone."
)
_QUOTES: Final = "\"'`*_“”„‟«»‹›‘’‚「」『』"
_LABEL: Final = re.compile(r"^(title|titel|titre|título|titolo)\s*[:：]\s*", re.IGNORECASE)


class NoTitle(Exception):
    """The model answered, and there is no title in it.

    Attributes:
        sentence: What it did instead.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class TitlePlan:
    """What asking comes to."""

    model: str
    messages: tuple[ChatMessage, ...]
    dollars: float | None
    """By estimate; None is unknown."""


@dataclass(frozen=True, slots=True)
class AskedTitle:
    """A title, and what it cost."""

    title: str
    dollars: float | None
    """None is unknown."""


class Titles:
    """Asks for titles. What that costs is in the ledger; nothing of it is in a conversation."""

    def __init__(
        self,
        ledger: Ledger,
        client: ClientProvider,
        model: Callable[[str], Model | None],
        now: Callable[[], datetime],
    ) -> None:
        """
        Args:
            ledger: Where it is written down.
            client: Gives the client of the moment.
            model: What is known of a model by its id, for its price.
            now: The moment, with its time zone.
        """
        self._ledger = ledger
        self._client = client
        self._model = model
        self._now = now

    def plan(self, path: Sequence[Message], model_id: str) -> TitlePlan:
        """What asking this model for a title of a conversation comes to."""
        messages = title_request(path)
        model = self._model(model_id)
        return TitlePlan(
            model_id, messages, chat_cost(model.pricing if model else None, prompt_tokens(messages), _USUAL_TOKENS)
        )

    async def ask(self, plan: TitlePlan) -> AskedTitle:
        """Asks. Cancelling this closes the connection; what that may have cost stays unclear.

        Raises:
            ApiError: The model could not be asked, or refused.
            NoTitle: It wrote none.
            StoreError: Nothing was asked.
        """
        number = await self._ledger.asked(_SOURCE, plan.model, self._now(), plan.dollars)
        written = _Written()
        try:
            await self._stream(ChatRequest(plan.model, plan.messages, {"max_tokens": _MOST_TOKENS}), written)
        except ApiError as error:
            if not written.pieces and costs_nothing(error):  # else it may be billed, and nobody knows
                await self._ledger.settle(_SOURCE, number, None, billed=False)
            raise
        model = self._model(plan.model)
        dollars = answer_cost(model.pricing if model else None, written.usage, plan.messages, written.pieces)
        said = written.usage.cost if written.usage is not None else None
        await self._ledger.settle(_SOURCE, number, dollars, said)
        title = cleaned_title(written.text)
        if not title:
            why = "thought, and had no room left for one" if written.thought else "answered nothing"
            raise NoTitle(f"{plan.model} {why}: title_model in the settings names another")
        return AskedTitle(title, dollars)

    async def _stream(self, request: ChatRequest, written: _Written) -> None:
        stream: AsyncGenerator[ChatDelta, None] = (await self._client()).stream_chat(request)
        try:
            async with aclosing(stream) as deltas:
                async for delta in deltas:
                    written.take(delta)
        except BadRequest as error:
            if "max_tokens" not in error.server_text or not request.parameters:
                raise
            await self._stream(replace(request, parameters={}), written)  # some models have another word for it


class _Written:
    """What came of a model."""

    def __init__(self) -> None:
        self.text = ""
        self.thought = False
        self.pieces = 0
        self.usage: Usage | None = None

    def take(self, delta: ChatDelta) -> None:
        match delta:
            case TextDelta():
                self.text += delta.text
                self.pieces += delta.pieces
            case ReasoningDelta():
                self.thought = True
                self.pieces += delta.pieces
            case UsageReported():
                self.usage = delta.usage


def title_request(path: Sequence[Message]) -> tuple[ChatMessage, ...]:
    """The first exchange of a conversation, bounded, and the wish for a title."""
    question = next((message.text.strip() for message in path if message.role == "user"), "")
    answer = next((message.text.strip() for message in path if message.role == "assistant" and message.text), "")
    half = MOST_TOLD // 2
    question = question[: max(half, MOST_TOLD - len(answer))]
    answer = answer[: MOST_TOLD - len(question)]
    if not answer:
        return (ChatMessage("user", f"{question}\n\n---\n\n{_WISH}"),)
    return (ChatMessage("user", question), ChatMessage("assistant", answer), ChatMessage("user", _WISH))


def cleaned_title(text: str) -> str:
    """A title out of what a model wrote: its first line, without quotes, marks of Markdown and a full stop."""
    for line in text.splitlines():
        title = clean_line(" ".join(line.strip().lstrip("#").split()), 1_000)
        before = ""
        while title != before:
            before = title
            title = _LABEL.sub("", title.strip(f"{_QUOTES} "), count=1).strip(f"{_QUOTES} ")
        if title.endswith((".", "。")) and not title.endswith(".."):
            title = title[:-1].rstrip(f"{_QUOTES} ")
        if title:
            return _shortened(title)
    return ""


def _shortened(title: str) -> str:
    if _cells(title) <= WIDEST:
        return title
    kept = ""
    for letter in title:
        if _cells(kept + letter) > WIDEST - 1:
            break
        kept += letter
    space = kept.rfind(" ")
    return f"{(kept[:space] if space > WIDEST // 2 else kept).rstrip()}…"


def _cells(text: str) -> int:
    """About as many as a terminal uses: never fewer."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WFA" else 1
        for letter in text
    )
