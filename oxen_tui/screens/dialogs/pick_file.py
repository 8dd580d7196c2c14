"""Chooses a file of a kind of medium, folder by folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from oxen_tui.file_size import file_size
from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.pick import Pick
from oxen_tui.services.inputs.folder_listing import FolderListing, list_folder
from oxen_tui.services.media_addresses import home_expanded
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.row_list import Row, RowList
from oxen_tui.widgets.wording import clock

_UP = ".."


class PickFile(Pick):
    """Answers the path of a file. Newest files come first: what was just made is what is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "enter_folder", "Into the folder", show=False, id="files.into"),
        Binding("left", "leave_folder", "To the folder above", show=False, id="files.out"),
    ]

    DEFAULT_CSS = "PickFile > .dialog { width: 88; }"

    HINT = "enter opens   backspace goes up   ~ and / go home and to the root   esc closes"

    last_folder: ClassVar[Path | None] = None
    """Where a file was chosen last, in this run of the program."""

    def __init__(self, kinds: frozenset[str], today: datetime) -> None:
        """
        Args:
            kinds: Of `media.file_kind`: image, video, audio.
            today: For the times of files.
        """
        super().__init__("A file", "a part of its name, or a folder", empty=["Nothing of that kind here", ""])
        self._kinds, self._today = kinds, today
        self._listing = FolderListing(PickFile.last_folder or Path.cwd())

    def on_mount(self) -> None:
        # Not `super()`: a handler is called for each class that has one.
        self.call_later(self._go, self._listing.folder)

    async def _go(self, folder: Path, stand_on: str = "") -> None:
        """Look into this folder."""
        self._listing = await list_folder(folder, self._kinds)
        self.query_one(".title", Static).update(clean_line(str(self._listing.folder), 300))
        self.say(self._listing.trouble)
        self.query_one(Input).value = ""
        self.draw("")
        if stand_on:
            self.query_one(RowList).highlight(stand_on)

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        rows = [] if words else [Row(_UP, ((f" {glyph('folded')} ..", "muted"),))]
        for entry in self._listing.entries:
            if not all(word in entry.name.casefold() for word in words):
                continue
            if entry.is_folder:
                rows.append(Row(str(entry.path), ((f" {glyph('folded')} {entry.name}/", "muted"),)))
            else:
                facts = f"{file_size(entry.size):>9}  {_when(entry.changed_at, self._today):>10}"
                rows.append(Row(str(entry.path), ((f"   {entry.name}", "text"),), ((facts, "faint"),)))
        return rows

    @property
    def current(self) -> str:
        return str(self._listing.entries[0].path) if self._listing.entries else _UP

    def draw(self, typed: str) -> None:
        if typed in ("~", "/") or (typed[:1] in ("~", "/") and typed.endswith("/")):
            self.call_later(self._go, Path(home_expanded(typed)))
        else:
            super().draw(typed)

    def on_key(self, event: events.Key) -> None:
        if event.key == "backspace" and not self.query_one(Input).value:
            event.stop()
            self.action_leave_folder()

    def action_leave_folder(self) -> None:
        if self._listing.folder.parent != self._listing.folder:
            self.call_later(self._go, self._listing.folder.parent, str(self._listing.folder))

    def action_enter_folder(self) -> None:
        key = self.query_one(RowList).highlighted
        if any(entry.is_folder and str(entry.path) == key for entry in self._listing.entries):
            self.take(key)

    def take(self, key: str) -> None:
        if key == _UP:
            self.action_leave_folder()
            return
        entry = next((entry for entry in self._listing.entries if str(entry.path) == key), None)
        if entry is None:
            return
        if entry.is_folder:
            self.call_later(self._go, entry.path)
        else:
            PickFile.last_folder = self._listing.folder
            self.dismiss(str(entry.path))


def _when(moment: datetime, today: datetime) -> str:
    local, now = moment.astimezone(), today.astimezone()
    if local.date() == now.date():
        return clock(moment)
    return f"{local.day} {local:%b}" if local.year == now.year else f"{local.day} {local:%b} {local.year}"
