"""Puts a thousand jobs into the app's store before the app starts: some under way, most ended."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from oxen_tui.store.job import Job, JobState
from oxen_tui.store.store import Store
from tests.benchmarks.queue_server import generation_id


def store_jobs(store_file: Path, ended: int, active: int, kind: str) -> None:
    """Writes so many; those under way are known to `queue_server` by the same names."""
    asyncio.run(_store(store_file, ended, active, kind))


async def _store(store_file: Path, ended: int, active: int, kind: str) -> None:
    now = datetime.now(UTC)
    store = await Store.open(store_file)
    try:
        for number in range(ended):
            state = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)[number % 3]
            sent = now - timedelta(minutes=ended - number + 5)
            took = 11.0 if state is JobState.DONE else None
            job = _job(number, state, kind, sent, None)
            await store.jobs.add([_ended(job, sent + timedelta(seconds=11), took)])
        for number in range(active):
            sent = now - timedelta(seconds=20, milliseconds=number)
            await store.jobs.add([_job(number, JobState.WAITING, kind, sent, generation_id(number))])
    finally:
        await store.close()


def _job(number: int, state: JobState, kind: str, sent: datetime, name: str | None) -> Job:
    return Job(
        id=0,
        batch=0,
        place_in_batch=0,
        model="quill-3",
        kind=kind,
        state=state,
        created_at=sent,
        sent_at=sent,
        body={"prompt": f"A harbour at dusk, number {number}", "seed": number},
        prompt=f"A harbour at dusk with long reflections, number {number}",
        generation_id=name,
        estimate=0.04,
    )


def _ended(job: Job, moment: datetime, took: float | None) -> Job:
    from dataclasses import replace

    return replace(job, ended_at=moment, took=took, cost=0.04, trouble="" if took else "The provider gave up")
