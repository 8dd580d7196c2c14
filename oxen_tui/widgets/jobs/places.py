"""Where jobs stand in a list: under titles, some lines each. Costs the same for ten jobs and for ten thousand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JobGroup:
    """Jobs under one title."""

    title: str
    """"" is none."""
    keys: Sequence[str]


@dataclass(frozen=True, slots=True)
class Place:
    """What stands on one line: a title, or a line of a job."""

    title: str = ""
    index: int = 0
    """The job, counted over all groups."""
    row: int = 0
    """Which of its lines, from 0."""
    is_job: bool = False


class JobPlaces:
    """Groups of jobs, laid out with so many lines for each job."""

    def __init__(self, groups: Sequence[JobGroup], rows: int, pitch: int) -> None:
        """
        Args:
            groups: In the order in which they stand.
            rows: Lines of a job.
            pitch: Lines from one job to the next, blank ones included.
        """
        self._groups = [group for group in groups if group.keys]
        self.keys = [key for group in self._groups for key in group.keys]
        self._rows, self._pitch = rows, pitch
        self._title_lines = 2 if pitch > rows else 1
        self._firsts: list[int] = []
        """Index of each group's first job."""
        self._starts: list[int] = []
        """The line on which it begins."""
        line = first = 0
        for group in self._groups:
            if self._starts and pitch == rows:
                line += 1  # a blank line where the jobs bring none of their own
            line += self._title_lines if group.title else 0
            self._firsts.append(first)
            self._starts.append(line)
            line += pitch * len(group.keys)
            first += len(group.keys)
        self.height = line - (pitch - rows) if self._groups else 0
        """Lines of all of it."""
        self._index = {key: index for index, key in enumerate(self.keys)}

    def find(self, key: str) -> int | None:
        """The index of a job."""
        return self._index.get(key)

    def line_of(self, index: int) -> int:
        """The first line of a job."""
        group = bisect_right(self._firsts, index) - 1
        return self._starts[group] + (index - self._firsts[group]) * self._pitch

    def top_of(self, index: int) -> int:
        """The same, or the line of the title above, if the job is the first below it."""
        group = bisect_right(self._firsts, index) - 1
        titled = index == self._firsts[group] and bool(self._groups[group].title)
        return self.line_of(index) - (self._title_lines if titled else 0)

    def at(self, line: int) -> Place:
        """What stands on a line."""
        group = bisect_right(self._starts, line) - 1
        if group >= 0:
            number, row = divmod(line - self._starts[group], self._pitch)
            if number < len(self._groups[group].keys):
                return Place(index=self._firsts[group] + number, row=row, is_job=row < self._rows)
        if group + 1 < len(self._groups) and self._starts[group + 1] == line + self._title_lines:
            return Place(title=self._groups[group + 1].title)
        return Place()

    def within(self, top: int, height: int) -> range:
        """Indexes of the jobs of which a line is among these."""
        if not self.keys or height <= 0:
            return range(0)
        first = next((place.index for line in range(top, top + height) if (place := self.at(line)).is_job), None)
        if first is None:
            return range(0)
        lines = range(top + height - 1, top - 1, -1)
        last = next(place.index for line in lines if (place := self.at(line)).is_job)
        return range(first, last + 1)
