"""Puts a long conversation into the app's store before the app starts, through the store's own doors."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store
from tests.benchmarks.answer import Order, answer
from tests.benchmarks.answer_server import MODEL

MESSAGES = 5_000
ANSWER_TOKENS = 220
"""About the mean length that makes 5,000 messages, half of them questions, 2 MB of text."""
KINDS = 20
"""Different answers; more would only take longer to make."""


def marker(number: int) -> str:
    """What the message of this number (from 1) says, and no other."""
    return f"MQ{number}QM"


def store_conversations(store_file: Path) -> None:
    """Writes the long conversation and then a short one, which is therefore what the app opens with."""
    asyncio.run(_store(store_file))


async def _store(store_file: Path) -> None:
    store = await Store.open(store_file)
    try:
        await _converse(store, "long", MESSAGES)
        await _converse(store, "short", 2)
    finally:
        await store.close()


async def _converse(store: Store, title: str, messages: int) -> None:
    texts = ["".join(answer(Order(ANSWER_TOKENS + 10 * kind, 0, f"s{kind}"))) for kind in range(KINDS)]
    conversation = await store.conversations.create(MODEL)
    await store.conversations.rename(conversation.id, title)
    parent: int | None = None
    for number in range(1, messages, 2):
        asked = await store.messages.add_question(
            conversation.id, f"Question {marker(number)}: what then?", MODEL, parent
        )
        begun = await store.answers.begin(conversation.id, asked.id, MODEL, {})
        text = f"{texts[number // 2 % KINDS]}\n{title} {marker(number + 1)}\n"
        await store.answers.finish(replace(begun, text=text, ending=Ending.DONE, seconds=1.0, pieces=ANSWER_TOKENS))
        parent = begun.id
