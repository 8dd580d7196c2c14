"""How closely the viewer looks: zoom and pan.

What is asked for while something is on its way waits, and only the last of it counts, so that a held key never runs
ahead of the terminal.
"""

from __future__ import annotations

from collections.abc import Hashable

from textual import events, on

from oxen_tui.media.decode import LARGEST_PIXELS
from oxen_tui.media.picture_source import CannotShow, Stopped
from oxen_tui.panes.viewer.showing import ViewerShowing
from oxen_tui.terminal import display
from oxen_tui.terminal.display import PictureMode
from oxen_tui.widgets.picture.viewer_geometry import Size, View
from oxen_tui.widgets.picture.viewer_stage import ViewerCell, ViewerStage


class ViewerLooking(ViewerShowing, part=True):
    """Shows parts of pictures. Several side by side show the same part."""

    _follows = False
    """Whether a worker brings the stage to where the user is."""
    _followed: Hashable = None
    """What the stage shows."""

    # --- what the user does ---------------------------------------------------------------------------------------

    @property
    def can_zoom(self) -> bool:
        """Whether there is anything to look closer at."""
        cell = self._cell
        has_pixels = self.item.size is not None and not self.item.trouble and not cell.picture.failed
        return has_pixels and self.item.job.kind != "audio" and display.in_use().mode is not PictureMode.NONE

    def action_zoom(self, direction: int) -> None:
        if self.can_zoom and (size := self.item.size) is not None:
            self._look(self._view.zoomed(direction, size, self._cell.room))

    def action_fit(self) -> None:
        self._look(View())

    def action_actual(self) -> None:
        """One dot of the terminal for each pixel."""
        if self.can_zoom and (size := self.item.size) is not None:
            self._look(self._view.at(1.0, size, self._cell.room))

    def action_pan(self, across: int, down: int) -> None:
        if self.can_zoom and (size := self.item.size) is not None:
            self._look(self._view.moved(across, down, size, self._cell.room))

    def _look(self, view: View) -> None:
        if view != self._view:
            self._view = view
            self._tell_head()
            self.refresh_bindings()
            self._follow_soon()

    def _stand_on(self, place: int) -> None:
        if (size := self.item.size) is not None and (other := self.items[self._cells[place]].size) is not None:
            self._view = self._view.beside(size, other, self._cell.room)
        super()._stand_on(place)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_zoom(1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_zoom(-1)

    @on(ViewerStage.Resized)
    def _use_room(self, event: ViewerStage.Resized) -> None:
        event.stop()
        self._tell_head()
        self._follow_soon()

    def _closeness(self) -> str:
        size = self.item.size
        if size is None or not self.can_zoom or not self._cell.size:
            return ""
        percent = f"{self._view.percent(size, self._cell.room)}%"
        return f"fit {percent}" if self._view.scale is None else percent

    # --- what is shown --------------------------------------------------------------------------------------------

    def _order(self) -> Hashable:
        """All that the stage depends on."""
        rooms = tuple(cell.room for cell in self._stage.cells[: self._stage.count])
        return self._cells, self._view, rooms, display.in_use()

    def _shown(self) -> None:
        super()._shown()
        self._followed = None
        self._follow_soon()  # what fits is known when the cells have their places

    def _follow_soon(self) -> None:
        """Bring the stage to where the user is, when the layout stands."""
        if not self._follows:
            self._follows = True
            self.call_after_refresh(self._work, self._follow, "follow")

    async def _follow(self) -> None:
        try:
            while self._may_follow and (order := self._order()) != self._followed:
                self._followed = order
                cells = self._cells
                for number, cell in enumerate(self._stage.cells[: len(cells)]):
                    if cells != self._cells:
                        break  # others are on the stage now, and may be fewer
                    try:
                        await self._show_view(number, cell)
                    except Stopped:
                        continue  # the same, or another frame is wanted
                    except CannotShow as error:
                        self._view = View()
                        self.in_trouble(error.sentence)
                if cells == self._cells and self.screen.is_current:
                    await self._cell.picture.settled()
        finally:
            self._follows = False
        self._tell_head()

    @property
    def _may_follow(self) -> bool:
        return self.is_here

    async def _show_view(self, number: int, cell: ViewerCell) -> None:
        """Show of one file what is to be seen of it.

        Raises:
            CannotShow, Stopped: See `ViewedPixels`.
        """
        item, own = self.items[self._cells[number]], self.item.size
        if item.size is None or own is None or item.trouble or item.job.kind == "audio":
            return
        view = self._view if number == self._here else self._view.beside(own, item.size, cell.room)
        pixels, room = self._pixels[number], cell.room
        cut = view.cut(item.size, room)
        if cut is None:
            pixels.let_go()
            await self._show_whole(number, cell, view.smaller(item.size, room))
            return
        await self._have_pixels(number)
        ground = cell.background_colors[1].rgb
        part = await pixels.part(cut, ground=(ground[0], ground[1], ground[2]), most_pixels=self._most_pixels)
        if number < len(self._pixels) and self._pixels[number] is pixels:
            cell.show_part(item.path, part, view.smaller(item.size, room))

    async def _show_whole(self, number: int, cell: ViewerCell, smaller: Size | None) -> None:
        cell.show_whole(self.items[self._cells[number]].path, smaller)

    async def _have_pixels(self, number: int) -> None:
        """For what has its pixels from elsewhere."""

    @property
    def _most_pixels(self) -> int:
        """That each of them may hold in memory."""
        return LARGEST_PIXELS // len(self._cells)
