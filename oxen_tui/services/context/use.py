"""What takes the room of a model's context, and how much of it: estimates, for no server counts beforehand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from oxen_tui.safe_text import clean_line
from oxen_tui.services.context.sent_path import sent_part
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.message import Message

_BYTES_PER_TOKEN: Final = 4
_TOKENS_PER_MESSAGE: Final = 4
_MEDIA: Final = {"image": 1_000, "pdf": 3_000}
"""Tokens of one, about: providers differ by a factor of five."""
_PER_SECOND: Final = {"video": 300.0, "audio": 30.0}
_SECONDS: Final = 30.0
"""Of a clip or sound whose length is not known."""
_LONGEST_WORDS: Final = 200
_BIGGEST: Final = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of thing that is sent."""

    name: str
    tokens: int
    count: int = 0
    """How many there are of it; 0 where that says nothing."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and all that followed it, up to the next question."""

    question_id: int
    words: str
    """The beginning of the question, on one line."""
    asked_at: datetime
    tokens: int
    before: int | None
    """The message right before the question; None for the first one."""
    last: int
    """The last message."""
    is_sent: bool = True


@dataclass(frozen=True, slots=True)
class ContextUse:
    """How a conversation stands. Tokens; all of them estimates but `counted`."""

    parts: tuple[Part, ...]
    """What is sent with the next question, the largest first."""
    exchanges: tuple[Exchange, ...]
    """The whole conversation, oldest first."""
    biggest: tuple[tuple[int, str, int], ...]
    """The messages that take most: id, who and the first words, tokens."""
    limit: int | None
    """That the model takes."""
    counted: int | None
    """That the server counted for the last answer, itself included."""

    @property
    def estimated(self) -> int:
        """All that is sent."""
        return sum(part.tokens for part in self.parts)

    @property
    def used(self) -> int:
        """As well as it is known: what the server counted, unless less may be sent since."""
        if self.counted is None:
            return self.estimated
        return min(self.counted, self.estimated) if self.left_out else self.counted

    @property
    def is_estimate(self) -> bool:
        """Whether `used` is one."""
        return self.counted is None or bool(self.left_out)

    @property
    def left_out(self) -> int:
        """What is not sent, because the user left it out."""
        return sum(exchange.tokens for exchange in self.exchanges if not exchange.is_sent)

    @property
    def whole(self) -> int:
        """The whole conversation, sent or not."""
        return self.estimated + self.left_out


def context_use(
    path: Sequence[Message],
    *,
    system_prompt: str = "",
    tools: Sequence[Mapping[str, Any]] = (),
    left_out: int | None = None,
    limit: int | None = None,
) -> ContextUse:
    """Weighs a conversation.

    Args:
        path: From its first message to its leaf.
        system_prompt: Stands before it.
        tools: Definitions, as they are sent.
        left_out: See `ConversationSettings.left_out`.
        limit: Tokens that the model takes.
    """
    sent = sent_part(path, left_out)
    ids = {message.id for message in sent}
    said = [_text_tokens(message) for message in sent]
    attached = [each for message in sent for each in message.attachments if each.kind != "job"]
    calls = [message for message in sent if message.role == "tool" or message.tool_calls]
    called = sum(_text_tokens(message) for message in calls)
    parts = [
        Part("questions and answers", sum(said) - called, len(sent) - len(calls)),
        Part("calls of tools and their results", called, len(calls)),
        Part("attachments", sum(map(_weight, attached)), len(attached)),
        Part("tools", _tokens(json.dumps(list(tools), ensure_ascii=False)) if tools else 0, len(tools)),
        Part("system prompt", _tokens(system_prompt) + _TOKENS_PER_MESSAGE if system_prompt.strip() else 0),
    ]
    biggest = sorted(sent, key=message_tokens, reverse=True)[:_BIGGEST]
    usage = next((message.usage for message in reversed(path) if message.usage is not None), None)
    return ContextUse(
        tuple(sorted((part for part in parts if part.tokens), key=lambda part: -part.tokens)),
        _exchanges(path, ids),
        tuple((message.id, _said_by(message), message_tokens(message)) for message in biggest),
        limit,
        usage.total_tokens if usage is not None else None,
    )


def message_tokens(message: Message) -> int:
    """About how many tokens a message takes, with what it carries."""
    return _text_tokens(message) + sum(_weight(each) for each in message.attachments if each.kind != "job")


def _text_tokens(message: Message) -> int:
    written = message.text + "".join(call.name + call.arguments for call in message.tool_calls)
    return _tokens(written) + _TOKENS_PER_MESSAGE if written else 0


def _weight(attachment: Attachment) -> int:
    if attachment.text:
        return _tokens(attachment.text)
    if attachment.kind in _PER_SECOND:
        return round(_PER_SECOND[attachment.kind] * (attachment.seconds or _SECONDS))
    return _MEDIA.get(attachment.kind, 0)


def _tokens(text: str) -> int:
    return -(-len(text.encode(errors="replace")) // _BYTES_PER_TOKEN)


def _exchanges(path: Sequence[Message], sent: set[int]) -> tuple[Exchange, ...]:
    found: list[Exchange] = []
    begins = [place for place, message in enumerate(path) if message.role == "user"]
    for place, end in zip(begins, [*begins, len(path)][1:], strict=True):
        question, together = path[place], path[place:end]
        found.append(
            Exchange(
                question.id,
                first_words(question),
                question.created_at,
                sum(map(message_tokens, together)),
                path[place - 1].id if place else None,
                together[-1].id,
                question.id in sent,
            )
        )
    return tuple(found)


def _said_by(message: Message) -> str:
    who = "you" if message.role == "user" else "a tool" if message.role == "tool" else message.model or "answer"
    return f"{who}: {first_words(message)}"


def first_words(message: Message) -> str:
    """The beginning of a message on one line; what it carries where it says nothing."""
    words = " ".join(message.text[: 4 * _LONGEST_WORDS].split())
    if not words:
        words = ", ".join(each.name for each in message.attachments) or "(nothing said)"
    return clean_line(words, _LONGEST_WORDS)
