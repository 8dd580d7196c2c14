"""Conversations as a whole: their trees read, copied, and taken in from elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage

from .attachment import Attachment, written_attachments
from .branches import path_to
from .conversation_settings import ConversationSettings, settings_from, written_settings
from .database import Database
from .message import COLUMNS, Ending, Message, message_by_id, messages_from, written_parameters, written_tool_calls
from .outline import Outline, messages_holding, outline_of
from .titles import title_of


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message that comes from elsewhere, or from another conversation."""

    key: str
    """Names it to its children."""
    parent: str | None
    """The key of what it follows, which must come before it; None at the root."""
    role: str
    text: str
    created_at: datetime
    model: str = ""
    ending: Ending = Ending.DONE
    trouble: str = ""
    reasoning: str = ""
    reasoning_seconds: float | None = None
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None
    attachments: tuple[Attachment, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seconds: float | None = None
    first_token_seconds: float | None = None
    usage: Usage | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class NewConversation:
    """A tree of messages that becomes a conversation."""

    messages: Sequence[NewMessage]
    leaf: str | None
    """The key of the message it shows last; None is the one that came last."""
    title: str = ""
    """Empty: made from the first question."""
    model: str = ""
    system_prompt: str = ""
    settings: ConversationSettings = field(default_factory=ConversationSettings)
    created_at: datetime | None = None
    """None is now."""
    forked_from: int | None = None


class WholeConversations:
    """Reads and adds them."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def tree(self, conversation_id: int) -> list[Message]:
        """All messages that were not deleted, on every branch, parents before children."""

        def work(connection: sqlite3.Connection) -> list[Message]:
            rows = connection.execute(
                f"""SELECT {COLUMNS} FROM messages m
                    WHERE m.conversation_id = ? AND m.deleted_with IS NULL ORDER BY m.id""",
                (conversation_id,),
            )
            return messages_from(connection, rows.fetchall())

        return await self._database.read(work)

    async def outline(self, conversation_id: int) -> Outline:
        """The same with no more of each message than a line of an overview shows."""
        return await self._database.read(lambda connection: outline_of(connection, conversation_id))

    async def holding(self, conversation_id: int, words: Sequence[str]) -> set[int]:
        """Ids of its messages, on every branch, that hold all of these words."""
        return await self._database.read(lambda connection: messages_holding(connection, conversation_id, words))

    async def add(self, conversation: NewConversation) -> int:
        """Takes a conversation in, whole or not at all. Its id."""
        now = self._now().timestamp()
        return await self._database.write(lambda connection: _add(connection, conversation, now))

    async def add_all(self, conversations: Sequence[NewConversation]) -> list[int]:
        """Takes all of them in, or none. Their ids."""
        now = self._now().timestamp()
        return await self._database.write(lambda connection: [_add(connection, each, now) for each in conversations])

    async def fork(self, message_id: int) -> int:
        """Copies what leads to a message, and the message, into a conversation of its own. Its id.

        Raises:
            NotFound: There is no such message.
        """
        now = self._now().timestamp()

        def work(connection: sqlite3.Connection) -> int:
            message = message_by_id(connection, message_id)
            title, model, prompt, settings = connection.execute(
                "SELECT title, model, system_prompt, settings FROM conversations WHERE id = ?",
                (message.conversation_id,),
            ).fetchone()
            path = path_to(connection, message_id)
            copied = [new_message(each) for each in path]
            conversation = NewConversation(
                copied, copied[-1].key, f"{title} (branch)" if title else "", model, prompt, forked_from=message_id
            )
            forked = _add(connection, conversation, now)
            kept = _with_new_ids(connection, forked, path, settings_from(settings))
            connection.execute("UPDATE conversations SET settings = ? WHERE id = ?", (written_settings(kept), forked))
            return forked

        return await self._database.write(work)


def new_message(message: Message) -> NewMessage:
    """A stored message, to be stored once more. One that still streams is cut off in the copy."""
    streams = message.ending is Ending.STREAMING
    return NewMessage(
        key=str(message.id),
        parent=None if message.parent_id is None else str(message.parent_id),
        role=message.role,
        text=message.text,
        created_at=message.created_at,
        model=message.model,
        ending=Ending.CUT_OFF if streams else message.ending,
        trouble="Copied while it was being written." if streams else message.trouble,
        reasoning=message.reasoning,
        reasoning_seconds=message.reasoning_seconds,
        tool_calls=message.tool_calls,
        tool_call_id=message.tool_call_id,
        attachments=message.attachments,
        parameters=message.parameters,
        seconds=message.seconds,
        first_token_seconds=message.first_token_seconds,
        usage=message.usage,
        cost=message.cost,
    )


def _with_new_ids(
    connection: sqlite3.Connection, forked: int, path: Sequence[Message], settings: ConversationSettings
) -> ConversationSettings:
    """What was set, where it names a message: by the id of its copy."""
    copies = connection.execute("SELECT id FROM messages WHERE conversation_id = ? ORDER BY id", (forked,))
    new = {message.id: copy for message, (copy,) in zip(path, copies, strict=True)}
    return replace(settings, left_out=None if settings.left_out is None else new.get(settings.left_out))


def _add(connection: sqlite3.Connection, conversation: NewConversation, now: float) -> int:
    first = next((each.text for each in conversation.messages if each.role == "user"), "")
    created = now if conversation.created_at is None else conversation.created_at.timestamp()
    cursor = connection.execute(
        """INSERT INTO conversations (title, model, system_prompt, settings, created_at, updated_at, forked_from)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (
            *(conversation.title or title_of(first), conversation.model, conversation.system_prompt),
            *(written_settings(conversation.settings), created),
            max((each.created_at.timestamp() for each in conversation.messages), default=created)
            if conversation.forked_from is None
            else now,
            conversation.forked_from,
        ),
    )
    assert cursor.lastrowid is not None
    ids: dict[str, int] = {}
    for message in conversation.messages:
        ids[message.key] = _add_message(connection, cursor.lastrowid, message, ids)
    leaf = ids.get(conversation.leaf or "") or next(reversed(ids.values()), None)
    connection.execute("UPDATE conversations SET leaf_id = ? WHERE id = ?", (leaf, cursor.lastrowid))
    return cursor.lastrowid


def _add_message(
    connection: sqlite3.Connection, conversation_id: int, message: NewMessage, ids: Mapping[str, int]
) -> int:
    usage = message.usage or Usage()
    values = {
        "conversation_id": conversation_id,
        "parent_id": ids.get(message.parent) if message.parent is not None else None,
        "role": message.role,
        "ending": message.ending,
        "created_at": message.created_at.timestamp(),
        "model": message.model,
        "parameters": written_parameters(message.parameters),
        "tool_calls": written_tool_calls(message.tool_calls),
        "tool_call_id": message.tool_call_id,
        "attachments": written_attachments(message.attachments),
        "trouble": message.trouble,
        "seconds": message.seconds,
        "first_token_seconds": message.first_token_seconds,
        "reasoning_seconds": message.reasoning_seconds,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": usage.total_tokens,
        "cached_tokens": usage.cached_tokens,
        "reasoning_tokens": usage.reasoning_tokens,
        "reported_cost": usage.cost,
        "cost": message.cost,
        "reasoning": message.reasoning,
        "text": message.text,
    }
    cursor = connection.execute(
        f"INSERT INTO messages ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})", values
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid
