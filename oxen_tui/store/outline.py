"""A conversation's tree in outline: one short line of each message, however long the messages are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from .message import Ending

FIRST_CHARACTERS = 200
"""Of a message, that are read."""


@dataclass(frozen=True, slots=True)
class OutlinedMessage:
    """What a line of an overview says of a message."""

    id: int
    parent_id: int | None
    role: str
    """user, assistant, system or tool."""
    text: str
    """How it begins. Empty for an answer that only called tools, or that is being written."""
    model: str
    """The id the question was sent to; of a tool's result, the name of the tool."""
    ending: Ending
    created_at: datetime
    seconds: float | None
    """From sending to the end; None when nobody saw the end."""
    tokens: int | None
    """Of the answer, as said by the server."""
    cost: float | None
    """US dollars; None is unknown, never free."""
    cost_is_said: bool
    """Whether the server said the cost; else it is reckoned from prices."""
    tools: tuple[str, ...] = ()
    """Names of the tools that an answer called."""


@dataclass(frozen=True, slots=True)
class Outline:
    """All messages that were not deleted, on every branch."""

    messages: Sequence[OutlinedMessage]
    """Oldest first: parents before children."""
    leaf_id: int | None
    """The last message that the conversation shows."""


def outline_of(connection: sqlite3.Connection, conversation_id: int) -> Outline:
    """Reads it. A conversation that is not there has no messages."""
    rows = connection.execute(
        f"""SELECT id, parent_id, role, substr(text, 1, {FIRST_CHARACTERS}), model, ending, created_at, seconds,
                completion_tokens, coalesce(reported_cost, cost), reported_cost IS NOT NULL, tool_calls
            FROM messages WHERE conversation_id = ? AND deleted_with IS NULL ORDER BY id""",
        (conversation_id,),
    )
    messages = [
        OutlinedMessage(
            id=row[0],
            parent_id=row[1],
            role=row[2],
            text=row[3],
            model=row[4],
            ending=Ending(row[5]),
            created_at=datetime.fromtimestamp(row[6], UTC),
            seconds=row[7],
            tokens=row[8],
            cost=row[9],
            cost_is_said=bool(row[10]),
            tools=tuple(call[1] for call in json.loads(row[11])) if row[11] else (),
        )
        for row in rows
    ]
    found = connection.execute("SELECT leaf_id FROM conversations WHERE id = ?", (conversation_id,)).fetchone()
    return Outline(messages, found[0] if found else None)


def messages_holding(connection: sqlite3.Connection, conversation_id: int, words: Sequence[str]) -> set[int]:
    """Ids of the messages in which each of these words stands somewhere, as a part of a word too.

    Not by the index of the search: that finds beginnings of words only, and here the whole conversation is small.
    """
    wanted = [word.casefold() for word in words]
    rows = connection.execute(
        "SELECT id, text, model FROM messages WHERE conversation_id = ? AND deleted_with IS NULL", (conversation_id,)
    )
    return {
        message_id
        for message_id, text, model in rows
        if all(word in said for said in (f"{text}\n{model}".casefold(),) for word in wanted)
    }
