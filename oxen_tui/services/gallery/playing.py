"""A clip that is looked at: single frames, frames for a strip, and frames in true time for playing.

All of it is decoded in threads. What is not wanted any more ends at the next frame; a player holds no more than a
few frames, and those that come too late are left out, so that what is seen is where the clock is.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from oxen_tui.media.decode import WHITE
from oxen_tui.media.picture_source import CannotShow, Stopped
from oxen_tui.services.gallery.clip_facts import Box, ClipFacts

if TYPE_CHECKING:
    from oxen_tui.media.clip import ClipFrame
    from oxen_tui.media.moving import Moving

MOST_WAITING: Final = 4
"""Frames that are decoded ahead."""
_LATE: Final = 0.25
"""Seconds behind the clock from which a frame is not handed on."""
_LOOKS: Final = 0.2
"""Seconds after which a thread that waits for room looks whether it is wanted."""

Outcome = TypeVar("Outcome")
Colour = tuple[int, int, int]
Clock = Callable[[], float]


class ViewedClip:
    """One clip, or moving picture, on the disk. `close` it."""

    def __init__(self, path: Path, ground: Colour = WHITE) -> None:
        """
        Args:
            path: Of the file.
            ground: What is seen where a picture is transparent.
        """
        self.path, self.ground = path, ground
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="clip")
        self._clip: Moving | None = None
        self._wanted = 0
        self._closed = False

    async def open(self) -> ClipFacts:
        """What the clip is.

        Raises:
            CannotShow: It is none, or damaged.
        """
        return await self._in_thread(self._open)

    async def still(self, second: float, box: Box | None = None) -> ClipFrame:
        """The frame at a second. A later call ends an earlier one.

        Raises:
            CannotShow: There is none.
            Stopped: Another frame is wanted.
        """
        self._wanted += 1
        return await self._in_thread(partial(self._still, self._wanted, second, box))

    async def evenly(self, count: int, box: Box) -> AsyncIterator[ClipFrame]:
        """So many frames from the beginning to the end, as they are found.

        Raises:
            CannotShow: There is none.
        """
        stop = threading.Event()
        found: asyncio.Queue[ClipFrame | Exception | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def hand_on(frame: ClipFrame | Exception | None) -> None:
            loop.call_soon_threadsafe(found.put_nowait, frame)

        work = loop.run_in_executor(None, _find_evenly, self.path, self.ground, count, box, stop, hand_on)
        try:
            while (frame := await found.get()) is not None:
                if isinstance(frame, Exception):
                    raise frame
                yield frame
        finally:
            stop.set()
            await asyncio.shield(work)

    def close(self) -> None:
        """End what runs, and let go of the file."""
        self._closed = True
        self._wanted += 1
        self._thread.submit(self._let_go)
        self._thread.shutdown(wait=False)

    async def _in_thread(self, work: Callable[[], Outcome]) -> Outcome:
        if self._closed:
            raise Stopped
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    # --- in the thread --------------------------------------------------------------------------------------------

    def _open(self) -> ClipFacts:
        clip = self._opened()
        size = clip.header.width, clip.header.height
        return ClipFacts(clip.seconds, clip.frames_per_second or 25.0, size, clip.times, clip.rounds)

    def _opened(self) -> Moving:
        from oxen_tui.media.moving import open_moving

        if self._clip is None:
            clip = open_moving(self.path, stop=lambda: self._serving != self._wanted, ground=self.ground)
            self._clip = clip.__enter__()
        return self._clip

    _serving = 0

    def _still(self, turn: int, second: float, box: Box | None) -> ClipFrame:
        if turn != self._wanted:
            raise Stopped
        self._serving = turn
        return self._opened().frame_at(second, box)

    def _let_go(self) -> None:
        if self._clip is not None:
            self._clip.__exit__(None, None, None)
            self._clip = None


def _find_evenly(
    path: Path,
    ground: Colour,
    count: int,
    box: Box,
    stop: threading.Event,
    found: Callable[[ClipFrame | Exception | None], object],
) -> None:
    from oxen_tui.media.moving import open_moving

    try:
        with open_moving(path, stop=stop.is_set, ground=ground) as clip:
            for frame in clip.frames_evenly(count, box):
                found(frame)
    except CannotShow as error:
        found(error)
    except Stopped:
        return
    finally:
        found(None)  # also after a mistake of ours, which whoever waits for the frames is told then


class Playback:
    """Frames of a clip from a second on, each when it is due. A context manager."""

    def __init__(
        self,
        path: Path,
        second: float,
        box: Box,
        at_most: float,
        *,
        ground: Colour = WHITE,
        clock: Clock = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """
        Args:
            path: Of the clip.
            second: Where to begin.
            box: Pixels that a frame is to fit within.
            at_most: Frames a second.
            ground: What is seen where a picture is transparent.
            clock: Seconds.
            sleep: Waits for so many seconds.
        """
        self.path, self._ground = path, ground
        self._begin, self._box, self._at_most = second, box, at_most
        self._clock, self._sleep = clock, sleep
        self._frames: deque[ClipFrame] = deque()
        self._room = threading.Condition()
        self._stopped = threading.Event()
        self._ended = False
        self._trouble: CannotShow | None = None
        self._news = asyncio.Event()
        self._started: float | None = None
        self._work: asyncio.Future[None] | None = None
        self.left_out = 0
        """Frames that came too late to be seen."""

    async def __aenter__(self) -> Playback:
        self._loop = asyncio.get_running_loop()
        self._work = self._loop.run_in_executor(None, self._decode)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopped.set()
        with self._room:
            self._frames.clear()
            self._room.notify_all()
        if self._work is not None:
            await asyncio.shield(self._work)

    @property
    def position(self) -> float:
        """The second of the clip that is to be seen now. The clock starts with the first frame."""
        return self._begin if self._started is None else self._begin + self._clock() - self._started

    async def next(self) -> ClipFrame | None:
        """The next frame once it is due, the newest of those that are; None at the end.

        Raises:
            CannotShow: The clip is damaged here.
        """
        while True:
            frame = self._newest_due()
            if frame is not None:
                if self._started is None:
                    self._started = self._clock() - (frame.second - self._begin)
                if (wait := frame.second - self.position) > 0.001:
                    await self._sleep(wait)
                return frame
            if self._trouble is not None:
                raise self._trouble
            if self._ended:
                return None
            self._news.clear()
            await self._news.wait()

    def _newest_due(self) -> ClipFrame | None:
        with self._room:
            while len(self._frames) > 1 and self._frames[1].second <= self.position:
                self._frames.popleft()
                self.left_out += 1
            frame = self._frames.popleft() if self._frames else None
            self._room.notify_all()
        return frame

    # --- in the thread --------------------------------------------------------------------------------------------

    def _decode(self) -> None:
        from oxen_tui.media.moving import open_moving

        trouble: CannotShow | None = None
        try:
            with open_moving(self.path, stop=self._stopped.is_set, ground=self._ground) as clip:
                for frame in clip.frames_from(self._begin, self._box, at_most=self._at_most):
                    if not self._hand_on(frame):
                        return
        except CannotShow as error:
            trouble = error
        except Stopped:
            return
        finally:  # also after a mistake of ours, which leaving tells
            self._loop.call_soon_threadsafe(self._take_end, trouble)

    def _hand_on(self, frame: ClipFrame) -> bool:
        """Whether more is wanted."""
        with self._room:
            while len(self._frames) >= MOST_WAITING and not self._stopped.is_set():
                self._room.wait(_LOOKS)
            if self._stopped.is_set():
                return False
            if self._frames and frame.second < self.position - _LATE:
                self.left_out += 1
            else:
                self._frames.append(frame)
        self._loop.call_soon_threadsafe(self._news.set)
        return True

    def _take_end(self, trouble: CannotShow | None) -> None:
        self._trouble, self._ended = trouble, True
        self._news.set()
