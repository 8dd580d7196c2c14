"""Jobs as rows of the store, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from .errors import NotFound
from .job import Job, JobState, Origin, ResultFile

_IDENTITY = ("id", "batch", "place_in_batch", "created_at", "origin", "sync", "message_id", "prompt", "body")
_PROGRESS = (
    *("model", "kind", "state", "generation_id", "status_word", "sent_at", "started_at", "ended_at", "seen_at"),
    *("took", "estimate", "cost", "billed", "trouble", "retryable", "namespace", "result_url", "file", "parents"),
)
_LEARNT = ("cost", "billed")
_MARKS = ("hidden", "favourite", "deleted_at")

COLUMNS = ", ".join((*_IDENTITY, *_PROGRESS, *_MARKS))
"""What `job_from` expects of a query over `jobs`."""

_ADDED = (*_IDENTITY[1:], *_PROGRESS, *_MARKS)
_INSERT = f"INSERT INTO jobs ({', '.join(_ADDED)}, instance) VALUES ({', '.join('?' * (len(_ADDED) + 1))})"
_TIMES = frozenset({"created_at", "sent_at", "started_at", "ended_at", "seen_at", "deleted_at"})
_TRUTHS = frozenset({"sync", "billed", "retryable", "hidden", "favourite"})


def insert(connection: sqlite3.Connection, job: Job, instance: str | None) -> int:
    """Writes a new row. `job.id` is not looked at; a batch of 0 is the row's own id.

    Returns:
        The row's id.
    """
    cursor = connection.execute(_INSERT, (*(_written(job, name) for name in _ADDED), instance))
    assert cursor.lastrowid is not None
    if not job.batch:
        connection.execute("UPDATE jobs SET batch = id WHERE id = ?", (cursor.lastrowid,))
    return cursor.lastrowid


def write_progress(connection: sqlite3.Connection, job: Job, instance: str | None) -> None:
    """Writes what changes while a job goes on.

    What the user marks it with stays as it is, and what is known of its price: others learn of that too.
    """
    settings = ", ".join(f"{name} = coalesce(?, {name})" if name in _LEARNT else f"{name} = ?" for name in _PROGRESS)
    connection.execute(
        f"UPDATE jobs SET {settings}, instance = ? WHERE id = ?",
        (*(_written(job, name) for name in _PROGRESS), instance, job.id),
    )


def jobs_of(rows: Iterable[tuple[Any, ...]]) -> list[Job]:
    """Jobs of rows of `COLUMNS`."""
    return [_job_from(row) for row in rows]


def job_by_id(connection: sqlite3.Connection, job_id: int) -> Job:
    """One job.

    Raises:
        NotFound: There is none.
    """
    row = connection.execute(f"SELECT {COLUMNS} FROM jobs WHERE id = ?", (job_id,)).fetchone()
    if row is None:
        raise NotFound("This job is not in the store", "It belongs to another place, or the store was replaced.")
    return _job_from(row)


def _written(job: Job, name: str) -> Any:
    value = getattr(job, name)
    if value is None:
        return None
    if name in _TIMES:
        return value.timestamp()
    if name == "body":
        return json.dumps(dict(value), ensure_ascii=False, separators=(",", ":"))
    if name == "file":
        return json.dumps(asdict(value), ensure_ascii=False)
    if name == "parents":
        return json.dumps(value) if value else None
    return value


def _job_from(row: tuple[Any, ...]) -> Job:
    values = dict(zip((*_IDENTITY, *_PROGRESS, *_MARKS), row, strict=True))
    for name in _TIMES:
        if values[name] is not None:
            values[name] = datetime.fromtimestamp(values[name], UTC)
    for name in _TRUTHS:
        if values[name] is not None:
            values[name] = bool(values[name])
    values["state"], values["origin"] = JobState(values["state"]), Origin(values["origin"])
    values["body"] = json.loads(values["body"])
    values["file"] = ResultFile(**json.loads(values["file"])) if values["file"] else None
    values["parents"] = tuple(json.loads(values["parents"])) if values["parents"] else ()
    return Job(**values)
