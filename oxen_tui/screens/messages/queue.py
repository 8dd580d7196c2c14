"""What the queue pane tells, what leads to it, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from oxen_tui.screens.pane_screen import PaneScreen
from oxen_tui.widgets.pane_bar import PaneBar

if TYPE_CHECKING:
    from oxen_tui.panes.jobs.watcher import QueueWatcher
    from oxen_tui.panes.queue.pane import QueuePane
    from oxen_tui.screens.dialogs.command_palette import Command
    from oxen_tui.store.job import Job

_FIRST_LOOK = 0.7
"""Seconds from the start until jobs are looked for: the first keys come before, and so does who tells what ended."""


class QueueMessages(PaneScreen, part=True):
    """Makes the queue pane and takes its messages, by name: the pane is not loaded before it is gone to."""

    def on_mount(self) -> None:
        self.set_timer(_FIRST_LOOK, self._watch_jobs)

    async def _watch_jobs(self) -> None:
        """What runs at the server is followed from the start on, whatever pane is on screen."""
        from oxen_tui.panes.jobs.watcher import QueueWatcher

        await self.mount(QueueWatcher(self.session))

    def make_pane(self, pane: str) -> Widget:
        if pane != "queue":
            return super().make_pane(pane)
        from oxen_tui.panes.queue.pane import QueuePane

        return QueuePane(self.session)

    @property
    def _queue(self) -> QueuePane:
        from oxen_tui.panes.queue.pane import QueuePane

        return self.query_one(QueuePane)

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        if self.pane != "queue":
            return super().commands()
        return [*(Command(*command) for command in self._queue.commands), *super().commands()]

    # --- whatever pane is on screen -------------------------------------------------------------------------------

    @property
    def jobs_running(self) -> tuple[Job, ...]:
        """Jobs that go on, newest first. The server works on, and results are fetched at the next start."""
        from oxen_tui.panes.jobs.watcher import QueueWatcher

        return next((watcher.running for watcher in self.query(QueueWatcher)), ())

    def on_queue_watcher_counted(self, event: QueueWatcher.Counted) -> None:
        self.query_one(PaneBar).jobs = event.active
