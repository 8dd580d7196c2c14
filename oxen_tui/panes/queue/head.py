"""The line above the list of jobs: how many run, wait and ended today, what is under way, how old that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from oxen_tui.panes.jobs.words import under_way
from oxen_tui.store.job import Job, JobState
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span, span_cells
from oxen_tui.widgets.wording import clock, count

_EDGE, _GAP = 2, 2
"""Cells beside the line, and the least between its ends."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are, and what they cost."""

    running: int = 0
    waiting: int = 0
    ended_today: int = 0
    under_way: str = ""

    @classmethod
    def of(cls, jobs: Sequence[Job], today: date) -> Counts:
        """Looks at all of them, so it is made when they change."""
        return cls(
            sum(job.state in (JobState.RUNNING, JobState.SAVING) for job in jobs),
            sum(job.state in (JobState.WAITING, JobState.SENDING) for job in jobs),
            sum(
                not job.state.is_active and (job.ended_at or job.created_at).astimezone().date() == today
                for job in jobs
            ),
            under_way(jobs),
        )

    @property
    def active(self) -> int:
        return self.running + self.waiting


@dataclass(frozen=True, slots=True)
class HeadState:
    """What the line is about."""

    counts: Counts
    checked_at: datetime | None = None
    """When the server's list was read last."""
    trouble: str = ""
    """Why it could not be read since."""
    asking: bool = False
    """Whether the user asked for it to be read, and it has not come."""
    ticking: bool = False
    """Whether times with seconds are in view. Where nothing moves, this line does not either."""


def head_words(state: HeadState, cells: int) -> tuple[list[Span], list[Span]]:
    """Left and right end. What fits of it: first goes the age, then what is under way."""
    counts = _counts(state.counts)
    money = state.counts.under_way
    dot: Span = (f" {glyph('dot')} ", "faint")
    paid: list[Span] = [(money, "muted"), (" under way", "faint")] if money else []
    age = [said] if (said := _age(state)) else []
    both = [*paid, dot, *age] if paid and age else [*paid, *age]
    choices = [both, age] if state.trouble else [both, paid, age]
    room = cells - span_cells(counts) - 2 * _EDGE - _GAP
    # What is wrong is said at the cost of the numbers.
    right = next((choice for choice in choices if span_cells(choice) <= room), age if state.trouble else [])
    return [("  ", "text"), *counts], [*right, ("  ", "text")]


def stale_words(checked_at: datetime | None) -> str:
    """Said of jobs that go on while the server is not reached."""
    return f"as of {clock(checked_at)}" if checked_at is not None else "not asked yet"


def _counts(counts: Counts) -> list[Span]:
    parts: list[Span] = []
    if counts.running:
        parts.append((f"{count(counts.running)} running", "bold"))
    if counts.waiting:
        parts.append((f"{count(counts.waiting)} waiting", "muted"))
    if counts.ended_today or not parts:
        ended = f"{count(counts.ended_today)} ended today"
        parts.append((ended if counts.ended_today else "nothing under way", "muted"))
    spans: list[Span] = []
    for number, part in enumerate(parts):
        spans += [(f" {glyph('dot')} ", "faint"), part] if number else [part]
    return spans


def _age(state: HeadState) -> Span | None:
    if state.trouble:
        return f"{state.trouble}, {stale_words(state.checked_at)}", "warn"
    if state.asking:
        return "asking the server", "faint"
    if state.checked_at is None or not state.counts.active:
        return None
    # The second is written once a second: only where something else is, too.
    form = "%H:%M:%S" if state.ticking else "%H:%M"
    return f"checked {state.checked_at.astimezone().strftime(form)}", "faint"
