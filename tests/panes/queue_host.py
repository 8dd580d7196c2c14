"""A queue pane in an app of its own, over a queue that a test fills."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from oxen_tui.panes import wanted
from oxen_tui.panes.queue.pane import QueuePane
from oxen_tui.services.clock import Clock
from oxen_tui.services.queue.not_saved import NotSaved
from oxen_tui.services.session import Session
from oxen_tui.settings import Settings
from oxen_tui.store.job import Job, ResultFile
from oxen_tui.widgets import palette
from oxen_tui.widgets.jobs.list import JobList
from tests.panes.jobs_made import NOW, FakeQueue
from tests.widgets.host import lines


@dataclass
class Time:
    """A clock that a test moves."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def pass_(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class FakeResults:
    """Notes what is saved where."""

    folder: Path = Path("/results")
    saved: list[tuple[int, str]] = field(default_factory=list)
    refuses: str = ""

    def path(self, file: ResultFile) -> Path:
        return self.folder / file.name

    async def save_as(self, job: Job, to: str) -> Path:
        if self.refuses:
            raise NotSaved(self.refuses)
        self.saved.append((job.id, to))
        return Path(to) / f"{job.id}.png"


@dataclass
class FakeThumbnails:
    """Has none, and notes what is wanted."""

    wanted: list[int] = field(default_factory=list)

    def get(self, job_id: int, box: tuple[int, int]) -> None:
        return None

    def want(self, wanted: Any) -> None:
        self.wanted = [each.job_id for each in wanted]

    def subscribe(self, listener: Any) -> Any:
        return lambda: None


@dataclass
class FakeStoredJobs:
    """Puts jobs back into the queue they were taken from."""

    queue: FakeQueue
    taken: dict[int, Job] = field(default_factory=dict)

    async def set_hidden(self, job_ids: Any, hidden: bool) -> None:
        self.queue.asked.append(("hidden" if hidden else "shown", sorted(job_ids)))


class QueueHost(App[None]):
    """Keeps what the pane tells, and what is copied."""

    CSS = "Screen { background: $bg; color: $text; } #queue { height: 1fr; }"

    def __init__(self, queue: FakeQueue) -> None:
        super().__init__()
        palette.install(self)
        self.queue, self.time, self.results, self.thumbnails = queue, Time(), FakeResults(), FakeThumbnails()
        session = SimpleNamespace(
            generations=queue,
            clock=Clock(self.time.now),
            settings=Settings(),
            spending=SimpleNamespace(would_pass=lambda estimate: self.budget_question),
            results=self.results,
            thumbnails=self.thumbnails,
            store=SimpleNamespace(jobs=FakeStoredJobs(queue)),
        )
        self.pane = QueuePane(cast(Session, session))
        self.budget_question: str | None = None
        """What a budget has to say to whatever is to be sent."""
        self.heard: list[Any] = []
        self.copied: list[str] = []

    def get_css_variables(self) -> dict[str, str]:
        return palette.with_tokens(super().get_css_variables())

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.pane.focus()

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)

    async def _dispatch_message(self, message: Message) -> None:
        if type(message).__module__ == wanted.__name__ or type(message).__qualname__.startswith(
            ("QueuePage.", "Pane.")
        ):
            self.heard.append(message)
        await super()._dispatch_message(message)

    @property
    def keys(self) -> list[str]:
        return list(self.pane.query_one(JobList).keys)

    @property
    def rows(self) -> list[str]:
        return lines(self.pane.query_one(JobList))

    @property
    def here(self) -> str:
        return self.pane.query_one(JobList).highlighted


async def settled(pilot: Pilot[Any]) -> None:
    """Until what was told is drawn, and what was begun is done."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
