"""Answers while they are written: begun, grown by the second, ended; and those whose writer was killed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from .database import Database
from .errors import StillAnswering
from .instance import Instance
from .message import Ending, Message, growth, message_by_id, written_parameters, written_tool_calls
from .message_tree import add

KILLED = "The program ended while this answer was coming in."
"""The trouble of an answer that was found without its writer."""


class Answers:
    """Writes growing answers. A streaming row names the running program that writes it."""

    def __init__(self, database: Database, instance: Instance, now: Callable[[], datetime]) -> None:
        self._database = database
        self._instance = instance
        self._now = now

    async def begin(
        self,
        conversation_id: int,
        parent_id: int,
        model: str,
        parameters: Mapping[str, Any],
        *,
        for_once: bool = False,
    ) -> Message:
        """An empty streaming answer under a question; it becomes the leaf.

        With `for_once` the conversation goes on with the model that it had.
        """
        now = self._now().timestamp()

        def work(connection: sqlite3.Connection) -> Message:
            answer = add(connection, conversation_id, parent_id, "assistant", Ending.STREAMING, "", model, now)
            connection.execute(
                "UPDATE messages SET instance = ?, parameters = ? WHERE id = ?",
                (self._instance.id, written_parameters(parameters), answer),
            )
            connection.execute(
                """UPDATE conversations SET leaf_id = ?, model = CASE WHEN ? THEN model ELSE ? END, updated_at = ?
                   WHERE id = ?""",
                (answer, for_once, model, now, conversation_id),
            )
            return message_by_id(connection, answer)

        return await self._database.write(work, durable=False)

    async def resume(self, message_id: int) -> Message:
        """Opens an ended answer again, to be continued. What it has stays where it is.

        Raises:
            StillAnswering: Somebody is writing it.
        """

        def work(connection: sqlite3.Connection) -> Message:
            taken = connection.execute(
                "UPDATE messages SET ending = ?, trouble = '', instance = ? WHERE id = ? AND ending <> ?",
                (Ending.STREAMING, self._instance.id, message_id, Ending.STREAMING),
            )
            message = message_by_id(connection, message_id)
            if not taken.rowcount:
                raise StillAnswering("This answer is still being written", "Wait for its end, or stop it first.")
            return message

        return await self._database.write(work, durable=False)

    async def checkpoint(self, message_id: int, text: str, reasoning: str, pieces: int) -> None:
        """Appends what came since the last checkpoint. The cost does not depend on how long the answer is."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO growth (message_id, text, reasoning, pieces) VALUES (?, ?, ?, ?)",
                (message_id, text, reasoning, pieces),
            )

        await self._database.write(work, durable=False)

    async def finish(self, answer: Message) -> Message:
        """Stores a whole answer as it ended, in place of its checkpoints."""
        now = self._now().timestamp()

        def work(connection: sqlite3.Connection) -> Message:
            _store(connection, answer)
            connection.execute("UPDATE conversations SET updated_at = ? WHERE id = ?", (now, answer.conversation_id))
            return message_by_id(connection, answer.id)

        return await self._database.write(work)

    async def mark_abandoned(self) -> int:
        """Marks as cut off every streaming answer whose program has ended, with all that was saved of it.

        Answers of programs that still run are left alone. Returns how many were marked.
        """

        def abandoned(connection: sqlite3.Connection) -> list[str]:
            rows = connection.execute("SELECT DISTINCT instance FROM messages WHERE ending = 'streaming'")
            return [instance for (instance,) in rows.fetchall() if not self._instance.lives(instance or "")]

        def work(connection: sqlite3.Connection) -> int:
            rows = [
                row
                for instance in abandoned(connection)
                for row in connection.execute(
                    "SELECT id FROM messages WHERE ending = 'streaming' AND instance IS ?", (instance,)
                ).fetchall()
            ]
            for (message_id,) in rows:
                _cut_off(connection, message_id)
            return len(rows)

        if not await self._database.read(lambda connection: bool(abandoned(connection))):
            return 0
        return await self._database.write(work)


def _store(connection: sqlite3.Connection, answer: Message) -> None:
    usage = answer.usage
    connection.execute(
        """UPDATE messages SET text = ?, reasoning = ?, reasoning_seconds = ?, tool_calls = ?, ending = ?,
               trouble = ?, seconds = ?, first_token_seconds = ?, prompt_tokens = ?, completion_tokens = ?,
               total_tokens = ?, cached_tokens = ?, reasoning_tokens = ?, reported_cost = ?, cost = ?,
               pieces = ?, instance = NULL
           WHERE id = ?""",
        (
            answer.text,
            answer.reasoning,
            answer.reasoning_seconds,
            written_tool_calls(answer.tool_calls),
            answer.ending,
            answer.trouble,
            answer.seconds,
            answer.first_token_seconds,
            usage and usage.prompt_tokens,
            usage and usage.completion_tokens,
            usage and usage.total_tokens,
            usage and usage.cached_tokens,
            usage and usage.reasoning_tokens,
            usage and usage.cost,
            answer.cost,
            answer.pieces,
            answer.id,
        ),
    )
    connection.execute("DELETE FROM growth WHERE message_id = ?", (answer.id,))


def _cut_off(connection: sqlite3.Connection, message_id: int) -> None:
    text, reasoning, pieces = growth(connection, message_id)
    connection.execute(
        """UPDATE messages SET ending = ?, trouble = ?, instance = NULL, text = text || ?,
               reasoning = reasoning || ?, pieces = pieces + ? WHERE id = ?""",
        (Ending.CUT_OFF, KILLED, text, reasoning, pieces, message_id),
    )
    connection.execute("DELETE FROM growth WHERE message_id = ?", (message_id,))
