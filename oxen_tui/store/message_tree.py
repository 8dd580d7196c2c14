"""The messages of a conversation as a tree: what is shown is the path from its root to the conversation's leaf.

Editing and regenerating add siblings, so nothing is ever overwritten. Deleting hides a message with all below it;
each hidden row names the message whose deletion hid it, which makes undo exact in any order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from .attachment import Attachment, written_attachments
from .branches import BELOW, leaf_of, newest_leaf_below, path_to, sibling_beside
from .conversations import NEW
from .database import Database
from .draft_attachments import place_of
from .message import COLUMNS, Ending, Message, message_by_id, messages_from
from .titles import title_of


class Deletion(NamedTuple):
    """What `undo` needs to bring a deleted message back."""

    conversation_id: int
    message_id: int
    leaf_id: int | None
    """What the conversation showed before."""


class MessageTree:
    """Reads and grows the trees."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def path(self, conversation_id: int, last: int | None = None) -> list[Message]:
        """What the conversation shows, from its first message to its leaf. Empty when there is none.

        Args:
            conversation_id: Which.
            last: Only so many before the leaf, the leaf included: what a screen can show at once.
        """

        def work(connection: sqlite3.Connection) -> list[Message]:
            leaf = leaf_of(connection, conversation_id)
            return [] if leaf is None else path_to(connection, leaf, last)

        return await self._database.read(work)

    async def path_to(self, message_id: int) -> list[Message]:
        """From the first message of its conversation to this one."""
        return await self._database.read(lambda connection: path_to(connection, message_id))

    async def message(self, message_id: int) -> Message:
        """One message.

        Raises:
            NotFound: There is none.
        """
        return await self._database.read(lambda connection: message_by_id(connection, message_id))

    async def siblings(self, message_id: int) -> list[Message]:
        """This message and all others that follow the same parent, oldest first."""

        def work(connection: sqlite3.Connection) -> list[Message]:
            message = message_by_id(connection, message_id)
            rows = connection.execute(
                f"""SELECT {COLUMNS} FROM messages m
                    WHERE m.parent_id IS ? AND m.conversation_id = ? AND m.deleted_with IS NULL ORDER BY m.id""",
                (message.parent_id, message.conversation_id),
            )
            return messages_from(connection, rows.fetchall())

        return await self._database.read(work)

    async def recent_questions(self, limit: int = 200) -> list[str]:
        """What the user asked last, oldest first: what the composer recalls."""

        def work(connection: sqlite3.Connection) -> list[str]:
            rows = connection.execute(
                "SELECT text FROM messages WHERE role = 'user' AND deleted_with IS NULL ORDER BY id DESC LIMIT ?",
                (limit,),
            )
            return [text for (text,) in rows][::-1]

        return await self._database.read(work)

    async def add_question(
        self,
        conversation_id: int,
        text: str,
        model: str,
        parent_id: int | None,
        *,
        attachments: Sequence[Attachment] = (),
        clear_draft: bool = False,
        waiting: str = "",
    ) -> Message:
        """Puts a question under `parent_id` (None: at the root) and makes it the leaf.

        The first one names a conversation that has no title. `clear_draft` empties the composer's draft in the same
        breath, so that no crash can lose the question or leave it in both places. `waiting` is its id among the
        questions that wait: it is taken from them in the same way.

        Raises:
            NotWaiting: It does not wait any more; nothing was stored.
        """
        now = self._now().timestamp()

        def work(connection: sqlite3.Connection) -> Message:
            if waiting:
                from .waiting_questions import take_off  # most questions never wait

                take_off(connection, conversation_id, waiting)
            question = add(connection, conversation_id, parent_id, "user", Ending.DONE, text, model, now, attachments)
            connection.execute(
                """UPDATE conversations SET leaf_id = ?, model = ?, updated_at = ?,
                       title = CASE title WHEN '' THEN ? ELSE title END,
                       draft = CASE WHEN ? THEN '' ELSE draft END
                   WHERE id = ?""",
                (question, model, now, title_of(text), clear_draft, conversation_id),
            )
            if clear_draft:
                connection.execute("DELETE FROM drafts WHERE place = ?", (place_of(conversation_id),))
            if clear_draft and parent_id is None:
                # It was written before its conversation had a row.
                connection.execute("DELETE FROM drafts WHERE place IN (?, ?)", (NEW, place_of(None)))
            return message_by_id(connection, question)

        return await self._database.write(work)

    async def add_tool_result(
        self,
        parent: Message,
        tool_call_id: str,
        name: str,
        text: str,
        *,
        failed: bool = False,
        seconds: float | None = None,
        attachments: Sequence[Attachment] = (),
    ) -> Message:
        """Puts what a tool found under the answer that called it, or under the result before, and makes it the leaf.

        Args:
            parent: What it follows.
            tool_call_id: Which call it answers.
            name: Of the tool; kept in the place of the model.
            text: What the model is told, whether it is a finding or an error.
            failed: Whether the tool failed or was refused.
            seconds: That it took.
            attachments: What it made.
        """
        now = self._now().timestamp()
        ending = Ending.FAILED if failed else Ending.DONE

        def work(connection: sqlite3.Connection) -> Message:
            place = (parent.conversation_id, parent.id)
            result = add(connection, *place, "tool", ending, text, name, now, attachments, tool_call_id)
            connection.execute("UPDATE messages SET seconds = ? WHERE id = ?", (seconds, result))
            _set_leaf(connection, parent.conversation_id, result)
            return message_by_id(connection, result)

        return await self._database.write(work)

    async def set_attachments(self, message_id: int, attachments: Sequence[Attachment]) -> None:
        """What a message carries from now on: a job it began, say."""
        written = written_attachments(attachments)
        await self._database.write(
            lambda connection: connection.execute(
                "UPDATE messages SET attachments = ? WHERE id = ?", (written, message_id)
            )
        )

    async def show(self, message_id: int, *, model: str | None = None) -> None:
        """Switches its conversation to the branch of this message: to the most recent leaf below it.

        `model` is which the conversation goes on with, where that is to change too.
        """

        def work(connection: sqlite3.Connection) -> None:
            message = message_by_id(connection, message_id)
            _set_leaf(connection, message.conversation_id, newest_leaf_below(connection, message_id))
            if model is not None:
                connection.execute(
                    "UPDATE conversations SET model = ? WHERE id = ?", (model, message.conversation_id)
                )

        await self._database.write(work, durable=False)

    async def step(self, message_id: int, by: int) -> int | None:
        """Switches to another branch: that of the sibling so many on from the one of them that is shown now.

        See `sibling_beside`. Returns that sibling; None where there are not so many, and nothing changed.
        """

        def work(connection: sqlite3.Connection) -> int | None:
            message = message_by_id(connection, message_id)
            sibling = sibling_beside(connection, message, by)
            if sibling is not None:
                _set_leaf(connection, message.conversation_id, newest_leaf_below(connection, sibling))
            return sibling

        return await self._database.write(work, durable=False)

    async def delete(self, message_id: int) -> Deletion:
        """Hides a message with all below it.

        A conversation that showed it then shows the sibling before it (or the one after), else ends at its parent.
        """

        def work(connection: sqlite3.Connection) -> Deletion:
            message = message_by_id(connection, message_id)
            before = leaf_of(connection, message.conversation_id)
            connection.execute(
                f"{BELOW} UPDATE messages SET deleted_with = ? WHERE id IN (SELECT id FROM below)",
                (message_id, message_id),
            )
            if before is not None and _is_deleted(connection, before):
                _set_leaf(connection, message.conversation_id, _leaf_without(connection, message))
            return Deletion(message.conversation_id, message_id, before)

        return await self._database.write(work)

    async def undo(self, deletion: Deletion) -> None:
        """Brings back what one deletion hid, and shows what was shown before it.

        Inside a branch that was deleted later it stays hidden until that deletion is undone too.
        """

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                """UPDATE messages SET deleted_with = (SELECT above.deleted_with FROM messages above WHERE above.id =
                       (SELECT parent_id FROM messages WHERE id = :message))
                   WHERE deleted_with = :message""",
                {"message": deletion.message_id},
            )
            if deletion.leaf_id is not None and not _is_deleted(connection, deletion.leaf_id):
                _set_leaf(connection, deletion.conversation_id, deletion.leaf_id)

        await self._database.write(work)


def add(
    connection: sqlite3.Connection,
    conversation_id: int,
    parent_id: int | None,
    role: str,
    ending: Ending,
    text: str,
    model: str,
    now: float,
    attachments: Sequence[Attachment] = (),
    tool_call_id: str | None = None,
) -> int:
    """Adds a row and returns its id. Under a parent that was deleted meanwhile it is hidden with it."""
    cursor = connection.execute(
        """INSERT INTO messages (conversation_id, parent_id, role, ending, text, model, created_at, attachments,
               tool_call_id, deleted_with)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT deleted_with FROM messages WHERE id = ?))""",
        (
            *(conversation_id, parent_id, role, ending, text, model, now),
            *(written_attachments(attachments), tool_call_id, parent_id),
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _set_leaf(connection: sqlite3.Connection, conversation_id: int, leaf: int | None) -> None:
    connection.execute("UPDATE conversations SET leaf_id = ? WHERE id = ?", (leaf, conversation_id))


def _is_deleted(connection: sqlite3.Connection, message_id: int) -> bool:
    row = connection.execute("SELECT deleted_with FROM messages WHERE id = ?", (message_id,)).fetchone()
    return row is None or row[0] is not None


def _leaf_without(connection: sqlite3.Connection, deleted: Message) -> int | None:
    row = connection.execute(
        """SELECT id FROM messages WHERE parent_id IS ? AND conversation_id = ? AND deleted_with IS NULL
           ORDER BY id < ? DESC, abs(id - ?) LIMIT 1""",
        (deleted.parent_id, deleted.conversation_id, deleted.id, deleted.id),
    ).fetchone()
    return deleted.parent_id if row is None else newest_leaf_below(connection, row[0])
