"""What the dock says: jobs under way and the last ones that ended, and what was made last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from oxen_tui.panes.jobs.units import Unit
from oxen_tui.panes.jobs.words import Watched, elapsed, file_name, row_of
from oxen_tui.store.job import Job, JobState
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.jobs.bar import bar
from oxen_tui.widgets.jobs.row import JobRow, state_sign, state_tone
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.span_lines import Ends
from oxen_tui.widgets.wording import clock, money, running_time

_LOOKED_AT: Final = 60
"""Jobs that have ended among which the last are looked for: the list is by when they were begun."""
_TROUBLED: Final = (JobState.FAILED, JobState.NOT_SAVED, JobState.UNKNOWN)
_GOING: Final = (JobState.RUNNING, JobState.SAVING, JobState.WAITING, JobState.SENDING)


def units_of(jobs: Iterable[Job], most: int) -> list[Unit]:
    """The requests to be shown: what goes on, then what ended last.

    Args:
        jobs: All, newest first.
        most: Requests at most; what goes on comes first.
    """
    jobs = list(jobs)
    active = sorted((job for job in jobs if job.state.is_active), key=lambda job: _GOING.index(job.state))
    ended = sorted(islice((job for job in jobs if job.ended_at is not None), _LOOKED_AT), key=_ended, reverse=True)
    batches: dict[int, list[Job]] = {}
    for job in (*active, *(job for job in ended if not job.state.is_active)):
        batches.setdefault(job.batch, []).append(job)
    return [
        Unit(str(batch), tuple(sorted(each, key=lambda job: job.place_in_batch)), of=len(each))
        for batch, each in islice(batches.items(), most)
    ]


def latest_of(jobs: Iterable[Job]) -> Job | None:
    """The picture or clip that was made last."""
    made = (
        job
        for job in jobs
        if job.state is JobState.DONE and job.file is not None and job.deleted_at is None and job.kind != "audio"
    )
    return max(islice(made, _LOOKED_AT), key=_ended, default=None)


def head_of(jobs: Iterable[Job]) -> Ends:
    """`Queue`, and how many are in which state."""
    counted: dict[JobState, int] = {}
    for job in jobs:
        if job.state.is_active:
            counted[job.state] = counted.get(job.state, 0) + 1
    words = f" {glyph('dot')} ".join(f"{counted[state]} {state.value}" for state in _GOING if state in counted)
    return [("Queue", "title")], [(words, "faint")]


def lines_of(unit: Unit, now: datetime, queue: Watched, cells: int) -> list[Ends]:
    """One request: a line, and up to two more where there is something to be told."""
    row = row_of(unit, now, queue)
    left: list[Span] = [(f"{state_sign(row.state)} ", state_tone(row.state))]
    left += [(row.model, "bold" if row.state is JobState.RUNNING else state_tone(row.state) if row.state in _TROUBLED
              else "muted"), (f" {row.part or row.kind}", "faint")]  # fmt: skip
    job = unit.having(row.state)[0]
    if not row.state.is_active:
        return _ended_lines(row, job, left)
    passed = elapsed(job, now)
    time = row.time if passed is None else running_time(passed)
    if row.state is not JobState.RUNNING:
        right: list[Span] = [(f"{row.state.value} ", "faint"), (time, "faint")]
        return [(left, right), *([([(f"  {row.note}", row.note_tone)], [])] if row.note_tone == "warn" else [])]
    typical = queue.typical(job.model, job.kind)
    right = [(time, "text"), *([(f" of ~{running_time(typical.median)}", "faint")] if typical is not None else [])]
    lines: list[Ends] = [(left, right)]
    if row.share is not None:
        lines.append(([("  ", "text"), *bar(row.share, cells - 2, row.bar_tone)], []))
    if row.note_tone == "warn":
        lines.append(([(f"  {row.note}", "warn")], []))
    else:
        lines.append(([(f"  {row.prompt}", "muted")], []))
    return lines


def _ended_lines(row: JobRow, job: Job, left: list[Span]) -> list[Ends]:
    time: Span = (clock(job.ended_at or job.created_at), "faint")
    if row.state in _TROUBLED:
        return [(left, [time]), ([(f"  {row.note}", "muted")], [])]
    price: list[Span] = [(row.price, row.price_tone if row.price_tone != "text" else "faint"), (" ", "faint")]
    return [(left, [*price, time])]


def caption_of(job: Job) -> Sequence[Ends]:
    """What stands under a result: its name and size, what made it and for how much."""
    file = job.file
    assert file is not None
    size = f"{file.width}{glyph('times')}{file.height}" if file.width and file.height else ""
    seed = job.body.get("seed")
    parts = [job.model, *([f"seed {seed}"] if isinstance(seed, int) else [])]
    if job.cost is not None:
        parts.append(money(job.cost))
    elif job.estimate is not None:
        parts.append(money(job.estimate, estimate=True))
    return [
        ([(file_name(file), "text")], [(size, "faint")]),
        ([(f" {glyph('dot')} ".join(parts), "faint")], []),
    ]


def _ended(job: Job) -> datetime:
    return job.ended_at or job.created_at
