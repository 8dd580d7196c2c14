"""Short ways to grow a conversation in tests."""

from __future__ import annotations

from dataclasses import replace

from oxen_tui.store.message import Ending, Message
from oxen_tui.store.store import Store


async def answered(
    store: Store, conversation_id: int, question: str, answer: str, *, ending: Ending = Ending.DONE
) -> tuple[Message, Message]:
    """Asks at the leaf, and answers."""
    leaf = (await store.conversations.get(conversation_id)).leaf_id
    asked = await store.messages.add_question(conversation_id, question, "m", leaf)
    return asked, await answer_to(store, asked, answer, ending=ending)


async def answer_to(store: Store, question: Message, text: str, *, ending: Ending = Ending.DONE) -> Message:
    """Adds an answer to a question."""
    begun = await store.answers.begin(question.conversation_id, question.id, "m", {})
    return await store.answers.finish(replace(begun, text=text, ending=ending))


async def shown(store: Store, conversation_id: int) -> list[str]:
    """The texts of the path, with the numbers of branches where there are any."""
    return [
        message.text + (f" {message.sibling}/{message.siblings}" if message.siblings > 1 else "")
        for message in await store.messages.path(conversation_id)
    ]
