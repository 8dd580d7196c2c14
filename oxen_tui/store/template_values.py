"""What the fields of prompt templates were filled with last. Kept where drafts are: it is what was being written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from .database import Database


class TemplateValues:
    """Reads and writes them by the names of templates."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, template: str) -> dict[str, str]:
        """Values by the names of fields."""

        def work(connection: sqlite3.Connection) -> dict[str, str]:
            row = connection.execute("SELECT text FROM drafts WHERE place = ?", (_place(template),)).fetchone()
            return {str(name): str(value) for name, value in json.loads(row[0]).items()} if row else {}

        return await self._database.read(work)

    async def save(self, template: str, values: Mapping[str, str]) -> None:
        """Keeps these beside those of other fields of the template."""

        def work(connection: sqlite3.Connection) -> None:
            row = connection.execute("SELECT text FROM drafts WHERE place = ?", (_place(template),)).fetchone()
            known = json.loads(row[0]) if row else {}
            written = json.dumps({**known, **values}, ensure_ascii=False)
            connection.execute(
                "INSERT INTO drafts VALUES (?, ?) ON CONFLICT DO UPDATE SET text = excluded.text",
                (_place(template), written),
            )

        await self._database.write(work, durable=False)

    async def rename(self, template: str, new: str) -> None:
        """A template has another name."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE OR REPLACE drafts SET place = ? WHERE place = ?", (_place(new), _place(template))
            )

        await self._database.write(work, durable=False)


def _place(template: str) -> str:
    return f"fields of template {template}"
