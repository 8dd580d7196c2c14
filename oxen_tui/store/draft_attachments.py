"""What is attached to a question that was not asked yet. Kept beside the draft of its text."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from .attachment import Attachment, attachments_from, written_attachments
from .database import Database


class DraftAttachments:
    """Reads and writes them. Storing the question takes them away (`MessageTree.add_question`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, conversation_id: int | None) -> tuple[Attachment, ...]:
        """What stood at the composer; None is the conversation that has not begun."""

        def work(connection: sqlite3.Connection) -> tuple[Attachment, ...]:
            query = "SELECT text FROM drafts WHERE place = ?"
            row = connection.execute(query, (place_of(conversation_id),)).fetchone()
            return attachments_from(row[0] if row else None)

        return await self._database.read(work)

    async def save(self, conversation_id: int | None, attachments: Sequence[Attachment]) -> None:
        """Keeps what stands at the composer; nothing takes the row away."""
        place, written = place_of(conversation_id), written_attachments(attachments)

        def work(connection: sqlite3.Connection) -> None:
            if written is None:
                connection.execute("DELETE FROM drafts WHERE place = ?", (place,))
                return
            connection.execute(
                "INSERT INTO drafts VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text", (place, written)
            )

        await self._database.write(work, durable=False)


def place_of(conversation_id: int | None) -> str:
    """Where the attachments of a draft are kept, beside the texts of drafts."""
    return f"attachments of {'new conversation' if conversation_id is None else conversation_id}"
