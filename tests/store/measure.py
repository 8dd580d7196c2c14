"""Prints what the store costs at scale: `python -m tests.store.measure`. Figures, not tests.

10,000 conversations with 200,000 messages, one conversation of 5,000 messages, an answer of 400 kB.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store

CONVERSATIONS = 10_000
MESSAGES_EACH = 20
LONG = 5_000
ANSWER = 400_000
_WORDS = "An ox is not in a hurry, and still the field is ploughed in the evening. "


async def seed(store: Store) -> int:
    """Fills the store; returns the id of the long conversation."""

    def work(connection: Connection) -> int:
        for number in range(CONVERSATIONS + 1):
            count = LONG if number == CONVERSATIONS else MESSAGES_EACH
            cursor = connection.execute(
                "INSERT INTO conversations (title, model, created_at, updated_at) VALUES (?, 'm', ?, ?)",
                (f"Conversation {number}", number, number),
            )
            conversation, parent = cursor.lastrowid, None
            for place in range(count):
                role, length = ("assistant", 12) if place % 2 else ("user", 1)
                cursor = connection.execute(
                    """INSERT INTO messages (conversation_id, parent_id, role, ending, created_at, text)
                       VALUES (?, ?, ?, 'done', ?, ?)""",
                    (conversation, parent, role, place, _WORDS * length),
                )
                parent = cursor.lastrowid
            connection.execute("UPDATE conversations SET leaf_id = ? WHERE id = ?", (parent, conversation))
        assert conversation is not None
        return conversation

    return await store._database.write(work)


async def show(name: str, work: Callable[[], Awaitable[object]], times: int = 15) -> None:
    """Prints the first, the median and the worst of some runs."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        await work()
        taken.append((time.perf_counter() - begun) * 1000)
    print(f"{name:58} first {taken[0]:8.2f}  median {statistics.median(taken):8.2f}  worst {max(taken):8.2f} ms")


async def measure(file: Path) -> None:
    store = await Store.open(file)
    begun = time.perf_counter()
    long = await seed(store)
    await store.close()
    print(f"seeded in {time.perf_counter() - begun:.1f} s, {file.stat().st_size / 1e6:.0f} MB")

    begun = time.perf_counter()
    store = await Store.open(file)
    print(f"{'open':58} {(time.perf_counter() - begun) * 1000:14.2f} ms")
    conversations, messages, answers = store.conversations, store.messages, store.answers
    await show("first page of 50 conversations", lambda: conversations.recent(50))
    page = await conversations.recent(5_000)
    await show("page of 50 after 5,000", lambda: conversations.recent(50, page[-1]))
    await show("all 10,000 conversations", lambda: conversations.recent())
    await show("path of 20 messages", lambda: messages.path(5_000))
    await show("path of 5,000 messages", lambda: messages.path(long))
    await show("recent questions", lambda: messages.recent_questions())
    leaf = (await conversations.get(long)).leaf_id
    await show("question stored (to the disk itself)", lambda: messages.add_question(long, "Moo?", "m", leaf))
    first = (await messages.path(long))[0]
    await show("switch to the newest leaf below the first of 5,000", lambda: messages.show(first.id))

    question = await messages.add_question(long, "Moo?", "m", leaf)
    answer = await answers.begin(long, question.id, "m", {})
    piece = (_WORDS * 100)[: ANSWER // 100]
    await show(
        "checkpoint of 4 kB, of an answer growing to 400 kB", lambda: answers.checkpoint(answer.id, piece, "", 1), 100
    )
    await show("the growing answer read", lambda: messages.message(answer.id))
    done = replace(answer, text=piece * 100, ending=Ending.DONE)
    await show("answer of 400 kB ended (to the disk itself)", lambda: answers.finish(done))

    begun = time.perf_counter()
    deletion = await messages.delete(first.id)
    await messages.undo(deletion)
    print(f"{'delete and undo 5,000 messages':58} {(time.perf_counter() - begun) * 1000:14.2f} ms")
    begun = time.perf_counter()
    await store.close()
    print(f"{'close':58} {(time.perf_counter() - begun) * 1000:14.2f} ms")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder) / "measure.sqlite3"))
