"""The dock beside the conversation."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from oxen_tui.panes.jobs import dock as dock_module
from oxen_tui.panes.jobs.dock import Dock
from oxen_tui.panes.wanted import ViewWanted
from oxen_tui.services.clock import Clock
from oxen_tui.services.session import Session
from oxen_tui.store.job import JobState, ResultFile
from oxen_tui.widgets import palette
from oxen_tui.widgets.picture.picture import Picture
from oxen_tui.widgets.span_lines import SpanLines
from tests.media.media_files import picture
from tests.panes.jobs_made import NOW, FakeQueue, job
from tests.scenes.stage import until


class DockHost(App[None]):
    CSS = "Dock { display: block; } .-undocked Dock { display: none; }"

    def __init__(self, queue: FakeQueue, folder: Path) -> None:
        super().__init__()
        palette.install(self)
        results = SimpleNamespace(path=lambda file: folder / file.name)
        session = SimpleNamespace(generations=queue, clock=Clock(lambda: NOW), results=results)
        self.dock = Dock(cast(Session, session))
        self.heard: list[Any] = []

    def get_css_variables(self) -> dict[str, str]:
        return palette.with_tokens(super().get_css_variables())

    def compose(self) -> ComposeResult:
        yield self.dock

    def on_view_wanted(self, event: ViewWanted) -> None:
        self.heard += event.paths

    def on_dock_queue_wanted(self) -> None:
        self.heard.append("queue")

    def said(self, name: str) -> list[str]:
        return self.query_one(f"#dock-{name}", SpanLines).plain


async def _filled(app: DockHost, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: bool(app.query("#dock-jobs") and app.said("jobs")), "what is in the dock")


async def test_it_is_filled_when_it_is_seen_and_follows_the_queue(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(dock_module, "_FIRST", 0.02)
    (tmp_path / "ox.png").write_bytes(picture("PNG", (60, 40)))
    queue = FakeQueue(job(1, JobState.RUNNING, 30))
    app = DockHost(queue, tmp_path)
    async with app.run_test(size=(150, 40)) as pilot:
        await _filled(app, pilot)
        assert app.said("jobs")[0] == "Queue  1 running"
        assert app.said("latest") == []
        queue.put(job(1, JobState.DONE, 30, file=ResultFile("ox.png", "image/png", 300, 60, 40)))
        await until(pilot, lambda: app.said("jobs")[0] == "Queue", "the job is done")
        assert app.said("latest")[0].startswith("Latest")
        assert app.said("caption")[0] == "ox.png  60×40"
        assert app.query_one(Picture).path == tmp_path / "ox.png"
        await pilot.click("#dock-jobs")
        await pilot.click("#dock-latest")
        await until(pilot, lambda: app.heard == ["queue", tmp_path / "ox.png"], "what was clicked on")


async def test_while_it_is_not_seen_it_hears_nothing(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(dock_module, "_FIRST", 0.02)
    queue = FakeQueue()
    app = DockHost(queue, tmp_path)
    async with app.run_test(size=(150, 24)) as pilot:
        await _filled(app, pilot)
        assert app.said("jobs")[2:] == ["Nothing yet", "/image makes a picture"]
        assert queue._listeners
        app.screen.add_class("-undocked")
        await until(pilot, lambda: not queue._listeners, "the dock looks away")
        queue.put(job(1))
        app.screen.remove_class("-undocked")
        await until(pilot, lambda: app.said("jobs")[0] == "Queue  1 running", "the dock looks again")
