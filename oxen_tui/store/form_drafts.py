"""Requests that were begun and not sent. They survive a restart; what was sent is a job."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from .database import Database

_MOST_KEPT = 200
"""Of the models whose forms were touched last."""


class FormDrafts:
    """Reads and writes them."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def save(self, model_id: str, draft: Mapping[str, Any]) -> None:
        """Keeps what a form holds (`RequestForm.draft`), in place of what was kept for this model; nothing if empty.

        Quick, for after each pause in typing: a power failure may cost the last one, a crash of the program not.
        """
        if not draft:
            await self.clear(model_id)
            return
        now = self._now().timestamp()
        text = json.dumps(draft, separators=(",", ":"))

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                """INSERT INTO form_drafts VALUES (?, ?, ?)
                   ON CONFLICT (model_id) DO UPDATE SET changed_at = excluded.changed_at, draft = excluded.draft""",
                (model_id, now, text),
            )
            connection.execute(
                """DELETE FROM form_drafts WHERE model_id NOT IN
                       (SELECT model_id FROM form_drafts ORDER BY changed_at DESC LIMIT ?)""",
                (_MOST_KEPT,),
            )

        await self._database.write(work, durable=False)

    async def load(self, model_id: str) -> dict[str, Any]:
        """What was kept for a model; empty for none."""

        def work(connection: sqlite3.Connection) -> dict[str, Any]:
            row = connection.execute("SELECT draft FROM form_drafts WHERE model_id = ?", (model_id,)).fetchone()
            found = json.loads(row[0]) if row else {}
            assert isinstance(found, dict)
            return found

        return await self._database.read(work)

    async def clear(self, model_id: str) -> None:
        """Forgets it: it was sent, or emptied."""
        await self._database.write(
            lambda connection: connection.execute("DELETE FROM form_drafts WHERE model_id = ?", (model_id,)),
            durable=False,
        )

    async def latest(self) -> str | None:
        """The model whose form was touched last."""

        def work(connection: sqlite3.Connection) -> str | None:
            row = connection.execute("SELECT model_id FROM form_drafts ORDER BY changed_at DESC LIMIT 1").fetchone()
            return str(row[0]) if row else None

        return await self._database.read(work)
