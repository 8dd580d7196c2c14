"""A job that ends is told by a toast, and through the terminal where nobody looks; the header keeps the sum."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from oxen_tui.app import OxenTuiApp
from oxen_tui.panes.jobs.announcer import Announcer
from oxen_tui.services.announcements import Announcement
from oxen_tui.settings import Settings
from oxen_tui.store.job import Job, JobState
from oxen_tui.widgets.pane_bar import PaneBar
from tests.services.jobs_made import job_made
from tests.test_app import opened, until

DONE = Announcement("3 pictures done", False, (job_made(state=JobState.DONE),))
FAILED = Announcement("moss-image-xl failed: too dark", True, (job_made(state=JobState.FAILED),))


@asynccontextmanager
async def announcing(home: Path, monkeypatch: pytest.MonkeyPatch, **settings: Any) -> AsyncIterator[Any]:
    """The app, its pilot and what was written to the terminal, in a terminal that says when it is looked at."""
    for name in ("TMUX", "STY", "KITTY_WINDOW_ID", "LC_TERMINAL", "TERM_PROGRAM", "VTE_VERSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-kitty")
    written: list[str] = []
    async with opened(home) as (app, pilot):
        app.settings = replace(app.settings, **settings)
        monkeypatch.setattr(app, "write_to_terminal", written.append)
        await until(pilot, lambda: bool(app.screen.query(Announcer)))
        yield app, pilot, written
        monkeypatch.undo()


async def tell(app: OxenTuiApp, pilot: Pilot[Any], announcement: Announcement) -> None:
    app.screen.query_one(Announcer).post_message(Announcer.Announced(announcement))
    await pilot.pause()


def toasts(app: OxenTuiApp) -> list[str]:
    return [each.message for each in app._notifications]


async def test_a_toast_tells_whoever_looks_at_another_pane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with announcing(tmp_path, monkeypatch) as (app, pilot, written):
        await tell(app, pilot, DONE)
        await tell(app, pilot, FAILED)

        assert toasts(app) == ["✓ 3 pictures done", "✕ moss-image-xl failed: too dark · alt+4 opens the queue"]
        assert written == []


@pytest.mark.parametrize(("announce", "begins"), [("auto", "\x1b]99;"), ("bell", "\x07"), ("off", None)])
async def test_the_terminal_tells_whoever_looks_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, announce: str, begins: str | None
) -> None:
    async with announcing(tmp_path, monkeypatch, announce=announce) as (app, pilot, written):
        app.app_focus = False
        await tell(app, pilot, DONE)

        assert [each[: len(begins or "")] for each in written] == ([begins] if begins else [])


async def test_in_tmux_nobody_knows_where_the_eyes_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with announcing(tmp_path, monkeypatch) as (app, pilot, written):
        monkeypatch.setenv("TMUX", "x")
        await tell(app, pilot, DONE)

        assert written[0].startswith("\x07\x1bPtmux;")


async def test_the_header_has_the_sum_when_a_job_is_paid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with announcing(tmp_path, monkeypatch) as (app, pilot, _):
        session = app.session
        (sent,) = await session.store.jobs.add([job_made(batch=0, state=JobState.SENDING)])
        await session.store.jobs_at_work.advance([(sent, replace(sent, state=JobState.FAILED, cost=0.06))])
        session.spending.look_soon()

        await until(pilot, lambda: app.screen.query_one(PaneBar).spent == 0.06)


class OneJob:
    """A queue with one job, for the widget that hears of it."""

    def __init__(self) -> None:
        self.only = job_made(state=JobState.RUNNING)
        self.hear: Callable[[frozenset[int]], None] = lambda _: None

    @property
    def jobs(self) -> tuple[Job, ...]:
        return (self.only,)

    def job(self, job_id: int) -> Job:
        return self.only

    def subscribe(self, listener: Callable[[frozenset[int]], None]) -> Callable[[], None]:
        self.hear = listener
        return lambda: None


class PlayedSession:
    def __init__(self, settings: Settings) -> None:
        self.generations, self.settings = OneJob(), settings
        self.spending = OneJob()  # tells nothing by itself


@pytest.mark.parametrize(("which", "told"), [("each", 1), ("never", 0)])
async def test_the_settings_say_which_ends_are_told(which: str, told: int) -> None:
    from tests.widgets.host import Host

    session = PlayedSession(Settings(announce_jobs=which))
    app = Host(Announcer(session), hears=(Announcer.Announced,))  # type: ignore[arg-type]
    async with app.run_test() as pilot:
        monkey = app.query_one(Announcer)
        calls: list[Callable[[], None]] = []
        monkey._announcements._later = lambda seconds, call: calls.append(call) or (lambda: None)  # type: ignore[func-returns-value]
        session.generations.only = job_made(state=JobState.DONE)
        session.generations.hear(frozenset([12]))
        for call in calls:
            call()
        await pilot.pause()

        assert len(app.heard) == told
