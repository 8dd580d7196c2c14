"""Two messages that are to be compared: which ones there are, and what is said in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from oxen_tui.store.message import Ending, Message
from oxen_tui.store.message_tree import MessageTree
from oxen_tui.store.store import Store

_MOST_ANSWERS = 100
"""Of one reading: an answer, and those after the tools that it called."""


@dataclass(frozen=True, slots=True)
class Said:
    """One side of a comparison."""

    message: Message
    answers: Sequence[Message]
    """The message; where it called tools, also the answers that go on from them."""

    @property
    def text(self) -> str:
        """All that was said."""
        return "\n\n".join(answer.text for answer in self.answers if answer.text)


async def with_siblings(messages: MessageTree, message_id: int) -> int | None:
    """This message, or the answer whose tools' results it goes on from, if that has siblings; else None.

    Raises:
        StoreError: The disk.
    """
    message = await messages.message(message_id)
    while message.siblings < 2 and message.parent_id is not None:
        above = await messages.message(message.parent_id)
        if message.role == "user" or (message.role == "assistant" and above.role == "user"):
            break
        message = above
    return message.id if message.siblings > 1 else None


async def said_in(store: Store, message_id: int) -> Said:
    """A message with all that goes on from it as one reading.

    Raises:
        NotFound: It was deleted for good.
        StoreError: The disk.
    """
    message = await store.messages.message(message_id)
    answers = [message]
    if message.ending is Ending.TOOL_CALLS:
        outline = await store.whole.outline(message.conversation_id)
        newest_child = {each.parent_id: each for each in outline.messages}
        here = newest_child.get(message.id)
        while here is not None and here.role != "user" and len(answers) < _MOST_ANSWERS:
            if here.role == "assistant":
                answers.append(await store.messages.message(here.id))
            here = newest_child.get(here.id)
    return Said(message, answers)
