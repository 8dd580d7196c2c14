"""When what a picture was told to show stands on the screen, and what writing it cost: for whoever plays frames."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from oxen_tui.terminal.display import PictureMode
from oxen_tui.widgets.picture.ways import Dots

if TYPE_CHECKING:
    from oxen_tui.widgets.picture.picture import Picture

_TWO_COLOURS, _ONE_COLOUR = 40, 19
"""Bytes around the signs of a segment of half cells that has a colour above and one below, or the same."""
_PLACEHOLDER = 6
"""Bytes of a cell of the graphics protocol, most of them for a sign without marks."""


class Settling:
    """Those who wait for one picture."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[bool]] = []

    async def wait(self) -> bool:
        """Until `tell` says whether it is shown."""
        waiting: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        return await waiting

    def tell(self, shown: bool) -> None:
        """It is shown, or never will be."""
        told, self._waiting = self._waiting, []
        for waiting in told:
            if not waiting.done():
                waiting.set_result(shown)


async def written(picture: Picture) -> None:
    """Waits for the frame with the picture, and for the dots that are painted behind it."""
    frame = asyncio.Event()
    if not picture.call_after_refresh(frame.set):
        return  # it is gone, and no frame will come
    await frame.wait()
    await picture.painting.painted.wait()


def weight_of(picture: Picture) -> int:
    """Bytes that it took to write what a picture shows, about."""
    way = picture.drawn
    if way is None:
        return 0
    if isinstance(way, Dots):
        return picture.painting.size
    if way.made.mode is PictureMode.TGP:
        return len(way.made.payload) + _PLACEHOLDER * way.made.columns * way.made.rows
    base = picture.rich_style
    segments = [segment for row in range(way.made.rows) for segment in way.row(row, base)]
    whole = sum([len(text) + (_ONE_COLOUR if text.isspace() else _TWO_COLOURS) for text, _, _ in segments])
    return round(whole * picture.rewritten)
