"""Jobs while something happens to them, also when several running programs share the store.

Who sends a job or fetches its result holds it: its row names the running program, and no other touches it while that
one lives. One program at a time watches the server's list for all of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from .database import Database
from .instance import Instance
from .job import Job, JobState
from .job_rows import job_by_id, write_progress

_HELD = (JobState.SENDING, JobState.SAVING)
"""States in which a running program has a job in its hands."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who asks the server."""

    ours: bool
    """This running program."""
    checked_at: datetime | None = None
    """When `trouble` began: its last good look. None while all is well."""
    trouble: str = ""
    """Why the one that watches cannot."""


class JobsAtWork:
    """Moves jobs on."""

    def __init__(self, database: Database, instance: Instance, now: Callable[[], datetime]) -> None:
        self._database = database
        self._instance = instance
        self._now = now

    async def advance(self, steps: Sequence[tuple[Job, Job]], *, durable: bool = True) -> tuple[Job, ...]:
        """Writes how jobs are now. Marks of the user (hidden, favourite, deleted) are left as they are.

        Args:
            steps: Each job as it was known, and as it is. A step from a state that the row has left meanwhile, or on
                a row that another running program holds, is not taken. A generation id that was first taken for
                another program's job is handed over.
            durable: Whether it must survive a loss of power.

        Returns:
            The rows as they are now, in the order of the steps.
        """

        def work(connection: sqlite3.Connection) -> tuple[Job, ...]:
            return tuple(self._step(connection, was, now) for was, now in steps)

        return await self._database.write(work, durable=durable)

    async def take_orphans(self) -> tuple[Job, ...]:
        """Jobs that were being sent or saved by a program that has ended. They are held by this one from now on."""
        if not await self._database.read(self._orphans):
            return ()

        def work(connection: sqlite3.Connection) -> tuple[Job, ...]:
            orphans = self._orphans(connection)
            connection.executemany(
                "UPDATE jobs SET instance = ? WHERE id = ?", [(self._instance.id, job_id) for job_id in orphans]
            )
            return tuple(job_by_id(connection, job_id) for job_id in orphans)

        return await self._database.write(work)

    async def held_elsewhere(self) -> frozenset[int]:
        """Jobs that another running program sends or fetches."""

        def work(connection: sqlite3.Connection) -> frozenset[int]:
            return frozenset(
                job_id for job_id, instance in _held(connection) if instance and instance != self._instance.id
            )

        return await self._database.read(work)

    async def is_alone(self) -> bool:
        """Whether no other running program shares the store."""
        return await self._database.read(lambda _: self._instance.is_alone())

    async def take_watch(self) -> Watch:
        """Becomes the one that asks the server, unless another that runs is."""

        def look(connection: sqlite3.Connection) -> tuple[str | None, float | None, str]:
            row = connection.execute("SELECT instance, checked_at, trouble FROM job_watch").fetchone()
            return row[0], row[1], row[2]

        holder, checked_at, trouble = await self._database.read(look)
        if holder == self._instance.id:
            return Watch(True)
        if holder is not None and self._instance.lives(holder):
            since = None if checked_at is None else datetime.fromtimestamp(checked_at, UTC)
            return Watch(False, since, trouble)

        def work(connection: sqlite3.Connection) -> bool:
            taken = connection.execute(
                "UPDATE job_watch SET instance = ?, checked_at = NULL, trouble = '' WHERE instance IS ?",
                (self._instance.id, holder),
            )
            return bool(taken.rowcount)

        return Watch(await self._database.write(work, durable=False))

    async def leave_watch(self) -> None:
        """Lets another one ask the server."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE job_watch SET instance = NULL WHERE instance = ?", (self._instance.id,))

        await self._database.write(work, durable=False)

    async def tell_trouble(self, trouble: str, checked_at: datetime | None) -> None:
        """Lets the others know why nothing can be seen, or with "" that all is well again."""
        since = checked_at.timestamp() if checked_at is not None and trouble else None

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE job_watch SET checked_at = ?, trouble = ? WHERE instance = ?",
                (since, trouble, self._instance.id),
            )

        await self._database.write(work, durable=False)

    def _step(self, connection: sqlite3.Connection, was: Job, now: Job) -> Job:
        state, generation_id, holder = connection.execute(
            "SELECT state, generation_id, instance FROM jobs WHERE id = ?", (was.id,)
        ).fetchone()
        held = holder is not None and holder != self._instance.id and self._instance.lives(holder)
        if state == was.state and generation_id == was.generation_id and not held:
            if now.generation_id is not None and now.generation_id != generation_id:
                self._hand_over(connection, now.generation_id)
            write_progress(connection, now, self._instance.id if now.state in _HELD else None)
        return job_by_id(connection, was.id)

    def _hand_over(self, connection: sqlite3.Connection, generation_id: str) -> None:
        """Takes an id from the row of a job that was found in the list before its sender knew its own."""
        connection.execute(
            """UPDATE jobs SET generation_id = NULL, hidden = 1, state = 'unknown', took = NULL
               WHERE generation_id = ? AND origin = 'elsewhere'""",
            (generation_id,),
        )

    def _orphans(self, connection: sqlite3.Connection) -> list[int]:
        lives = self._instance.lives
        return [job_id for job_id, instance in _held(connection) if instance is None or not lives(instance)]


def _held(connection: sqlite3.Connection) -> list[tuple[int, str | None]]:
    return connection.execute(
        "SELECT id, instance FROM jobs WHERE state IN ('sending', 'saving') ORDER BY id"
    ).fetchall()
