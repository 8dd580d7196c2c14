"""What an app's pictures share: one line on which they go to the terminal, and what the terminal holds of them."""

from __future__ import annotations

import asyncio
import weakref
from typing import Any
from weakref import WeakKeyDictionary

from textual.app import App

from oxen_tui.terminal import display
from oxen_tui.terminal.late_answers import drain
from oxen_tui.widgets.driver.terminal_answers import answers

_MOST_DRAINED = 1.0
"""Seconds that the end of the program waits for answers, besides round trips."""

_by_app: WeakKeyDictionary[App[Any], PictureTerminal] = WeakKeyDictionary()


class PictureTerminal:
    """The terminal of one app, as far as pictures go."""

    def __init__(self, app: App[Any]) -> None:
        # Not at the top: the app knows this file to end what it began, and most starts show no picture.
        from oxen_tui.terminal.paced_sending import PacedSending
        from oxen_tui.terminal.tgp_pictures import TgpPictures

        self._app = weakref.ref(app)
        self.sending = PacedSending(self.write, answers, display.in_use().round_trip)
        self.pictures = TgpPictures(self.sending, self.write)
        # Another program had the screen, and with it what the terminal held.
        pictures = self.pictures
        app.app_resume_signal.subscribe(app, lambda _: pictures.lose_all())

    def write(self, text: str) -> None:
        """Write to the terminal, in order with the frames."""
        app = self._app()
        if app is not None and app._driver is not None:
            app._driver.write(text)

    async def close(self) -> None:
        """Free what the terminal holds; to be called while the app can still write, but no longer reads."""
        unanswered = await self.sending.close(wait=False)
        self.pictures.free_all()
        if unanswered:
            await asyncio.to_thread(drain, 0, unanswered, _MOST_DRAINED + 4 * (display.in_use().round_trip or 0.0))


def terminal_of(app: App[Any]) -> PictureTerminal:
    """What the pictures of this app share."""
    terminal = _by_app.get(app)
    if terminal is None:
        terminal = _by_app[app] = PictureTerminal(app)
    return terminal


async def quiet(app: App[Any]) -> None:
    """Send no more pictures of this app, and have what was sent answered. Before it ends, while it still reads."""
    terminal = _by_app.get(app)
    if terminal is not None:
        await terminal.sending.close(wait=True)


async def close(app: App[Any]) -> None:
    """End what pictures of this app have begun. For its `on_unmount`: it has stopped reading the terminal then."""
    terminal = _by_app.pop(app, None)
    if terminal is not None:
        await terminal.close()
