"""The dock beside the conversation on a wide terminal: what is under way, and the picture that was made last.

What it shows is loaded when it is first seen. While it is not seen it hears of nothing and draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on

from oxen_tui.panes.pane import Pane
from oxen_tui.widgets import motion
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.span_lines import Ends, SpanLines
from oxen_tui.widgets.wording import clock

if TYPE_CHECKING:
    from oxen_tui.services.session import Session
    from oxen_tui.store.job import Job
    from oxen_tui.widgets.picture.picture import Picture

_FIRST = 0.9
"""Seconds from the start until it is filled: the first keys come before, and so does the queue."""
_CELLS = 38
"""Within its margins."""
_LATEST = 22
"""Rows for the picture with its words."""
_LEAST = 30
"""Rows below which there is no picture."""


class Dock(Pane):
    """Shows jobs and the latest result. Says what was clicked."""

    DEFAULT_CSS = """
    Dock {
        width: 42; height: 1fr; padding: 1 2 0 2; background: $panel; display: none;
        & SpanLines { background: $panel; }
        & #dock-latest { margin: 1 0 0 0; }
        & #dock-picture { height: auto; max-height: 16; margin: 1 0; background: $panel; }
    }
    """

    class QueueWanted(Message):
        """The queue is to be gone to."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="dock")
        self._session = session
        self._end_hearing: Callable[[], None] | None = None
        """While it hears of jobs."""
        self._job: Job | None = None
        self._picture: Picture | None = None
        self._is_seen = False

    def on_mount(self) -> None:
        self._tick = self.set_interval(motion.tick(), self._draw_jobs, pause=True)
        self._waits = self.set_timer(_FIRST, self._fill, pause=True)

    def on_show(self) -> None:
        self._is_seen = True
        if self._picture is None:
            self._waits.resume()
        else:
            self._listen()

    def on_hide(self) -> None:
        self._is_seen = False
        self._look_away()

    def on_resize(self) -> None:
        if self._end_hearing is not None:
            self._draw()

    async def _fill(self) -> None:
        """Make what is in it, once."""
        if self._picture is not None or not self._is_seen:
            return
        from oxen_tui.widgets.picture.picture import Picture

        self._picture = Picture(id="dock-picture")
        await self.mount(
            SpanLines(id="dock-jobs"), SpanLines(id="dock-latest"), self._picture, SpanLines(id="dock-caption")
        )
        if self._is_seen and self.is_here:  # else all of it was taken away meanwhile
            self._listen()

    def _listen(self) -> None:
        if self._end_hearing is None:
            self._end_hearing = self.listen(self._session.generations.subscribe, self._hear)
        self._draw()

    def _look_away(self) -> None:
        self._tick.pause()
        if self._end_hearing is not None:
            self._end_hearing()
            self._end_hearing = None

    def _hear(self, ids: frozenset[int]) -> None:
        if ids:
            self._draw()

    # --- drawing --------------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        self._draw_jobs()
        self._draw_latest()

    def _draw_jobs(self) -> None:
        from oxen_tui.panes.jobs.dock_words import head_of, lines_of, units_of

        queue, now = self._session.generations, self._session.clock.now()
        room = self.size.height - (_LATEST if self._has_picture else 0) - 2
        lines: list[Ends] = [head_of(queue.jobs)]
        for unit in units_of(queue.jobs, 12):
            more = lines_of(unit, now, queue, _CELLS)
            if len(lines) + 1 + len(more) > max(8, room):
                break
            lines += [([], []), *more]
        if len(lines) == 1:
            lines += [([], []), ([("Nothing yet", "muted")], []), ([("/image makes a picture", "faint")], [])]
        self.query_one("#dock-jobs", SpanLines).show(lines)
        (self._tick.resume if any(job.state.is_active for job in queue.jobs) else self._tick.pause)()

    @property
    def _has_picture(self) -> bool:
        return self.size.height >= _LEAST

    def _draw_latest(self) -> None:
        from oxen_tui.panes.jobs.dock_words import caption_of, latest_of

        job = latest_of(self._session.generations.jobs) if self._has_picture else None
        self._job = job
        title: Sequence[Ends] = ()
        caption: Sequence[Ends] = ()
        if job is not None:
            title = [([("Latest", "title")], [(clock(job.ended_at or job.created_at), "faint")])]
            keys: Ends = [("alt+4", "text"), (" queue   ", "faint"), ("alt+5", "text"), (" gallery", "faint")], []
            caption = [*caption_of(job), ([], []), keys]
        self.query_one("#dock-latest", SpanLines).show(title)
        self.query_one("#dock-caption", SpanLines).show(caption)
        assert self._picture is not None
        path = self._path
        self._picture.display = path is not None
        self._picture.show(path)

    @property
    def _path(self) -> Path | None:
        job = self._job
        return self._session.results.path(job.file) if job is not None and job.file is not None else None

    # --- what is clicked ------------------------------------------------------------------------------------------

    @on(SpanLines.Pressed)
    def _go_on(self, event: SpanLines.Pressed) -> None:
        event.stop()
        if event.lines.id == "dock-jobs":
            self.post_message(self.QueueWanted())
        else:
            self._view()

    def on_click(self) -> None:
        if self._picture is not None and self._picture.mouse_hover:
            self._view()

    def _view(self) -> None:
        from oxen_tui.panes.wanted import ViewWanted

        if (path := self._path) is not None:
            self.post_message(ViewWanted([path]))
