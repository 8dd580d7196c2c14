"""Moving pictures (GIF, WebP, PNG) as clips: the same questions, answered by Pillow, behind the limits of pictures.

Each frame lies upon those before it, so frames are decoded in their order; to go back is to begin again.
"""

from __future__ import annotations

import math
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from oxen_tui.media.clip import LONGEST, STRIP_MOST, Box, ClipFrame
from oxen_tui.media.decode import WHITE, PictureHeader, opened
from oxen_tui.media.picture_headers import Damaged, read_picture_header
from oxen_tui.media.picture_source import CannotShow, Source, in_words
from oxen_tui.media.plain_pixels import flattened, shrunk, unsqueezed, upright

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

LARGEST_PIXELS: Final = 16_000_000
"""Of one frame: several are held while one is put upon the other."""
MOST_FRAMES: Final = 5_000
MOST_SECONDS: Final = 60.0
"""So long one goes on that says it never ends; at least once it is played whole."""


class Animation:
    """An open moving picture; a context manager. See `clip.Clip`."""

    def __init__(
        self, path: Path, *, stop: Callable[[], bool] | None = None, ground: tuple[int, int, int] = WHITE
    ) -> None:
        """
        Args:
            path: Of the file.
            stop: Asked between frames; true ends what runs.
            ground: What is seen where it is transparent.
        """
        self._ground = ground
        self._reading = Source(path, stop)
        self._picture: ImageFile | None = None
        self._durations: tuple[float, ...] = ()

    def __enter__(self) -> Animation:
        """
        Raises:
            CannotShow: It is no moving picture, damaged, or too large.
        """
        with ExitStack() as when_it_fails:
            when_it_fails.enter_context(self._reading)
            with in_words(self._reading):
                self._open()
            when_it_fails.pop_all()
        return self

    def _open(self) -> None:
        reading = self._reading
        picture, kind = opened(reading)
        width, height = picture.size
        if width * height > LARGEST_PIXELS:
            raise CannotShow(f"The picture is too large to play: {width:,}×{height:,} pixels")
        frames = min(getattr(picture, "n_frames", 1), MOST_FRAMES)
        if frames < 2:
            raise CannotShow("The picture does not move")
        place = reading.file.tell()
        reading.file.seek(0)
        try:
            header = read_picture_header(reading.file, kind, reading.size)
        except Damaged as error:
            raise CannotShow(f"The picture {error}") from error
        reading.file.seek(place)
        durations = header.durations[:frames]
        if len(durations) < frames:  # a PNG file may have a picture beside those that move
            durations = (sum(durations) / len(durations) if durations else 0.1,) * frames
        self._picture, self._durations = picture, durations
        self.times = tuple(accumulate(durations[:-1], initial=0.0))
        if header.is_turned:
            width, height = height, width
        self.header = PictureHeader(kind, width, height, moves=True, size=reading.size, seconds=self.seconds)
        loop = picture.info.get("loop", 1)
        self.rounds = _rounds(loop if isinstance(loop, int) else 1, self.seconds)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._picture = None
        self._reading.__exit__()

    times: tuple[float, ...] = ()
    """When each frame begins, in seconds."""
    rounds = 1
    """How often it is played in a row."""

    @property
    def seconds(self) -> float:
        """How long one round is."""
        return sum(self._durations)

    @property
    def frames_per_second(self) -> float:
        """On the whole; frames may be shown for different times."""
        return len(self._durations) / self.seconds

    def frame_at(self, second: float, box: Box | None = None) -> ClipFrame:
        """The frame that is seen at a second; the last one beyond the end.

        Raises:
            CannotShow: It is damaged.
            Stopped: `stop` said so.
        """
        return self._frame(self._index(second), box)

    def frames_evenly(self, count: int, box: Box | None = None) -> Iterator[ClipFrame]:
        """So many frames, evenly from the beginning to the end, one by one as they are found.

        Raises:
            CannotShow: It is damaged.
            Stopped: `stop` said so.
        """
        count, last = max(1, min(count, STRIP_MOST)), len(self.times) - 1
        for number in range(count):
            yield self._frame(round(last * number / max(1, count - 1)), box)

    def frames_from(self, second: float, box: Box | None = None, *, at_most: float = 0.0) -> Iterator[ClipFrame]:
        """The frames from a second on, in their order, the one that is seen there first.

        Args:
            second: Where to begin.
            box: Pixels that each is to fit within.
            at_most: So many a second; the others are not made. 0 is all of them.

        Raises:
            CannotShow: It is damaged.
            Stopped: `stop` said so.
        """
        due = second
        for index in range(self._index(second), len(self.times)):
            at = max(second, self.times[index])
            if at < due - 1e-6:
                continue
            yield ClipFrame(at, self._frame(index, box).picture)
            due = max(due, at - 1 / at_most) + 1 / at_most if at_most else due

    def _index(self, second: float) -> int:
        return max(0, bisect_right(self.times, second + 1e-6) - 1)

    def _frame(self, index: int, box: Box | None) -> ClipFrame:
        picture, until = self._picture, time.monotonic() + LONGEST
        assert picture is not None
        with in_words(self._reading):
            if index < picture.tell():
                # Anew, since Pillow finds its way back in some PNG files only to call them damaged.
                self._reading.file.seek(0)
                self._picture, _ = picture, _ = opened(self._reading)
            for step in range(picture.tell() + 1, index + 1):
                self._reading.go_on()
                if time.monotonic() > until:
                    raise CannotShow("The picture takes too long to decode")
                picture.seek(step)
                picture.load()  # it lies upon the one before
            self._reading.go_on()
            picture.load()
            return ClipFrame(self.times[index], self._plain(picture, box))

    def _plain(self, picture: ImageFile, box: Box | None) -> Image:
        plain = unsqueezed(picture)
        if box is not None:
            turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            plain = shrunk(plain, (box[1], box[0]) if turned else box)
        shown = flattened(upright(plain, picture), self._ground)
        return shown.copy() if shown is picture else shown


def _rounds(loop: int, seconds: float) -> int:
    """How often to play what is to be played so often; 0 is without end."""
    most = max(1, math.ceil(MOST_SECONDS / seconds))
    return min(loop, most) if loop > 0 else most
