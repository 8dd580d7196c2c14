"""Results of the queue on their way out: to the clipboard, and to where the user wants copies."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from oxen_tui.panes.queue.listing import QueueListing
from oxen_tui.panes.queue.sheet import request_of
from oxen_tui.panes.wanted import LineWanted
from oxen_tui.services.queue.not_saved import NotSaved


class QueueFiles(QueueListing, part=True):
    """Copies ids, requests and paths; saves results."""

    _saved_to = ""
    """What the user saved to last; "" is where the settings say."""

    def action_copy_id(self) -> None:
        ids = [job.generation_id for job in self.chosen if job.generation_id]
        if ids:
            self.app.copy_to_clipboard("\n".join(ids))
            self.say("Copied the id" if len(ids) == 1 else f"Copied {len(ids)} ids")

    def action_copy_request(self) -> None:
        if self.unit is not None:
            text = json.dumps(request_of(self.unit.first), indent=2, ensure_ascii=False, default=str)
            self.app.copy_to_clipboard(text)
            self.say("Copied the request")

    def action_copy_path(self) -> None:
        paths = [str(self.session.results.path(job.file)) for job in self.chosen if job.file is not None]
        if paths:
            self.app.copy_to_clipboard("\n".join(paths))
            self.say(f"Copied {_short(paths[0])}" if len(paths) == 1 else f"Copied {len(paths)} paths")

    def action_save(self) -> None:
        """Ask where a copy of the result is to be, or of those of the marked jobs."""
        ids = tuple(job.id for job in self.chosen if job.file is not None)
        if ids:
            what = "this result" if len(ids) == 1 else f"{len(ids)} results"
            title = f"Save a copy of {what} to this folder, or under this name"
            place = self._saved_to or self.session.settings.save_to
            self.post_message(LineWanted(title, place, partial(self.save_to, ids)))

    def save_to(self, job_ids: tuple[int, ...], to: str) -> None:
        """Copy results to where the user said."""
        self._saved_to = to
        self._work(partial(self._save, job_ids, to), "save")

    async def _save(self, job_ids: tuple[int, ...], to: str) -> None:
        paths: list[Path] = []
        for job_id in job_ids:
            if (job := self.queue.job(job_id)) is None:
                continue
            try:
                paths.append(await self.session.results.save_as(job, to))
            except NotSaved as error:
                self.in_trouble(error.sentence)
                return
        if paths:
            where = _short(str(paths[0] if len(paths) == 1 else paths[0].parent))
            self.say(f"Saved {where}" if len(paths) == 1 else f"Saved {len(paths)} files to {where}")


def _short(path: str) -> str:
    """A path as the user would write it."""
    home = str(Path.home())
    return f"~{path[len(home) :]}" if path.startswith(f"{home}/") else path
