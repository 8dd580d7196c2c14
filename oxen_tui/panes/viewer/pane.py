"""The viewer: results and opened files as large as the terminal is, one by one or side by side."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from oxen_tui.panes.gallery.words import file_name
from oxen_tui.panes.viewer.keys import VIEWER_BINDINGS, VIEWER_COMMANDS
from oxen_tui.panes.viewer.playing import ViewerPlaying
from oxen_tui.panes.wanted import AttachWanted, LineWanted, RequestWanted
from oxen_tui.services.gallery.opened_files import keep
from oxen_tui.services.opening import CannotOpen, open_outside
from oxen_tui.services.queue.not_saved import NotSaved
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Origin
from oxen_tui.widgets.driver.keys_in_order import act_in_turn


class ViewerPane(ViewerPlaying):
    """What is done with the file that the keys act on."""

    BINDINGS: ClassVar[list[BindingType]] = VIEWER_BINDINGS
    COMMANDS = VIEWER_COMMANDS

    async def _on_key(self, event: events.Key) -> None:
        await act_in_turn(self, event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only shown, and only work, where they do something."""
        return not self.is_mounted or self.may(action, *parameters)

    def may(self, action: str, *parameters: object) -> bool:
        """Whether it does something now."""
        item = self.item
        match action:
            case "play":
                return self.has_clip and not self.plays
            case "pause":
                return self.plays
            case "frame" | "seconds":
                return self.has_clip
            case "zoom" | "actual":
                return self.can_zoom
            case "fit" | "pan":
                return self._view.scale is not None
            case "side":
                return self._view.scale is not None or self.has_clip
            case "edge":
                return self.has_clip or (len(self.items) > 1 and not self.compares)
            case "step":
                by = parameters[0] if parameters and isinstance(parameters[0], int) else 1
                return not self.compares and 0 <= self._cells[0] + by < len(self.items)
            case "compare" | "mark":
                return len(self.items) > 1
            case "other":
                return self.compares
            case "scroll":
                return self.has_class("-told")
            case "keep":
                return item.may_be_kept
            case "recall":
                return bool(item.job.body or item.job.prompt)
            case "save" | "to_chat" | "open":
                return not item.trouble
            case _:
                return True

    # --- moving ---------------------------------------------------------------------------------------------------

    def action_side(self, by: int) -> None:
        """To the side of what is looked at closely, else in the clip."""
        if self._view.scale is not None:
            self.action_pan(by, 0)
        else:
            self.action_seconds(by)

    def action_edge(self, end: int) -> None:
        if self.has_clip:
            super().action_edge(end)
        else:
            self.action_step((len(self.items) - 1 if end else 0) - self._cells[0])

    def action_pause(self) -> None:
        self.pause()

    def action_back(self) -> None:
        """Stop, then stand alone, then close."""
        if self.plays:
            self.pause()
        elif self.compares:
            self.leave_comparison()
        else:
            self.post_message(self.Closed(self.item.job.id))

    # --- the request ----------------------------------------------------------------------------------------------

    def action_recall(self) -> None:
        """Build the form from the request that was found with it."""
        job = self.item.job
        if job.body or job.prompt:
            body = job.body or {"prompt": job.prompt}
            self.post_message(RequestWanted(job.model, body, job.parents))

    # --- the file -------------------------------------------------------------------------------------------------

    def action_copy_path(self) -> None:
        self.app.copy_to_clipboard(str(self.item.path))
        self.say(f"Copied the path of {file_name(self.item.job)}")

    def action_to_chat(self) -> None:
        self.post_message(AttachWanted((self.item.path,)))

    def action_keep(self) -> None:
        """Put an opened file into the gallery; it stays where it lies."""
        self._work(partial(self._keep, self._cells[self._here]), "keep")

    async def _keep(self, place: int) -> None:
        item = self.items[place]
        if item.is_kept:
            return
        try:
            job = await keep(item.job, self.session.store.jobs, self.session.clock.now())
        except StoreError as error:
            self.in_trouble(str(error))
            return
        self.items[place] = replace(item, job=job)
        await self.session.gallery.load()
        self.say(f"{file_name(job)} is in the gallery")
        self._tell()

    _saved_to = ""
    """What the user saved to last; "" is where the settings say."""

    def action_save(self) -> None:
        """Ask where a copy is to be."""
        if self.item.job.origin is Origin.OPENED:  # it has a name of the user's own
            suggestion = f"{self.session.settings.save_folder.rstrip('/')}/{file_name(self.item.job)}"
        else:
            suggestion = self._saved_to or self.session.settings.save_to
        title = f"Save a copy of {file_name(self.item.job)} to this folder, or under this name"
        self.post_message(LineWanted(title, suggestion, self.save_to))

    def save_to(self, to: str) -> None:
        """Copy it to where the user said."""
        if self.item.job.origin is not Origin.OPENED:
            self._saved_to = to
        self._work(partial(self._save, self._cells[self._here], to), "save")

    async def _save(self, place: int, to: str) -> None:
        try:
            path = await self.session.results.save_as(self.items[place].job, to)
        except NotSaved as error:
            self.in_trouble(error.sentence)
        else:
            home = Path.home()
            said = f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
            self.say(f"Saved {said}")

    def action_open(self) -> None:
        """Hand it to the program that the system has for such files."""
        try:
            open_outside(self.item.path)
        except CannotOpen as error:
            self.in_trouble(f"{error.sentence} s saves a copy, y copies the path")
        else:
            self.pause()
            self.say(f"Opened {file_name(self.item.job)}")
