"""Presets: what conversations are begun with again and again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from .conversation_settings import ConversationSettings, settings_from, written_settings
from .database import Database


@dataclass(frozen=True, slots=True)
class Preset:
    """A model and what is set for it, under a name."""

    name: str
    model: str
    system_prompt: str = ""
    settings: ConversationSettings = field(default_factory=ConversationSettings)


class Presets:
    """Keeps and lists them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[Preset]:
        """All of them, by name."""

        def work(connection: sqlite3.Connection) -> list[Preset]:
            rows = connection.execute(
                "SELECT name, model, system_prompt, settings FROM presets ORDER BY name COLLATE NOCASE"
            )
            return [Preset(row[0], row[1], row[2], settings_from(row[3])) for row in rows]

        return await self._database.read(work)

    async def save(self, preset: Preset) -> None:
        """Keeps it, in the place of one with the same name."""
        row = (preset.name, preset.model, preset.system_prompt, written_settings(preset.settings))
        await self._database.write(
            lambda connection: connection.execute("INSERT OR REPLACE INTO presets VALUES (?, ?, ?, ?)", row)
        )

    async def delete(self, name: str) -> None:
        """Takes it away; saving it again undoes that."""
        await self._database.write(
            lambda connection: connection.execute("DELETE FROM presets WHERE name = ?", (name,))
        )
