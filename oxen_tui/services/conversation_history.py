"""What of a conversation is sent to the model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from oxen_tui.api.chat import ChatMessage
from oxen_tui.store.message import Message

GO_ON = (
    "Your last answer was interrupted. Go on exactly where it stops, in the middle of the word if it stops there. "
    "Do not repeat any of it and do not comment on the interruption."
)
"""Asked when an answer is continued. It is not kept in the conversation."""


def history(path: Iterable[Message], system_prompt: str = "") -> tuple[ChatMessage, ...]:
    """The messages to send for a path from the root.

    Reasoning is not sent back (contract section 3). Answers of which no text came are left out; those that were
    cut off or failed half-way stay, because the user has read them too. Where that leaves two questions in a row
    they are joined: the chat templates of several local models refuse roles that do not alternate.
    """
    sent: list[ChatMessage] = []
    if system_prompt.strip():
        sent.append(ChatMessage("system", system_prompt))
    for message in path:
        if not message.text.strip():
            continue
        last = sent[-1] if sent else None
        if last is not None and last.role == message.role and isinstance(last.content, str):
            sent[-1] = replace(last, content=f"{last.content}\n\n{message.text}")
        else:
            sent.append(ChatMessage(message.role, message.text))
    return tuple(sent)


def history_to_continue(path: Iterable[Message], system_prompt: str = "") -> tuple[ChatMessage, ...]:
    """The same for a path that ends in an unfinished answer, with the request to go on with it."""
    *before, unfinished = path
    sent = history(before, system_prompt)
    if not unfinished.text.strip():
        return sent
    return (*sent, ChatMessage("assistant", unfinished.text), ChatMessage("user", GO_ON))
