"""A stored message as the transcript shows it: its label, its time, its closing line, what went wrong in words."""

from __future__ import annotations

from oxen_tui.api.errors import ApiError
from oxen_tui.store.message import Ending, Message
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.transcript.turn import ToolLine, Turn
from oxen_tui.widgets.wording import clock, counted, duration, money


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
        sibling=message.sibling,
        siblings=message.siblings,
        streaming=message.ending is Ending.STREAMING,
        note=closing_note(message),
        trouble=closing_trouble(message),
    )


def closing_note(message: Message) -> str:
    """`1,284 tokens · $0.0119 · 14 s`, with what is known; nothing for a question or an answer that still grows."""
    if message.role != "assistant" or message.ending is Ending.STREAMING:
        return ""
    parts: list[str] = []
    if message.ending is Ending.STOPPED:
        parts.append(f"{glyph('cancelled')} stopped")
    if message.usage and message.usage.completion_tokens is not None:
        parts.append(counted(message.usage.completion_tokens, "token"))
    if message.cost is not None:
        paid = message.usage is not None and message.usage.cost is not None
        parts.append(money(message.cost, estimate=not paid))
    if message.seconds is not None:
        parts.append(duration(message.seconds))
    return " · ".join(parts)


def closing_trouble(message: Message) -> str:
    """What went wrong and which key goes on from here; nothing for an answer that ended well."""
    failed, stop = glyph("failed"), "c continue · r regenerate"
    match message.ending:
        case Ending.CUT_OFF:
            reason = f": {message.trouble}" if message.trouble else ""
            return (
                f"{failed} cut off{reason} · {stop}" if message.text else f"{failed} cut off{reason} · r regenerate"
            )
        case Ending.FAILED:
            again = stop if message.text else "r regenerate"
            return f"{failed} {message.trouble or 'the answer failed'} · {again}"
        case Ending.LENGTH:
            return f"{failed} the token limit was reached · c continue"
        case Ending.CONTENT_FILTER:
            return f"{failed} the provider's filter ended the answer · e edit the question · r regenerate"
    return ""


def in_words(error: ApiError) -> str:
    """An error as a sentence with what to do, and the server's own words after it."""
    said = f" The server said: {error.server_text}" if error.server_text else ""
    return f"{error.title}. {error.advice}{said}"
