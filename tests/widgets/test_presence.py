"""What was to be done later is not done for a dialog that was closed meanwhile, nor waited for where none comes."""

from __future__ import annotations

import asyncio

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.widgets import palette
from oxen_tui.widgets.picture.picture import Picture
from oxen_tui.widgets.picture.settling import written
from oxen_tui.widgets.presence import is_here


class Bar(Dialog[None]):
    """Draws when its size is known."""

    drawn = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(id="bar")

    def draw(self) -> None:
        self.drawn += 1
        self.query_one("#bar", Static).update("full")


async def test_a_dialog_that_is_closed_before_the_next_frame_is_not_drawn() -> None:
    app: App[None] = App()
    palette.install(app)
    async with app.run_test() as pilot:
        below, dialog, on = app.screen, Bar(), asyncio.Event()
        await app.push_screen(dialog)
        dialog.call_after_refresh(dialog.draw)
        await pilot.pause()
        assert dialog.drawn == 1
        below.call_later(on.wait)  # no frame of what is in front then, before the dialog is gone
        dialog.call_after_refresh(dialog.draw)
        await app.pop_screen()
        on.set()
        await pilot.pause()
        assert dialog.drawn == 1
        assert not dialog.is_here


async def test_nobody_waits_for_the_frame_of_a_picture_that_is_gone() -> None:
    app: App[None] = App()
    palette.install(app)
    async with app.run_test():
        picture = Picture()
        await app.mount(picture)
        assert is_here(picture)
        await picture.remove()
        assert not is_here(picture)
        await asyncio.wait_for(written(picture), 5)
