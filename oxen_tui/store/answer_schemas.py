"""JSON Schemas that answers were to follow lately, and the one that is being written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from .database import Database

_DRAFT = "a JSON schema"
"""Where it is kept beside the drafts of questions."""
_CONVERSATIONS = 500
_MESSAGES = 5_000
"""Of those, the newest, is looked for schemas: a look must not take the longer the more was ever said."""


class AnswerSchemas:
    """Schemas have no place of their own: they are found where they were used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recent(self, most: int) -> list[tuple[str, Mapping[str, Any]]]:
        """The names and schemas used last, each once: of conversations, then of single questions."""

        def work(connection: sqlite3.Connection) -> list[tuple[str, Mapping[str, Any]]]:
            found: dict[str, tuple[str, Mapping[str, Any]]] = {}
            for name, schema in _used(connection):
                found.setdefault(json.dumps(schema), (name, schema))
                if len(found) >= most:
                    break
            return list(found.values())

        return await self._database.read(work)

    async def draft(self) -> str:
        """What was being written; empty for nothing."""

        def work(connection: sqlite3.Connection) -> str:
            row = connection.execute("SELECT text FROM drafts WHERE place = ?", (_DRAFT,)).fetchone()
            return row[0] if row else ""

        return await self._database.read(work)

    async def keep_draft(self, text: str) -> None:
        """Keeps what is being written; nothing takes it away."""

        def work(connection: sqlite3.Connection) -> None:
            if text:
                connection.execute(
                    "INSERT INTO drafts VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text", (_DRAFT, text)
                )
            else:
                connection.execute("DELETE FROM drafts WHERE place = ?", (_DRAFT,))

        await self._database.write(work)


def _used(connection: sqlite3.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    settings = connection.execute(
        """SELECT settings FROM (SELECT settings FROM conversations ORDER BY updated_at DESC LIMIT ?)
           WHERE settings LIKE '%"schema": {%'""",
        (_CONVERSATIONS,),
    )
    for (written,) in settings:
        kept = json.loads(written)
        if isinstance(kept.get("schema"), dict):
            yield str(kept.get("schema_name") or ""), kept["schema"]
    asked = connection.execute(
        """SELECT parameters FROM (SELECT id, parameters FROM messages ORDER BY id DESC LIMIT ?)
           WHERE parameters LIKE '%"response_format"%'""",
        (_MESSAGES,),
    )
    for (written,) in asked:
        described = json.loads(written).get("response_format")
        inner = described.get("json_schema") if isinstance(described, dict) else None
        if isinstance(inner, dict) and isinstance(inner.get("schema"), dict):
            yield str(inner.get("name") or ""), inner["schema"]
