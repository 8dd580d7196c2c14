"""Small pictures of results, made in a thread, the ones wanted last first, and kept as small files beside the models.

Only what is in view is ever decoded: whoever shows a page says what it wants now, and what was wanted before and is
not begun is forgotten. A result is decoded once in its life; after that its small file is read, in a millisecond.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from oxen_tui.services.gallery.small_files import NoThumbnail, SmallFiles

if TYPE_CHECKING:
    from PIL.Image import Image

KEPT_BYTES = 6_000_000
"""Of pixels in memory; what was looked at longest ago goes first."""
_MOST_TROUBLES = 5_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """One small picture that somebody looks for."""

    job_id: int
    path: Path
    kind: str
    """"image", "video" or "audio"."""
    box: tuple[int, int]
    """Pixels, width and height. It is filled, where that cuts off little; else the whole picture stands within."""


Listener = Callable[[int], None]


class Thumbnails:
    """Small pictures of the results of one store."""

    def __init__(self, folder: Path) -> None:
        """
        Args:
            folder: Where small files are kept; made when there is one.
        """
        self._files = SmallFiles(folder)
        self._kept: OrderedDict[tuple[int, tuple[int, int]], Image] = OrderedDict()
        self._bytes = 0
        self._troubles: dict[int, str] = {}
        self._wanted: list[Wanted] = []
        self._making: Wanted | None = None
        self._task: asyncio.Task[None] | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._listeners: list[Listener] = []

    def get(self, job_id: int, box: tuple[int, int]) -> Image | None:
        """What is here already (RGB, no larger than the box)."""
        picture = self._kept.get((job_id, box))
        if picture is not None:
            self._kept.move_to_end((job_id, box))
        return picture

    def trouble(self, job_id: int) -> str:
        """Why there is no small picture of a result; "" while nobody tried, and where there is one."""
        return self._troubles.get(job_id, "")

    def forget(self, job_id: int) -> None:
        """Try anew the next time: the file came back, or is another."""
        self._troubles.pop(job_id, None)

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Have these made, the first one first. Takes the place of everything that was wanted before."""
        self._wanted = [each for each in wanted if self._is_open(each)]
        if self._wanted and self._task is None:
            self._task = asyncio.create_task(self._make_all(), name="thumbnails")

    async def large(self, path: Path, kind: str) -> Image:
        """The picture of the result that is looked at, as large as it is kept (`gallery_small_files.SIDE`).

        Raises:
            NoThumbnail: There is none.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._files.whole, path, kind)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` with the id of a result whose picture came, or cannot come. What comes back ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def close(self) -> None:
        """Ends what runs; what is being decoded ends by itself within some seconds."""
        self._wanted = []
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)
            self._thread = None

    def _is_open(self, wanted: Wanted) -> bool:
        return (
            wanted != self._making
            and (wanted.job_id, wanted.box) not in self._kept
            and wanted.job_id not in self._troubles
        )

    @property
    def _threads(self) -> ThreadPoolExecutor:
        """One: pictures in view come one by one anyway, and the screen wants the other core."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "thumbnails")
        return self._thread

    async def _make_all(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._wanted:
                self._making = wanted = self._wanted.pop(0)
                try:
                    picture = await loop.run_in_executor(
                        self._threads, self._files.picture, wanted.path, wanted.kind, wanted.box
                    )
                except NoThumbnail as error:
                    if len(self._troubles) < _MOST_TROUBLES:
                        self._troubles[wanted.job_id] = error.sentence
                else:
                    self._keep(wanted, picture)
                for listener in tuple(self._listeners):
                    listener(wanted.job_id)
        finally:
            self._making = self._task = None

    def _keep(self, wanted: Wanted, picture: Image) -> None:
        self._kept[wanted.job_id, wanted.box] = picture
        self._bytes += _size(picture)
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            self._bytes -= _size(self._kept.popitem(last=False)[1])


def _size(picture: Image) -> int:
    return picture.width * picture.height * 3 + 500  # what Pillow keeps besides the pixels
