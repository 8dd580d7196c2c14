"""What of a conversation is sent to the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from oxen_tui.api.chat import ChatMessage, ContentPart, TextPart
from oxen_tui.store.message import Message

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
    answered = _answered_calls(messages)
    for message in messages:
        carried = tuple((parts or {}).get(message.id, ()))
        calls = tuple(call for call in message.tool_calls if call.id in answered)
        if message.role == "tool":
            if message.tool_call_id in answered:
                sent.append(ChatMessage("tool", message.text, tool_call_id=message.tool_call_id))
        elif calls and len(calls) == len(message.tool_calls):
            sent.append(ChatMessage(message.role, message.text or None, calls))
        elif carried:
            text = (TextPart(message.text),) if message.text.strip() else ()
            sent.append(ChatMessage(message.role, (*carried, *text)))
        elif message.text.strip():
            _add_text(sent, message)
    return tuple(sent)


def _add_text(sent: list[ChatMessage], message: Message) -> None:
    last = sent[-1] if sent else None
    if last is not None and last.role == message.role and isinstance(last.content, str) and not last.tool_calls:
        sent[-1] = replace(last, content=f"{last.content}\n\n{message.text}")
    else:
        sent.append(ChatMessage(message.role, message.text))


def _answered_calls(messages: Sequence[Message]) -> frozenset[str]:
    """The ids of calls of which all that stand in the same answer have their results right behind it."""
    answered: set[str] = set()
    for place, message in enumerate(messages):
        called = {call.id for call in message.tool_calls}
        results: set[str] = set()
        for following in messages[place + 1 :]:
            if following.role != "tool" or following.tool_call_id is None:
                break
            results.add(following.tool_call_id)
        if called and called <= results:
            answered |= called
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
