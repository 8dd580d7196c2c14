"""What the user does with models: stars them, uses them, looks at the catalogue."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from .database import Database

_MOST_USED_KEPT = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """A look at the catalogue that has ended."""

    left_at: datetime
    seen: Mapping[str, str]
    """The models it listed, by id, with their prices as text."""


class ModelNotes:
    """Reads and writes them."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def favourites(self) -> dict[str, bool]:
        """The starred models by id, in the order they were; True for the server's own stars."""

        def work(connection: sqlite3.Connection) -> dict[str, bool]:
            rows = connection.execute(
                "SELECT model_id, on_server FROM favourite_models ORDER BY starred_at, model_id"
            )
            return {model_id: bool(on_server) for model_id, on_server in rows}

        return await self._database.read(work)

    async def star(self, model_id: str, *, on_server: bool) -> None:
        """Makes a model a favourite."""
        now = self._now().timestamp()

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                """INSERT INTO favourite_models VALUES (?, ?, ?)
                   ON CONFLICT (model_id) DO UPDATE SET on_server = excluded.on_server""",
                (model_id, on_server, now),
            )

        await self._database.write(work)

    async def unstar(self, model_id: str) -> None:
        """Undoes `star`."""
        await self._database.write(
            lambda connection: connection.execute("DELETE FROM favourite_models WHERE model_id = ?", (model_id,))
        )

    async def keep_server_favourites(self, model_ids: Collection[str]) -> None:
        """Takes over the server's stars for those it gave before. Stars of our own stay."""
        now = self._now().timestamp()

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM favourite_models WHERE on_server")
            connection.executemany(
                """INSERT INTO favourite_models VALUES (?, 1, ?)
                   ON CONFLICT (model_id) DO UPDATE SET on_server = 1""",
                [(model_id, now) for model_id in model_ids],
            )

        await self._database.write(work, durable=False)

    async def use(self, model_id: str) -> None:
        """Notes that a model was used just now."""
        now = self._now().timestamp()

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                """INSERT INTO used_models VALUES (?, ?, 1)
                   ON CONFLICT (model_id) DO UPDATE SET used_at = excluded.used_at, times = times + 1""",
                (model_id, now),
            )
            connection.execute(
                """DELETE FROM used_models WHERE model_id NOT IN
                       (SELECT model_id FROM used_models ORDER BY used_at DESC LIMIT ?)""",
                (_MOST_USED_KEPT,),
            )

        await self._database.write(work, durable=False)

    async def used(self, limit: int) -> list[str]:
        """The models used last, the last one first."""

        def work(connection: sqlite3.Connection) -> list[str]:
            rows = connection.execute("SELECT model_id FROM used_models ORDER BY used_at DESC LIMIT ?", (limit,))
            return [model_id for (model_id,) in rows]

        return await self._database.read(work)

    async def visits(self) -> tuple[Visit | None, Visit | None]:
        """The last visit, and the one that was compared with during the last."""

        def work(connection: sqlite3.Connection) -> tuple[Visit | None, Visit | None]:
            rows = connection.execute("SELECT visit, left_at, seen FROM catalogue_visits")
            kept = {visit: _visit(left_at, seen) for visit, left_at, seen in rows}
            return kept.get("last"), kept.get("before")

        return await self._database.read(work)

    async def leave(self, seen: Mapping[str, str], *, is_new_visit: bool) -> None:
        """Ends a visit.

        Args:
            seen: What the catalogue holds.
            is_new_visit: Whether the visit is another than the last one: that is then the one before.
        """
        now = self._now().timestamp()

        def work(connection: sqlite3.Connection) -> None:
            if is_new_visit:
                connection.execute(
                    "INSERT OR REPLACE INTO catalogue_visits "
                    "SELECT 'before', left_at, seen FROM catalogue_visits WHERE visit = 'last'"
                )
            connection.execute(
                "INSERT OR REPLACE INTO catalogue_visits VALUES ('last', ?, ?)", (now, _seen_as_text(seen))
            )

        await self._database.write(work, durable=False)


def _seen_as_text(seen: Mapping[str, str]) -> str:
    """Prices once each: most models share theirs with others."""
    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(price, len(numbers)) for price in seen.values()]
    return json.dumps([list(seen), list(numbers), codes], separators=(",", ":"))


def _visit(left_at: float, text: str) -> Visit:
    ids, prices, codes = json.loads(text)
    seen = {model_id: prices[code] for model_id, code in zip(ids, codes, strict=True)}
    return Visit(datetime.fromtimestamp(left_at, UTC), seen)
