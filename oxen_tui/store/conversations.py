"""Conversations: their list, titles and drafts. Their messages are in `message_tree` and `answers`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from oxen_tui.safe_text import clean_line

from .conversation_settings import ConversationSettings, settings_from, written_settings
from .database import Database
from .errors import NotFound
from .message import Ending, Message
from .titles import LONGEST

__all__ = ["Conversation", "Conversations", "Ending", "Message"]

_COLUMNS = """
    c.id, c.title, c.model, c.leaf_id, c.created_at, c.updated_at, c.draft, leaf.ending, c.system_prompt,
    c.settings, c.pinned_at, c.archived_at, c.forked_from
    FROM conversations c LEFT JOIN messages leaf ON leaf.id = c.leaf_id
"""

NEW = "new conversation"
"""Where the draft of a conversation is kept that has no row yet."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is known of a conversation without its messages."""

    id: int
    title: str
    """Empty until the first question."""
    model: str
    """The id of the model asked last."""
    leaf_id: int | None
    """The last message shown; None while there is none."""
    created_at: datetime
    updated_at: datetime
    """Of the last question or the last end of an answer."""
    draft: str
    """What stands unsent in the composer."""
    trouble: bool
    """The answer shown last failed or was cut off."""
    system_prompt: str = ""
    settings: ConversationSettings = field(default_factory=ConversationSettings)
    pinned: bool = False
    archived: bool = False
    forked_from: int | None = None
    """The message of another conversation that it was copied up to."""


class Listed(NamedTuple):
    """A page of a list, and how long the whole list is."""

    conversations: list[Conversation]
    found: int
    """How many there are on all pages."""
    total: int
    """How many there would be whatever their titles are."""
    only_archived: bool = False
    """Whether this list is empty because all that there is was archived."""


class Conversations:
    """Lists and changes conversations."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def create(
        self, model: str, system_prompt: str = "", settings: ConversationSettings | None = None
    ) -> Conversation:
        """A new one without messages. Make it when the first question is sent, or the list fills with empty ones."""
        now = self._now().timestamp()
        written = written_settings(settings or ConversationSettings())

        def work(connection: sqlite3.Connection) -> Conversation:
            cursor = connection.execute(
                """INSERT INTO conversations (model, system_prompt, settings, created_at, updated_at)
                   VALUES (?, ?, ?, ?, ?)""",
                (model, system_prompt, written, now, now),
            )
            assert cursor.lastrowid is not None
            return _by_id(connection, cursor.lastrowid)

        return await self._database.write(work)

    async def get(self, conversation_id: int) -> Conversation:
        """One conversation.

        Raises:
            NotFound: There is none, or it was deleted.
        """
        return await self._database.read(lambda connection: _by_id(connection, conversation_id))

    async def recent(
        self, limit: int | None = None, after: Conversation | None = None, *, archived: bool = True
    ) -> list[Conversation]:
        """The conversations changed last, newest first.

        Args:
            limit: The length of a page; None for all.
            after: The last one of the page before.
            archived: Whether archived ones are among them.
        """

        def work(connection: sqlite3.Connection) -> list[Conversation]:
            where = "" if after is None else "AND (c.updated_at, c.id) < (?, ?)"
            given = () if after is None else (after.updated_at.timestamp(), after.id)
            where += "" if archived else " AND c.archived_at IS NULL"
            rows = connection.execute(
                f"""SELECT {_COLUMNS} WHERE c.deleted_at IS NULL {where}
                    ORDER BY c.updated_at DESC, c.id DESC LIMIT ?""",
                (*given, -1 if limit is None else limit),
            )
            return [_from_row(row) for row in rows]

        return await self._database.read(work)

    async def listed(
        self, limit: int, after: tuple[datetime, int] | None = None, *, words: str = "", archived: bool = False
    ) -> Listed:
        """A page of the list: the pinned ones in the order in which they were pinned, then newest first.

        Args:
            limit: The length of a page. The pinned ones come with the first page, besides.
            after: When the last one of the page before was changed, and its id.
            words: What titles must hold, all of it, in any order and case.
            archived: Only archived ones, instead of only the others.
        """
        wanted = words.split()

        def work(connection: sqlite3.Connection) -> Listed:
            among = f"c.deleted_at IS NULL AND c.archived_at IS {'NOT ' if archived else ''}NULL"
            holding, given = "", list[Any]()
            if wanted:
                # LIKE is ten times as fast as a function of ours, but knows the cases of ASCII alone.
                plain = [word for word in wanted if word.isascii()]
                other = [word.casefold() for word in wanted if not word.isascii()]
                connection.create_function("holds", 1, lambda title: all(word in title.casefold() for word in other))
                holding = " AND c.title LIKE ? ESCAPE '\\'" * len(plain) + (" AND holds(c.title)" if other else "")
                given = ["%" + re.sub(r"([\\%_])", r"\\\1", word) + "%" for word in plain]
            # All that is counted in one go: each look at ten thousand titles costs milliseconds.
            total, found, pinned = connection.execute(
                f"""SELECT count(*), coalesce(sum(is_found), 0), coalesce(sum(pinned_at IS NOT NULL AND is_found), 0)
                    FROM (SELECT pinned_at, true{holding} AS is_found FROM conversations c WHERE {among})""",
                given,
            ).fetchone()
            among += holding
            rows: list[tuple[Any, ...]] = []
            if after is None and pinned:
                rows += connection.execute(
                    f"SELECT {_COLUMNS} WHERE {among} AND c.pinned_at IS NOT NULL ORDER BY c.pinned_at, c.id",
                    given,
                )
            where = "" if after is None else "AND (c.updated_at, c.id) < (?, ?)"
            # The index gives the order, so a page costs what is on it.
            rows += connection.execute(
                f"""SELECT {_COLUMNS} WHERE {among} AND c.pinned_at IS NULL {where}
                    ORDER BY c.updated_at DESC, c.id DESC LIMIT ?""",
                (*given, *(() if after is None else (after[0].timestamp(), after[1])), limit),
            )
            only_archived = False
            if not total and not archived:
                (only_archived,) = connection.execute(
                    "SELECT EXISTS (SELECT 1 FROM conversations WHERE deleted_at IS NULL AND archived_at IS NOT NULL)"
                ).fetchone()
            return Listed([_from_row(row) for row in rows], found, total, bool(only_archived))

        return await self._database.read(work)

    async def rename(self, conversation_id: int, title: str) -> None:
        """Gives a title of the user's own. An empty one is made anew from the next question."""
        await self._update(conversation_id, "title = ?", clean_line(" ".join(title.split()), LONGEST * 2))

    async def set_system_prompt(self, conversation_id: int, prompt: str) -> None:
        """What is sent before all messages from now on; empty for nothing."""
        await self._update(conversation_id, "system_prompt = ?", prompt)

    async def set_settings(self, conversation_id: int, settings: ConversationSettings) -> None:
        """What holds for questions from now on."""
        await self._update(conversation_id, "settings = ?", written_settings(settings))

    async def pin(self, conversation_id: int, pinned: bool = True) -> None:
        """Keeps it at the top of the list, or no longer."""
        await self._update(conversation_id, "pinned_at = ?", self._now().timestamp() if pinned else None)

    async def archive(self, conversation_id: int, archived: bool = True) -> None:
        """Takes it out of the usual list, or back into it. It is found by searching all the same."""
        await self._update(conversation_id, "archived_at = ?", self._now().timestamp() if archived else None)

    async def delete(self, conversation_id: int) -> None:
        """Takes it from the list. Its messages stay in the file, for `restore`."""
        await self._update(conversation_id, "deleted_at = ?", self._now().timestamp())

    async def restore(self, conversation_id: int) -> None:
        """Undoes `delete`."""
        await self._update(conversation_id, "deleted_at = ?", None)

    async def save_draft(self, conversation_id: int | None, text: str) -> None:
        """Keeps what stands in the composer; None is the conversation that has not begun."""
        if conversation_id is not None:
            await self._update(conversation_id, "draft = ?", text, durable=False)
            return

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO drafts VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text", (NEW, text)
            )

        await self._database.write(work, durable=False)

    async def load_draft(self, conversation_id: int | None) -> str:
        """What stood in the composer."""
        if conversation_id is not None:
            return (await self.get(conversation_id)).draft

        def work(connection: sqlite3.Connection) -> str:
            row = connection.execute("SELECT text FROM drafts WHERE place = ?", (NEW,)).fetchone()
            return row[0] if row else ""

        return await self._database.read(work)

    async def _update(self, conversation_id: int, change: str, value: Any, *, durable: bool = True) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute(f"UPDATE conversations SET {change} WHERE id = ?", (value, conversation_id))

        await self._database.write(work, durable=durable)


def _by_id(connection: sqlite3.Connection, conversation_id: int) -> Conversation:
    row = connection.execute(
        f"SELECT {_COLUMNS} WHERE c.id = ? AND c.deleted_at IS NULL", (conversation_id,)
    ).fetchone()
    if row is None:
        raise NotFound("This conversation is not in the store", "It may have been deleted in another window.")
    return _from_row(row)


def _from_row(row: tuple[Any, ...]) -> Conversation:
    return Conversation(
        id=row[0],
        title=row[1],
        model=row[2],
        leaf_id=row[3],
        created_at=datetime.fromtimestamp(row[4], UTC),
        updated_at=datetime.fromtimestamp(row[5], UTC),
        draft=row[6],
        trouble=row[7] in (Ending.FAILED, Ending.CUT_OFF),
        system_prompt=row[8],
        settings=settings_from(row[9]),
        pinned=row[10] is not None,
        archived=row[11] is not None,
        forked_from=row[12],
    )
