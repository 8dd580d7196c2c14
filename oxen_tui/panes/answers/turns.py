"""A stored message as the transcript shows it: its label, its time, its closing line, what went wrong in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from oxen_tui.panes.answers.attachment_words import chips_of, insets_of
from oxen_tui.services.conversation.set_words import parameter_words
from oxen_tui.store.message import Ending, Message
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.transcript.turn import ToolLine, Turn
from oxen_tui.widgets.wording import clock, counted, duration, money

if TYPE_CHECKING:
    from oxen_tui.widgets.transcript.card import Card

_ENDINGS = {
    Ending.STREAMING: "still being written",
    Ending.STOPPED: "stopped",
    Ending.CUT_OFF: "cut off",
    Ending.FAILED: "failed",
    Ending.LENGTH: "the token limit was reached",
    Ending.CONTENT_FILTER: "the provider's filter ended the answer",
}


def ending_words(ending: Ending) -> str:
    """What is to be known of an answer that did not end by itself; nothing of one that did, or that called a tool."""
    return _ENDINGS.get(ending, "")


def turn_of(message: Message) -> Turn:
    """The turn that shows this message."""
    return Turn(
        id=message.id,
        role=message.role,
        label="you" if message.role == "user" else message.model or message.role,
        time=clock(message.created_at),
        text=message.text,
        reasoning=message.reasoning,
        reasoning_seconds=message.reasoning_seconds,
        tool_calls=[ToolLine(name=call.name, arguments=call.arguments) for call in message.tool_calls],
        chips=chips_of(message.attachments),
        insets=insets_of(message.attachments),
        cards=_cards_of(message),
        sibling=message.sibling,
        siblings=message.siblings,
        edited=message.role == "user" and message.sibling > 1,
        streaming=message.ending is Ending.STREAMING,
        schema=_schema_of(message),
        note=closing_note(message),
        trouble=closing_trouble(message),
    )


def _schema_of(message: Message) -> str:
    if message.role != "assistant" or "response_format" not in message.parameters:
        return ""
    from oxen_tui.services.structured.schema_file import asked_name  # most answers are free

    return asked_name(message.parameters)


def _cards_of(message: Message) -> list[Card]:
    if not message.attachments:
        return []
    from oxen_tui.panes.jobs.cards import plain_cards  # most conversations have none

    return plain_cards(message.attachments)


def closing_note(message: Message, before: Sequence[Message] = ()) -> str:
    """`1,284 tokens · $0.0119 · 14 s`, with what is known; nothing for a question or an answer that still grows.

    Args:
        message: What it stands under.
        before: The answers it goes on from, which called tools: the note is for all of them together.
    """
    if message.role != "assistant" or message.ending is Ending.STREAMING:
        return ""
    parts: list[str] = []
    if message.ending is Ending.STOPPED:
        parts.append(f"{glyph('cancelled')} stopped")
    answers = (*before, message)
    tokens = [answer.usage.completion_tokens if answer.usage else None for answer in answers]
    costs, seconds = [answer.cost for answer in answers], [answer.seconds for answer in answers]
    if None not in tokens:
        parts.append(counted(sum(filter(None, tokens)), "token"))
    if None not in costs and (
        message.ending is not Ending.FAILED or any(costs)
    ):  # else it was refused: no $0 for that
        paid = all(answer.usage is not None and answer.usage.cost is not None for answer in answers)
        parts.append(money(sum(filter(None, costs)), estimate=not paid))
    if None not in seconds:
        parts.append(duration(sum(filter(None, seconds))))
    if message.siblings > 1 and (words := parameter_words(message.parameters)):
        parts.append(words)  # a sibling may have been asked for otherwise
    return " · ".join(parts)


def closing_trouble(message: Message) -> str:
    """What went wrong and which key goes on from here, then the reason; nothing for an answer that ended well."""
    failed, on, reason = glyph("failed"), "c continue · r regenerate", message.trouble
    match message.ending:
        case Ending.CUT_OFF:
            came = message.usage.completion_tokens if message.usage else message.pieces
            after = f" after {counted(came, 'token')}" if came else ""
            line = f"{failed} cut off{after} · {on if message.text else 'r regenerate'}"
            return f"{line}\n{reason}" if reason else line
        case Ending.FAILED:
            first, _, rest = (reason or "The answer failed.").partition("\n")
            line = f"{failed} {first} · {on if message.text else 'r regenerate'}"
            return f"{line}\n{rest}" if rest else line
        case Ending.LENGTH:
            return f"{failed} {ending_words(message.ending)} · c continue"
        case Ending.CONTENT_FILTER:
            return f"{failed} {ending_words(message.ending)} · e edit the question · r regenerate"
    return ""
