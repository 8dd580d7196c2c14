"""Jobs on the disk: their list, their results, and what the user marks them with. See `jobs_at_work` for the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .database import Database
from .instance import Instance
from .job import Job, JobState, Origin
from .job_rows import COLUMNS, insert, job_by_id, jobs_of

_HELD = (JobState.SENDING, JobState.SAVING)


@dataclass(frozen=True, slots=True)
class Changes:
    """Jobs that are otherwise than at some revision."""

    revision: int
    """Of the store, when it was read."""
    jobs: tuple[Job, ...]
    """Hidden ones too."""


class Jobs:
    """Reads and marks them."""

    def __init__(self, database: Database, instance: Instance, now: Callable[[], datetime]) -> None:
        self._database = database
        self._instance = instance
        self._now = now

    async def add(self, jobs: Sequence[Job]) -> tuple[Job, ...]:
        """Writes down jobs of one request, or a single one. What is being sent is held by this running program.

        Args:
            jobs: Their ids are not looked at; batch and places are set unless the first one names a batch.

        Returns:
            As they are stored.

        Raises:
            StoreError: Nothing was written down; nothing may be sent.
        """

        def work(connection: sqlite3.Connection) -> tuple[Job, ...]:
            added: list[int] = []
            batch = jobs[0].batch
            for place, job in enumerate(jobs):
                if not jobs[0].batch:
                    job = replace(job, batch=batch, place_in_batch=place)
                added.append(insert(connection, job, self._instance.id if job.state in _HELD else None))
                batch = batch or added[0]
            return tuple(job_by_id(connection, job_id) for job_id in added)

        return await self._database.write(work)

    async def add_found(self, jobs: Iterable[Job]) -> tuple[Job, ...]:
        """Writes down jobs that the server lists and nobody here knows. Those whose id is known are left out."""

        def work(connection: sqlite3.Connection) -> tuple[Job, ...]:
            added = []
            for job in jobs:
                known = "SELECT 1 FROM jobs WHERE generation_id = ?"
                if connection.execute(known, (job.generation_id,)).fetchone() is None:
                    added.append(insert(connection, job, None))
            return tuple(job_by_id(connection, job_id) for job_id in added)

        return await self._database.write(work)

    async def get(self, job_id: int) -> Job:
        """One job, hidden or not.

        Raises:
            NotFound: There is none.
        """
        return await self._database.read(lambda connection: job_by_id(connection, job_id))

    async def by_generation(self, generation_ids: Collection[str]) -> dict[str, Job]:
        """The jobs that the server calls by these ids, hidden ones too."""

        def work(connection: sqlite3.Connection) -> dict[str, Job]:
            query = f"SELECT {COLUMNS} FROM jobs WHERE generation_id = ?"
            found = [job for each in generation_ids for job in jobs_of(connection.execute(query, (each,)))]
            return {job.generation_id: job for job in found if job.generation_id is not None}

        return await self._database.read(work)

    async def changed_since(self, revision: int) -> Changes:
        """What changed after a revision, by whichever program; with 0 all there is. Costs next to nothing if none."""

        def work(connection: sqlite3.Connection) -> Changes:
            (newest,) = connection.execute("SELECT revision FROM job_watch").fetchone()
            if newest == revision:
                return Changes(newest, ())
            rows = connection.execute(f"SELECT {COLUMNS} FROM jobs WHERE revision > ?", (revision,))
            return Changes(newest, tuple(jobs_of(rows)))

        return await self._database.read(work)

    async def shown(self) -> tuple[Job, ...]:
        """All that are not hidden and are jobs (no files that were only opened here), newest first."""
        return await self._select("NOT hidden AND origin <> ? ORDER BY created_at DESC, id DESC", (Origin.OPENED,))

    async def active(self) -> tuple[Job, ...]:
        """Those that will change by themselves, oldest first."""
        states = [state for state in JobState if state.is_active]
        return await self._select(f"state IN ({', '.join('?' * len(states))}) ORDER BY id", states)

    async def durations(self, most: int) -> dict[tuple[str, str], list[float]]:
        """Seconds that the last successful runs from here took by model and kind, the oldest first.

        Args:
            most: For each model and kind.
        """

        def work(connection: sqlite3.Connection) -> dict[tuple[str, str], list[float]]:
            rows = connection.execute(
                """SELECT model, kind, took FROM (
                       SELECT model, kind, took, ended_at,
                           row_number() OVER (PARTITION BY model, kind ORDER BY ended_at DESC) AS age
                       FROM jobs WHERE took IS NOT NULL AND origin <> 'elsewhere'
                   ) WHERE age <= ? ORDER BY ended_at""",
                (most,),
            )
            found: dict[tuple[str, str], list[float]] = {}
            for model, kind, took in rows:
                found.setdefault((model, kind), []).append(took)
            return found

        return await self._database.read(work)

    # --- results

    async def results(self, limit: int = -1, after: Job | None = None) -> tuple[Job, ...]:
        """Jobs with a file, newest first, without those in the trash.

        Args:
            limit: At most so many; -1 is all.
            after: The last one of the page before.
        """
        where, values = "file IS NOT NULL AND deleted_at IS NULL", list[object]()
        if after is not None and after.ended_at is not None:
            where += " AND (ended_at, id) < (?, ?)"
            values += [after.ended_at.timestamp(), after.id]
        return await self._select(f"{where} ORDER BY ended_at DESC, id DESC LIMIT ?", [*values, limit])

    async def trash(self) -> tuple[Job, ...]:
        """Jobs whose result was put into the trash, the last one first."""
        return await self._select("deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC", ())

    async def children(self, job_id: int) -> tuple[Job, ...]:
        """Jobs into which the result of this one was put, oldest first."""
        made_of = "EXISTS (SELECT 1 FROM json_each(parents) WHERE value = ?)"
        return await self._select(f"parents IS NOT NULL AND {made_of} ORDER BY id", (job_id,))

    async def set_favourite(self, job_ids: Collection[int], favourite: bool) -> None:
        """Stars them, or takes the star away."""
        await self._mark("favourite", favourite, job_ids)

    async def set_hidden(self, job_ids: Collection[int], hidden: bool) -> None:
        """Takes them out of the list of jobs, or back in. Their results stay."""
        await self._mark("hidden", hidden, job_ids)

    async def set_deleted(self, job_ids: Collection[int], deleted: bool) -> None:
        """Notes that their results were put into the trash, or taken out of it."""
        await self._mark("deleted_at", self._now().timestamp() if deleted else None, job_ids)

    async def _select(self, where: str, values: Sequence[object]) -> tuple[Job, ...]:
        def work(connection: sqlite3.Connection) -> tuple[Job, ...]:
            return tuple(jobs_of(connection.execute(f"SELECT {COLUMNS} FROM jobs WHERE {where}", values)))

        return await self._database.read(work)

    async def _mark(self, column: str, value: object, job_ids: Collection[int]) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                f"UPDATE jobs SET {column} = ? WHERE id = ?", [(value, job_id) for job_id in job_ids]
            )

        await self._database.write(work)
