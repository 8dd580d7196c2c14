"""The viewer goes from file to file, sets some side by side, and tells what is known of the one the keys act on."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from oxen_tui.file_size import file_size
from oxen_tui.panes.gallery.words import facts, file_name
from oxen_tui.panes.viewer.page import ViewerPage
from oxen_tui.services.gallery.viewed_pixels import ViewedPixels
from oxen_tui.services.gallery.viewing import Viewed, kind_words
from oxen_tui.services.session import Session
from oxen_tui.widgets.gallery.tile import kind_sign
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.picture.animated_words import animated
from oxen_tui.widgets.picture.picture import Picture
from oxen_tui.widgets.picture.viewer_geometry import View
from oxen_tui.widgets.picture.viewer_stage import MOST, ViewerCell, ViewerStage
from oxen_tui.widgets.wording import count, running_time


class ViewerShowing(ViewerPage, part=True):
    """Which files are seen. How closely, and how a clip moves, is said further down."""

    def __init__(self, session: Session, items: Sequence[Viewed], index: int = 0) -> None:
        super().__init__()
        self.session = session
        self.items = list(items)
        self._cells: tuple[int, ...] = (max(0, min(index, len(self.items) - 1)),)
        """Places of the items that are seen."""
        self._here = 0
        """Which of them the keys act on."""
        self._view = View()
        self._pixels: list[ViewedPixels] = []
        """Of what is seen, in the order of the cells."""
        self._marked = {item.job.id: None for item in self.items if item.job.id in session.gallery.marked_ids}

    def on_mount(self) -> None:
        super().on_mount()
        self._show(self._cells)

    def add(self, items: Sequence[Viewed]) -> None:
        """These have come in: they stand behind the others."""
        self.items += items
        if self.is_mounted:
            self._tell_head()
            self.refresh_bindings()

    def on_unmount(self) -> None:
        for pixels in self._pixels:
            pixels.let_go()

    # --- what is seen ---------------------------------------------------------------------------------------------

    @property
    def item(self) -> Viewed:
        """What the keys act on."""
        return self.items[self._cells[self._here]]

    @property
    def _cell(self) -> ViewerCell:
        return self._stage.cells[self._here]

    @property
    def compares(self) -> bool:
        """Whether several are seen."""
        return len(self._cells) > 1

    def _show(self, cells: tuple[int, ...], here: int = 0) -> None:
        """Have these on the stage, whole."""
        self._cells, self._here, self._view = cells, here, View()
        for pixels in self._pixels:
            pixels.let_go()
        self._pixels = [ViewedPixels(self.items[place].path) for place in cells]
        self._stage.divide(len(cells))
        for cell, place in zip(self._stage.cells, cells, strict=False):
            item = self.items[place]
            if item.job.kind == "audio" or item.trouble:
                cell.show_words(_words_for(item))
            else:
                cell.show_whole(item.path)
        self._shown()
        self._tell()

    def _shown(self) -> None:
        """For what else depends on it."""

    def _tell(self) -> None:
        """Say what there is to say of the one the keys act on."""
        item = self.item
        self._tell_head()
        self._stage.name_them([file_name(self.items[place].job) for place in self._cells], self._here)
        trouble = item.trouble or self._cell.picture.failed
        self._facts_page.show(facts(item.job, self.session.clock.now(), trouble, item.shows))
        self.refresh_bindings()

    def _tell_head(self) -> None:
        item, dot = self.item, f" {glyph('dot')} "
        left: list[Span] = [("  ", "text"), (file_name(item.job), "bold")]
        if len(self.items) > 1:
            left.append((f"  {count(self._cells[self._here] + 1)} of {count(len(self.items))}", "faint"))
        if item.job.id in self._marked:
            left += [("  ", "text"), (glyph("marked"), "accent")]
        right: list[Span] = [(dot.join(self._facts_of(item)), "faint")]
        if closeness := self._closeness():
            right.append((f"   {closeness}", "text"))
        self._head.say(left, [*right, ("  ", "text")])

    def _closeness(self) -> str:
        return ""

    def _facts_of(self, item: Viewed) -> list[str]:
        file, said = item.job.file, list[str]()
        if file is None or item.trouble:
            return said
        if item.size is not None:
            said.append(f"{item.size[0]}{glyph('times')}{item.size[1]}")
        if file.is_animated:
            said.append(animated(file.seconds, file.frames_per_second))
        elif file.seconds is not None:
            said.append(running_time(file.seconds))
        if item.job.kind == "video" and self.size.width >= 100:
            if file.frames_per_second:
                said.append(f"{file.frames_per_second:.3g} fps")
            if file.has_sound is not None:
                said.append("sound" if file.has_sound else "no sound")
        header = self._cell.picture.header
        if item.job.kind == "image" and header is not None and header.moves and not file.is_animated:
            said.append("moves, first frame")
        if self.size.width >= 70:
            said.append(kind_words(item))
            if file.size:
                said.append(file_size(file.size))
        return said

    @on(Picture.Failed)
    def _take_failure(self, event: Picture.Failed) -> None:
        event.stop()
        if isinstance(cell := event.picture.parent, ViewerCell):
            cell.add_class("-words")
        self._tell()

    @on(Picture.Shown)
    def _take_picture(self, event: Picture.Shown) -> None:
        event.stop()
        if event.picture is self._cell.picture and event.header is not None:
            self._tell_head()

    # --- from one to the next -------------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """To the next or the one before; not beyond the ends."""
        place = self._cells[0] + by
        if not self.compares and 0 <= place < len(self.items):
            self._show((place,))

    def action_mark(self) -> None:
        """Mark it for setting it beside others, or not any more; the gallery keeps the marks."""
        job_id = self.item.job.id
        if job_id in self._marked:
            del self._marked[job_id]
        else:
            self._marked[job_id] = None
        if self.item.is_kept and (job_id in self._marked) != (job_id in self.session.gallery.marked_ids):
            self.session.gallery.mark(job_id)
        self._tell()

    def action_compare(self) -> None:
        """The marked ones side by side, else this one and the next, then four; then one again."""
        here = self._cells[0]
        marked = [place for place, item in enumerate(self.items) if item.job.id in self._marked]
        if len(marked) > 1:
            among, sizes = marked, [min(len(marked), MOST)]
        else:
            among = [*range(here, len(self.items)), *range(here)]
            sizes = [number for number in (2, MOST) if number <= len(among)]
        wider = next((number for number in sizes if number > len(self._cells)), 0)
        if wider:
            self._show(tuple(among[:wider]))
        elif self.compares:
            self.leave_comparison()

    def leave_comparison(self) -> None:
        """Show the one the keys act on alone."""
        self._show((self._cells[self._here],))

    def action_other(self, by: int) -> None:
        """Let the keys act on another one of those side by side."""
        if self.compares:
            self._stand_on((self._here + by) % len(self._cells))

    @on(ViewerStage.Chosen)
    def _take_click(self, event: ViewerStage.Chosen) -> None:
        event.stop()
        if self.compares and event.place < len(self._cells):
            self._stand_on(event.place)

    def _stand_on(self, place: int) -> None:
        self._here = place
        self._tell()

    # --- its request ----------------------------------------------------------------------------------------------

    def action_request(self) -> None:
        """The request beside it, or not."""
        self.toggle_class("-told")
        self.refresh_bindings()

    def action_scroll(self, by: int) -> None:
        self._facts_page.action_page(by)

    def _end_work(self, group: str) -> None:
        self.workers.cancel_group(self, group)


def _words_for(item: Viewed) -> str:
    """What stands in the place of a picture."""
    if item.trouble:
        return f"{glyph('failed')} {item.trouble}"
    seconds = item.job.file.seconds if item.job.file is not None else None
    lasts = f" of {running_time(seconds)}" if seconds is not None else ""
    return f"{kind_sign('audio')} A sound{lasts}: o plays it with the program that the system has for it"
