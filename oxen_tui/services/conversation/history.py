"""What of a conversation is sent to the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from oxen_tui.api.chat import ChatMessage, ContentPart, TextPart
from oxen_tui.store.message import Ending, Message

GO_ON = (
    "Your last answer was interrupted. Go on exactly where it stops, in the middle of the word if it stops there. "
    "Do not repeat any of it and do not comment on the interruption."
)
"""Asked when an answer is continued. It is not kept in the conversation."""


Parts = Mapping[int, Sequence[ContentPart]]
"""What messages carry beside their text, by their ids."""


def history(path: Iterable[Message], system_prompt: str = "", parts: Parts | None = None) -> tuple[ChatMessage, ...]:
    """The messages to send for a path from the root.

    Reasoning is not sent back (contract section 3). Answers of which no text came are left out; those that were
    cut off or failed half-way stay, because the user has read them too. Where that leaves two questions in a row
    they are joined: the chat templates of several local models refuse roles that do not alternate. Calls of tools
    are sent with their results or not at all: a call without a result is refused, and so is the other way round.

    Args:
        path: From the first message.
        system_prompt: Empty for none.
        parts: Put before the text, where media belong (contract section 3).
    """
    messages = list(path)
    sent: list[ChatMessage] = []
    if system_prompt.strip():
        sent.append(ChatMessage("system", system_prompt))
    answered = _answered(messages)
    for place, message in enumerate(messages):
        carried = tuple((parts or {}).get(message.id, ()))
        if message.role == "tool":
            if place in answered:
                sent.append(ChatMessage("tool", message.text, tool_call_id=message.tool_call_id))
        elif message.tool_calls and place in answered:
            sent.append(ChatMessage(message.role, message.text or None, message.tool_calls))
        elif carried:
            text = (TextPart(message.text),) if message.text.strip() else ()
            sent.append(ChatMessage(message.role, (*carried, *text)))
        elif message.text.strip():
            _add_text(sent, message)
    return tuple(sent)


def _said(message: Message) -> str:
    """What was asked of a model that makes pictures is told to others, and is no question to them."""
    made = next((each for each in message.attachments if each.kind == "job"), None)
    if message.role != "user" or made is None:
        return message.text
    kind, _, prompt = message.text.removeprefix("/").partition(" ")
    return f"(I asked {made.name} for this {kind}, which you are not shown: {prompt})"


def _add_text(sent: list[ChatMessage], message: Message) -> None:
    text = _said(message)
    last = sent[-1] if sent else None
    if last is not None and last.role == message.role and isinstance(last.content, str) and not last.tool_calls:
        sent[-1] = replace(last, content=f"{last.content}\n\n{text}")
    else:
        sent.append(ChatMessage(message.role, text))


def results_of(path: Sequence[Message], place: int) -> Sequence[Message]:
    """The results that stand right behind an answer with calls; there may be fewer than calls, or none."""
    end = place + 1
    while end < len(path) and path[end].role == "tool":
        end += 1
    return path[place + 1 : end]


def open_round(path: Sequence[Message]) -> tuple[Message, Sequence[Message]] | None:
    """The answer with calls that a path ends in, and what results it has; None where it ends in anything else.

    Such a conversation was stopped while tools ran, or before the model was told what they found.
    """
    place = len(path) - 1
    while place > 0 and path[place].role == "tool":
        place -= 1
    if place < 0 or not path[place].tool_calls or path[place].ending is not Ending.TOOL_CALLS:
        return None
    return path[place], results_of(path, place)


def _answered(messages: Sequence[Message]) -> frozenset[int]:
    """Where the answers stand of which all calls have results right behind them, and where those stand.

    By place and not by the ids of the calls: some servers number the calls of each answer anew.
    """
    answered: set[int] = set()
    for place, message in enumerate(messages):
        called = {call.id for call in message.tool_calls}
        if not called:
            continue
        results = results_of(messages, place)
        if called <= {result.tool_call_id for result in results}:
            answered.add(place)
            answered |= {place + 1 + number for number, result in enumerate(results) if result.tool_call_id in called}
    return frozenset(answered)


def history_to_continue(
    path: Iterable[Message], system_prompt: str = "", parts: Parts | None = None
) -> tuple[ChatMessage, ...]:
    """The same for a path that ends in an unfinished answer, with the request to go on with it."""
    *before, unfinished = path
    sent = history(before, system_prompt, parts)
    if not unfinished.text.strip():
        return sent
    return (*sent, ChatMessage("assistant", unfinished.text), ChatMessage("user", GO_ON))
