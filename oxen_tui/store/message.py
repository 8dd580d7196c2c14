"""A message of a conversation, and its row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage

from .attachment import Attachment, attachments_from
from .errors import NotFound


class Ending(StrEnum):
    """How an answer ended. Questions are always `DONE`."""

    STREAMING = "streaming"
    """It has not: it is being written, here or by another running program."""
    DONE = "done"
    STOPPED = "stopped"
    """By the user. What came is kept."""
    CUT_OFF = "cut_off"
    """The connection or the program ended before the answer did. What came is kept."""
    FAILED = "failed"
    """The server said an error, or nothing came at all."""
    LENGTH = "length"
    """The model reached its limit of tokens."""
    CONTENT_FILTER = "content_filter"
    TOOL_CALLS = "tool_calls"
    """The model waits for the results of its tool calls."""


_CONTINUED = frozenset({Ending.STOPPED, Ending.CUT_OFF, Ending.FAILED, Ending.LENGTH})


@dataclass(frozen=True, slots=True)
class Message:
    """One question or answer, as it stands in its conversation."""

    id: int
    conversation_id: int
    parent_id: int | None
    """What it follows; None for the first of a conversation."""
    role: str
    """user, assistant, system or tool."""
    text: str
    reasoning: str
    """Shown apart, never sent back."""
    reasoning_seconds: float | None
    """From the first reasoning to the first text."""
    tool_calls: tuple[ToolCall, ...]
    model: str
    """The id the question was sent to."""
    ending: Ending
    trouble: str
    """Why it failed or was cut off, as a sentence; else empty."""
    created_at: datetime
    seconds: float | None
    """From sending to the end, all continuations together. None when nobody saw the end."""
    first_token_seconds: float | None
    usage: Usage | None
    """As said by the server. None: it said nothing, and `cost` is an estimate by `pieces`."""
    cost: float | None
    """US dollars. None is unknown, never free. Reckoned from prices unless `usage.cost` is set."""
    sibling: int
    """Which of its siblings it is, from 1, in the order they were made."""
    siblings: int
    """How many messages follow the same parent, this one included."""
    pieces: int = 0
    """Deltas that came: about the number of tokens, for when `usage` is None."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """What was sent beside the messages (temperature and so on)."""
    attachments: tuple[Attachment, ...] = ()
    tool_call_id: str | None = None
    """Of a tool's result (role "tool"): the call it answers."""

    @property
    def may_continue(self) -> bool:
        """Whether there is an unfinished answer that the model can be asked to go on with."""
        return self.role == "assistant" and self.ending in _CONTINUED

    @property
    def in_trouble(self) -> bool:
        """Whether it failed or was cut off."""
        return self.ending in (Ending.FAILED, Ending.CUT_OFF)


COLUMNS = """
    m.id, m.conversation_id, m.parent_id, m.role, m.text, m.reasoning, m.reasoning_seconds, m.tool_calls, m.model,
    m.ending, m.trouble, m.created_at, m.seconds, m.first_token_seconds, m.prompt_tokens, m.completion_tokens,
    m.total_tokens, m.cached_tokens, m.reasoning_tokens, m.reported_cost, m.cost,
    (SELECT count(*) FROM messages s WHERE s.parent_id IS m.parent_id AND s.conversation_id = m.conversation_id
        AND s.deleted_with IS NULL AND s.id <= m.id),
    (SELECT count(*) FROM messages s WHERE s.parent_id IS m.parent_id AND s.conversation_id = m.conversation_id
        AND s.deleted_with IS NULL),
    m.pieces, m.parameters, m.attachments, m.tool_call_id
"""
"""What `messages_from` expects of a query over `messages m`."""


def messages_from(connection: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> list[Message]:
    """Messages of rows of `COLUMNS`; a streaming one with all that was saved of it so far."""
    messages = [_from_row(row) for row in rows]
    for place, message in enumerate(messages):
        if message.ending is Ending.STREAMING:
            messages[place] = _with_growth(connection, message)
    return messages


def message_by_id(connection: sqlite3.Connection, message_id: int) -> Message:
    """One message, deleted or not.

    Raises:
        NotFound: There is none.
    """
    rows = connection.execute(f"SELECT {COLUMNS} FROM messages m WHERE m.id = ?", (message_id,)).fetchall()
    if not rows:
        raise NotFound("This message is not in the store", "It may have been deleted in another window.")
    return messages_from(connection, rows)[0]


def growth(connection: sqlite3.Connection, message_id: int) -> tuple[str, str, int]:
    """Text, reasoning and pieces that an answer was checkpointed with since it began to stream."""
    rows = connection.execute(
        "SELECT text, reasoning, pieces FROM growth WHERE message_id = ? ORDER BY id", (message_id,)
    ).fetchall()
    return "".join(row[0] for row in rows), "".join(row[1] for row in rows), sum(row[2] for row in rows)


def written_tool_calls(calls: tuple[ToolCall, ...]) -> str | None:
    """The column of tool calls."""
    if not calls:
        return None
    return json.dumps([[call.id, call.name, call.arguments] for call in calls], ensure_ascii=False)


def written_parameters(parameters: Mapping[str, Any]) -> str | None:
    """The column of parameters."""
    return json.dumps(dict(parameters), ensure_ascii=False) if parameters else None


def _with_growth(connection: sqlite3.Connection, message: Message) -> Message:
    text, reasoning, pieces = growth(connection, message.id)
    return replace(
        message, text=message.text + text, reasoning=message.reasoning + reasoning, pieces=message.pieces + pieces
    )


def _from_row(row: tuple[Any, ...]) -> Message:
    usage = Usage(*row[14:20]) if any(number is not None for number in row[14:20]) else None
    return Message(
        id=row[0],
        conversation_id=row[1],
        parent_id=row[2],
        role=row[3],
        text=row[4],
        reasoning=row[5],
        reasoning_seconds=row[6],
        tool_calls=tuple(ToolCall(*call) for call in json.loads(row[7])) if row[7] else (),
        model=row[8],
        ending=Ending(row[9]),
        trouble=row[10],
        created_at=datetime.fromtimestamp(row[11], UTC),
        seconds=row[12],
        first_token_seconds=row[13],
        usage=usage,
        cost=row[20],
        sibling=row[21],
        siblings=row[22],
        pieces=row[23],
        parameters=json.loads(row[24]) if row[24] else {},
        attachments=attachments_from(row[25]),
        tool_call_id=row[26],
    )
