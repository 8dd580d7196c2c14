"""The pixels of a file that is looked at closely: decoded once, cut as often as the view moves, then let go."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from oxen_tui.media.cutting import Cut, cut_out
from oxen_tui.media.decode import LARGEST_PIXELS, WHITE, open_picture
from oxen_tui.media.picture_source import Stopped
from oxen_tui.media.still import open_still, read_still

if TYPE_CHECKING:
    from PIL.Image import Image

Colour = tuple[int, int, int]


class ViewedPixels:
    """Of one file. Parts of it come from threads; who asks for another before has no more use for the first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: Image | None = None
        self._held_for: tuple[Colour, int] | None = None
        self._stop = threading.Event()
        self._opening = asyncio.Lock()

    def hold(self, frame: Image) -> None:
        """Cut out of this from now on: a frame of the clip."""
        self.let_go()
        self._held, self._held_for = frame, None

    async def part(self, cut: Cut, *, ground: Colour = WHITE, most_pixels: int = LARGEST_PIXELS) -> Image:
        """A part of the picture, as RGB.

        Args:
            cut: Which part.
            ground: What is seen where the picture is transparent.
            most_pixels: To be held; of a larger picture as many as that are held, and its finest lines are lost.

        Raises:
            CannotShow: With a sentence why.
            Stopped: It was let go meanwhile.
        """
        async with self._opening:
            wanted = (ground, most_pixels)
            if self._held is None or self._held_for not in (None, wanted):
                self._held = None
                stop = self._stop = threading.Event()
                opened = await asyncio.to_thread(_opened, self.path, ground, most_pixels, stop)
                if stop.is_set():
                    raise Stopped  # let go after its last look: nobody would free it, or a frame is held by now
                self._held, self._held_for = opened, wanted
        held = self._held
        if held is None:
            raise Stopped
        return await asyncio.to_thread(partial(cut_out, held, cut))

    @property
    def holds(self) -> bool:
        """Whether the picture takes memory."""
        return self._held is not None

    def let_go(self) -> None:
        """Free the memory, and end what decodes."""
        self._stop.set()
        self._held = None


def _opened(path: Path, ground: Colour, most_pixels: int, stop: threading.Event) -> Image:
    header = read_still(path)
    box = None
    if header.width * header.height > most_pixels:
        scale = (most_pixels / (header.width * header.height)) ** 0.5
        box = int(header.width * scale), int(header.height * scale)
    if header.kind.kind == "image":
        return open_picture(path, box, ground=ground, stop=stop.is_set)
    return open_still(path, box, ground=ground, stop=stop.is_set)
