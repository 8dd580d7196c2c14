"""Jobs as the list stands: those of one request together, what goes on first, then by the day it ended."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from oxen_tui.store.job import Job, JobState
from oxen_tui.widgets.jobs.places import JobGroup
from oxen_tui.widgets.jobs.row import Fold
from oxen_tui.widgets.wording import day_group

_OF_ACTIVE = (JobState.RUNNING, JobState.SAVING, JobState.WAITING, JobState.SENDING)
_OF_ENDED = (JobState.DONE, JobState.NOT_SAVED, JobState.UNKNOWN, JobState.FAILED, JobState.CANCELLED)
"""Which state stands for several jobs: the first of these that one of them is in."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one row of the list stands for."""

    key: str
    jobs: tuple[Job, ...]
    """In their places in the request; one, or those of a request that are listed."""
    fold: Fold = Fold.NONE
    of: int = 1
    """Jobs of the request in all."""

    @property
    def first(self) -> Job:
        return self.jobs[0]

    @property
    def state(self) -> JobState:
        """Of all of them, in one word."""
        states = {job.state for job in self.jobs}
        return next(state for state in (*_OF_ACTIVE, *_OF_ENDED) if state in states)

    @property
    def is_active(self) -> bool:
        return any(job.state.is_active for job in self.jobs)

    @property
    def part(self) -> str:
        """`×4` of several, `2/4` of one among several."""
        if len(self.jobs) > 1:
            return f"×{len(self.jobs)}"
        return f"{self.first.place_in_batch + 1}/{self.of}" if self.of > 1 else ""

    def having(self, *states: JobState) -> list[Job]:
        """Those in one of these states."""
        return [job for job in self.jobs if job.state in states]


class Units:
    """All rows. Made anew when jobs come, go, or end; what a job looks like is asked for when it is drawn."""

    def __init__(
        self,
        jobs: Sequence[Job],
        *,
        today: date,
        opened: Collection[int] = (),
        wanted: Callable[[Job], bool] | None = None,
    ) -> None:
        """
        Args:
            jobs: All, newest first.
            today: In the reader's own time zone.
            opened: Requests whose jobs are listed one by one, by their batch.
            wanted: Which jobs are listed; None is all.
        """
        sizes: dict[int, int] = {}
        listed: dict[int, list[Job]] = {}
        for job in jobs:
            sizes[job.batch] = sizes.get(job.batch, 0) + 1
            if wanted is None or wanted(job):
                listed.setdefault(job.batch, []).append(job)
        self.by_key: dict[str, Unit] = {}
        self._keys_of: dict[int, list[str]] = {}
        """The rows in which a job is."""
        self.count = sum(map(len, listed.values()))
        """Jobs that are listed."""
        self.groups = self._grouped(listed, sizes, today, opened)

    def renew(self, jobs: Mapping[int, Job | None]) -> bool:
        """Take these in the place of what they were. False where rows come, go or change places: make them anew."""
        for job_id, job in jobs.items():
            if job is None or job_id not in self._keys_of:
                return False
            for key in self._keys_of[job_id]:
                unit = self.by_key[key]
                was = next(each for each in unit.jobs if each.id == job_id)
                if (was.state.is_active, was.ended_at) != (job.state.is_active, job.ended_at):
                    return False
                self.by_key[key] = replace(unit, jobs=tuple(job if each is was else each for each in unit.jobs))
        return True

    def _grouped(
        self, listed: Mapping[int, list[Job]], sizes: Mapping[int, int], today: date, opened: Collection[int]
    ) -> list[JobGroup]:
        active: list[tuple[datetime, int, Unit]] = []
        ended: list[tuple[datetime, int, Unit]] = []
        for batch, jobs in listed.items():
            unit = _unit(batch, jobs, sizes[batch], batch in opened)
            if unit.is_active:
                active.append((unit.first.created_at, batch, unit))
            else:
                ended.append((_ended(unit), batch, unit))
        # By what never changes: rows stand still until they end.
        active.sort(key=lambda entry: entry[:2], reverse=True)
        ended.sort(key=lambda entry: entry[:2], reverse=True)
        titled: dict[str, list[str]] = {"": [key for *_, unit in active for key in self._keys(unit)]}
        for moment, _, unit in ended:
            titled.setdefault(day_group(moment, today), []).extend(self._keys(unit))
        return [JobGroup(title, keys) for title, keys in titled.items() if keys]

    def _keys(self, unit: Unit) -> Iterable[str]:
        units = [unit]
        if unit.fold is Fold.OPEN:
            units += [Unit(str(job.id), (job,), Fold.MEMBER, unit.of) for job in unit.jobs]
        for each in units:
            self.by_key[each.key] = each
            for job in each.jobs:
                self._keys_of.setdefault(job.id, []).append(each.key)
        return [each.key for each in units]


def _unit(batch: int, jobs: list[Job], size: int, is_open: bool) -> Unit:
    if len(jobs) == 1:
        return Unit(str(jobs[0].id), (jobs[0],), of=size)
    ordered = tuple(sorted(jobs, key=lambda job: job.place_in_batch))
    return Unit(f"b{batch}", ordered, Fold.OPEN if is_open else Fold.CLOSED, size)


def _ended(unit: Unit) -> datetime:
    return max(job.ended_at or job.created_at for job in unit.jobs)
