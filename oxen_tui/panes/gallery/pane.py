"""The gallery: what the user does with a result."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from oxen_tui.panes.gallery.keys import GALLERY_BINDINGS, GALLERY_COMMANDS
from oxen_tui.panes.gallery.requests import GalleryRequests
from oxen_tui.panes.gallery.words import file_name, names
from oxen_tui.panes.wanted import AttachWanted, LineWanted
from oxen_tui.services.gallery.query import with_kind
from oxen_tui.services.opening import CannotOpen, open_outside
from oxen_tui.services.queue.not_saved import NotSaved
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job
from oxen_tui.widgets.facet_line import FacetLine
from oxen_tui.widgets.gallery.grid import GalleryGrid
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.line_input import LineInput

_KINDS = ("", "image", "video")
_OF_RESULT = (
    *("view", "play", "recall", "run_again", "to_chat", "save", "use", "mark", "favourite", "ancestry", "delete"),
    *("copy_path", "open", "reveal"),
)
"""Nothing to do with where there is no result."""
_ANYWHERE = ("back", "clear", "refresh", "filter", "undo", "other_side", "kind", "unmark")


class GalleryPane(GalleryRequests):
    """Opens, recalls, sends on, saves, marks and deletes results."""

    BINDINGS: ClassVar[list[BindingType]] = GALLERY_BINDINGS
    COMMANDS = GALLERY_COMMANDS

    # --- keys -----------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only shown, and only work, where they do something."""
        if not self.is_mounted or action not in (*_OF_RESULT, *_ANYWHERE):
            return True
        focused = self.screen.focused
        if isinstance(focused, LineInput):
            return False  # Esc, Enter and Tab are the filter's own there
        if isinstance(focused, FacetLine) and action in ("view", "play", "back"):
            return False
        return self.may(action)

    def may(self, action: str) -> bool:
        """Whether it does something now, wherever the focus is."""
        if action in _OF_RESULT and self.job is None:
            return False
        family = self.gallery.family(self.job.id) if action == "ancestry" and self.job is not None else ()
        match action:
            case "play":
                job = self.job
                return job is not None and (job.kind == "video" or (job.file is not None and job.file.is_animated))
            case "ancestry":
                return len(family) > 1
            case "undo":
                return self.gallery.can_undo
            case "unmark":
                return bool(self.gallery.marked)
            case "back":
                return self.may_go_back
            case "clear":
                return bool(self._filter.query_text)
            case _:
                return True

    def _chosen(self) -> list[Job]:
        """What a key is about: the marked results, else the one in the box."""
        jobs = [job for job_id in self.gallery.marked if (job := self.gallery.job(job_id)) is not None]
        return jobs or ([self.job] if self.job is not None else [])

    # --- looking --------------------------------------------------------------------------------------------------

    @on(GalleryGrid.Opened)
    def _open_clicked(self, event: GalleryGrid.Opened) -> None:
        event.stop()
        self.action_view()

    def action_view(self, play: bool = False) -> None:
        """See it on the full screen; the others of the page stand before and behind it."""
        if self._found is not None and self._grid.cursor is not None and self.job is not None:
            ids = tuple(job.id for job in self._found.jobs)
            self.post_message(self.ViewWanted(ids, self._grid.cursor, play))

    def action_play(self) -> None:
        self.action_view(play=True)

    def action_other_side(self) -> None:
        """From the grid to the detail, and back; where they take turns, in its place."""
        if self.may_go_back:
            self.action_back()
        else:
            self.open_detail()
            self.focus_detail()

    def open_detail(self) -> None:
        """Have the detail in view."""
        self.add_class("-open")
        self._look_soon()
        self.refresh_bindings()

    def focus_detail(self) -> None:
        """Give the keys to the detail."""
        self.call_after_refresh(self._detail.focus)

    def action_back(self) -> None:
        self.remove_class("-open")
        self.call_after_refresh(self._grid.focus)
        self.refresh_bindings()

    def action_ancestry(self) -> None:
        """Walk the tree of what it was made from and what was made of it."""
        self.open_detail()
        self._look()
        self.call_after_refresh(self._detail.focus_kin)

    def action_filter(self) -> None:
        self.remove_class("-open")
        self._filter.focus()

    def action_clear(self) -> None:
        self._filter.put("")

    def action_kind(self, step: int) -> None:
        found = self._found
        here = next(iter(found.kinds)) if found is not None and len(found.kinds) == 1 else ""
        place = (_KINDS.index(here) + step) % len(_KINDS) if here in _KINDS else 0
        self._filter.put(with_kind(self._filter.query_text, _KINDS[place]))

    def action_refresh(self) -> None:
        self._load()

    # --- marks ----------------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        if self.job is not None:
            self.gallery.mark(self.job.id)

    def action_unmark(self) -> None:
        self.gallery.unmark_all()

    def action_favourite(self) -> None:
        if self.job is not None:
            self._work(partial(self._favour, self.job.id), "favourite")

    async def _favour(self, job_id: int) -> None:
        try:
            await self.gallery.toggle_favourite(job_id)
        except StoreError as error:
            self.in_trouble(str(error))

    # --- files ----------------------------------------------------------------------------------------------------

    def action_delete(self) -> None:
        """Put the marked results into the trash, or the one in the box."""
        jobs = self._chosen()
        if jobs:
            self._work(partial(self._put_away, jobs), "trash")

    async def _put_away(self, jobs: list[Job]) -> None:
        try:
            number = await self.gallery.put_away([job.id for job in jobs])
        except NotSaved as error:
            self.in_trouble(error.sentence)
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            if number:
                self.say(f"{names(jobs)} in the trash {glyph('dot')} u brings back")
        self.refresh_bindings()

    def action_undo(self) -> None:
        self._work(self._bring_back, "trash")

    async def _bring_back(self) -> None:
        try:
            ids = await self.gallery.undo()
        except NotSaved as error:
            self.in_trouble(error.sentence)
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            if ids:
                self._draw()
                self.go_to(ids[0])

    def action_save(self) -> None:
        """Ask where a copy of the marked results, or of the one in the box, is to be."""
        jobs = [job for job in self._chosen() if self._has_file(job)]
        if jobs:
            title = f"Save a copy of {names(jobs)} to this folder, or under this name"
            place = self._saved_to or self.session.settings.save_to
            self.post_message(LineWanted(title, place, partial(self.save_to, tuple(job.id for job in jobs))))

    _saved_to = ""
    """What the user saved to last; "" is where the settings say."""

    def save_to(self, job_ids: tuple[int, ...], to: str) -> None:
        """Copy results to where the user said."""
        self._saved_to = to
        self._work(partial(self._save, job_ids, to), "save")

    async def _save(self, job_ids: tuple[int, ...], to: str) -> None:
        paths = []
        for job_id in job_ids:
            job = self.gallery.job(job_id)
            if job is None:
                continue
            try:
                paths.append(await self.session.results.save_as(job, to))
            except NotSaved as error:
                self.in_trouble(error.sentence)
                return
        if len(paths) == 1:
            self.say(f"Saved {_homely(paths[0])}")
        elif paths:
            self.say(f"Saved {len(paths)} files to {_homely(paths[0].parent)}")

    def action_to_chat(self) -> None:
        """Have the marked results, or the one in the box, go with the next question."""
        jobs = [job for job in self._chosen() if self._has_file(job)]
        paths = [path for job in jobs if (path := self.gallery.path(job.id)) is not None]
        if paths:
            self.post_message(AttachWanted(tuple(paths)))

    def action_copy_path(self) -> None:
        paths = [str(path) for job in self._chosen() if (path := self.gallery.path(job.id)) is not None]
        if paths:
            self.app.copy_to_clipboard("\n".join(paths))
            self.say(f"Copied the path of {names(self._chosen())}")

    def action_open(self) -> None:
        """Hand it to the program that the system has for such files."""
        self._open_outside(folder=False)

    def action_reveal(self) -> None:
        self._open_outside(folder=True)

    def _open_outside(self, *, folder: bool) -> None:
        job, path = self.job, self.gallery.path(self.job.id) if self.job is not None else None
        if job is None or path is None or not self._has_file(job):
            return
        try:
            open_outside(path.parent if folder else path)
        except CannotOpen as error:
            self.in_trouble(f"{error.sentence} y copies the path")
        else:
            self.say(f"Opened {'the folder of ' if folder else ''}{file_name(job)}")


def _homely(path: Path) -> str:
    """A path as the user would write it."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
