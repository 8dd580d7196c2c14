"""What was spent: a row for each answer and each job, written by the store itself (migration 0004).

Sums are as certain as what they are made of. Where the server does not say what it charged, the estimate stands in;
where there is none either, the sum says that it is only a lower bound.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from .database import Database
from .instance import Instance

AMOUNT = "CASE WHEN standing IN ('paid', 'open') THEN coalesce(actual, estimate) ELSE actual END"
UNKNOWN = "(standing = 'unclear' OR standing <> 'nothing' AND estimate IS NULL) AND actual IS NULL"
COUNTED = "(standing <> 'nothing' OR actual > 0)"
"""Rows that an account names: also a failure that the server charged all the same."""
_SUM = f"SELECT coalesce(sum({AMOUNT}), 0.0), coalesce(max({UNKNOWN}), 0) FROM spending"


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount of money, as far as it is known."""

    dollars: float = 0.0
    is_partial: bool = False
    """Whether something in it has no known price: it is then only a lower bound."""

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.dollars + other.dollars, self.is_partial or other.is_partial)


@dataclass(frozen=True, slots=True)
class Sums:
    """How things stand at a moment."""

    session: Sum = Sum()
    """What this running program asked for and is over."""
    session_open: Sum = Sum()
    """What it asked for and still runs, by its estimates."""
    today: Sum = Sum()
    """What all running programs asked for since a moment, and is over."""
    today_open: Sum = Sum()
    """What still runs, whenever it was asked for."""


class Ledger:
    """Reads what was spent."""

    def __init__(self, database: Database, instance: Instance) -> None:
        self._database = database
        self._session = instance.id

    async def asked(self, source: str, model: str, at: datetime, estimate: float | None) -> int:
        """Writes down a request that nothing else keeps, before it is sent. It may be billed until `settle`.

        Args:
            source: What it is for, in a word.
            model: Asked.
            at: When.
            estimate: US dollars; None is unknown.

        Returns:
            Its number among those of the same source.
        """

        def work(connection: sqlite3.Connection) -> int:
            connection.execute(
                """INSERT INTO spending (source, reference, session, asked_at, model, standing, estimate)
                   SELECT ?1, coalesce(max(reference), 0) + 1, ?2, ?3, ?4, 'unclear', ?5
                   FROM spending WHERE source = ?1""",
                (source, self._session, at.timestamp(), model, estimate),
            )
            row = connection.execute("SELECT max(reference) FROM spending WHERE source = ?", (source,)).fetchone()
            return int(row[0])

        return await self._database.write(work)

    async def settle(
        self, source: str, reference: int, estimate: float | None, actual: float | None = None, *, billed: bool = True
    ) -> None:
        """Writes down what such a request came to: an estimate, what the server said, or (not billed) nothing."""
        values = ("paid" if billed else "nothing", estimate, actual, source, reference)
        await self._database.write(
            lambda connection: connection.execute(
                "UPDATE spending SET standing = ?, estimate = ?, actual = ? WHERE source = ? AND reference = ?",
                values,
            )
        )

    async def sums(self, since: datetime) -> Sums:
        """What was spent by this running program, and by all since a moment."""

        def work(connection: sqlite3.Connection) -> Sums:
            def summed(where: str, *values: object) -> Sum:
                dollars, is_partial = connection.execute(f"{_SUM} WHERE {where}", values).fetchone()
                return Sum(dollars, bool(is_partial))

            return Sums(
                summed("session = ? AND standing <> 'open'", self._session),
                summed("session = ? AND standing = 'open'", self._session),
                summed("asked_at >= ? AND standing <> 'open'", since.timestamp()),
                summed("standing = 'open'"),
            )

        return await self._database.read(work)

    async def between(self, moments: Collection[tuple[datetime, datetime]]) -> list[Sum]:
        """What was spent in spans of time, such as days; what still runs is in them by its estimate.

        Args:
            moments: From when, and up to before when.
        """

        def work(connection: sqlite3.Connection) -> list[Sum]:
            found = []
            for begin, end in moments:
                span = (begin.timestamp(), end.timestamp())
                row = connection.execute(f"{_SUM} WHERE asked_at >= ? AND asked_at < ?", span).fetchone()
                found.append(Sum(row[0], bool(row[1])))
            return found

        return await self._database.read(work)

    async def without_actual(self, since: datetime) -> frozenset[str]:
        """Generations that have ended and of which the server has not said what it charged; by its own ids."""

        def work(connection: sqlite3.Connection) -> frozenset[str]:
            rows = connection.execute(
                """SELECT jobs.generation_id FROM spending JOIN jobs ON jobs.id = spending.reference
                   WHERE spending.source = 'job' AND spending.asked_at >= ? AND spending.actual IS NULL
                       AND spending.standing IN ('paid', 'unclear') AND jobs.generation_id IS NOT NULL""",
                (since.timestamp(),),
            )
            return frozenset(generation_id for (generation_id,) in rows)

        return await self._database.read(work)

    async def learn(self, charged: Mapping[str, float]) -> None:
        """Notes what the server charged for generations, in US dollars by its own ids, with their jobs too."""

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "UPDATE jobs SET cost = ? WHERE generation_id = ? AND cost IS NOT ?",
                [(cost, generation_id, cost) for generation_id, cost in charged.items()],
            )

        if charged:
            await self._database.write(work, durable=False)
