"""Pictures out of a clip: a poster, the frame at a second, frames for a strip, frames in their order for playing.

Everything is bounded in pixels and seconds and ends when it is not wanted any more. Blocks: for a thread, and
only one at a time may use a clip.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from oxen_tui.media.decode import PictureHeader
from oxen_tui.media.file_kind import HEAD, kind_of
from oxen_tui.media.picture_source import CannotShow, Stopped
from oxen_tui.system_words import why

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_PIXELS: Final = 36_000_000
"""Of one frame: 8K video."""
LONGEST: Final = 15.0
"""Seconds that finding one frame may take."""
STRIP_MOST: Final = 60
"""Frames of a strip."""

_BOUNDS: Final = {"probesize": "4000000", "analyzeduration": "2000000"}
_POSTER_SECONDS = 1.0
"""So far a poster is looked for; many clips fade in from black."""
_DARK = 18
"""Of 255: the mean of a frame that shows nothing."""

Box = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ClipFrame:
    """One frame."""

    second: float
    """Since the beginning of the clip."""
    picture: Image
    """RGB, upright."""


class Clip:
    """An open clip; a context manager."""

    def __init__(self, path: Path, *, stop: Callable[[], bool] | None = None) -> None:
        """
        Args:
            path: Of the file.
            stop: Asked between frames; true ends what runs.
        """
        self._path, self._stop = path, stop
        self._container: Any = None
        self._stream: Any = None
        self._begin = 0.0

    def __enter__(self) -> Clip:
        """
        Raises:
            CannotShow: It is no clip, or damaged.
        """
        import av

        try:
            with self._path.open("rb") as file:
                head = file.read(HEAD)
            size = self._path.stat().st_size
        except OSError as error:
            raise CannotShow(f"The file cannot be read: {why(error)}") from error
        kind = kind_of(head)
        if kind is None or kind.kind != "video":
            raise CannotShow("The file is empty" if not head else "The file is no clip")
        with ExitStack() as when_it_fails:
            when_it_fails.callback(self._close)
            try:
                # The format by name: some others are lists of further files and addresses.
                self._container = av.open(
                    f"file:{self._path.absolute()}", format=kind.demuxer, options=_BOUNDS, timeout=LONGEST
                )
                stream = self._stream = self._open_stream()
            except (av.FFmpegError, ValueError, OverflowError, IndexError) as error:
                raise CannotShow("The clip is damaged") from error
            self._begin = float(stream.start_time * stream.time_base) if stream.start_time else 0.0
            sides = (stream.height, stream.width) if self._quarter_turned() else (stream.width, stream.height)
            self.header = PictureHeader(kind, *sides, moves=True, size=size, seconds=self.seconds)
            when_it_fails.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    times: tuple[float, ...] = ()
    """When each frame begins, where they are not shown for the same time."""
    rounds = 1
    """How often it is played in a row."""

    @property
    def seconds(self) -> float | None:
        """How long it is; None where it does not say."""
        if self._stream.duration:
            return float(self._stream.duration * self._stream.time_base)
        return self._container.duration / 1_000_000 if self._container.duration else None

    @property
    def frames_per_second(self) -> float | None:
        """None where it does not say."""
        rate = self._stream.average_rate
        return float(rate) if rate else None

    def poster(self, box: Box | None = None) -> ClipFrame:
        """The first frame that shows something, or the first.

        Raises:
            CannotShow: There is no frame.
            Stopped: `stop` said so.
        """
        first: ClipFrame | None = None
        for frame in self.frames_from(0.0, box):
            first = first or frame
            if not _is_dark(frame.picture):
                return frame
            if frame.second > _POSTER_SECONDS:
                break
        if first is None:
            raise CannotShow("The clip has no picture in it")
        return first

    def frame_at(self, second: float, box: Box | None = None) -> ClipFrame:
        """The frame that is seen at a second; the last one beyond the end.

        Raises:
            CannotShow: There is no frame.
            Stopped: `stop` said so.
        """
        last: Any = None
        for frame in self._decoded(second):
            if last is not None and self._second_of(frame) > second + 1e-6:
                break
            last = frame
        if last is None:
            if second <= 0:
                raise CannotShow("The clip has no picture in it")
            return self.frame_at(0.0, box)  # some cannot be searched
        return self._shown(last, box)

    def frames_evenly(self, count: int, box: Box | None = None) -> Iterator[ClipFrame]:
        """So many frames, evenly from the beginning to the end, one by one as they are found.

        Args:
            count: At most `STRIP_MOST` are made.
            box: Pixels that each is to fit within.

        Raises:
            CannotShow: There is no frame.
            Stopped: `stop` said so.
        """
        count = max(1, min(count, STRIP_MOST))
        seconds = self.seconds
        if seconds is None:
            yield self.frame_at(0.0, box)
            return
        step = 1 / (self.frames_per_second or 25.0)
        last = max(0.0, seconds - step)
        for number in range(count):
            yield self.frame_at(last * number / max(1, count - 1), box)

    def frames_from(self, second: float, box: Box | None = None, *, at_most: float = 0.0) -> Iterator[ClipFrame]:
        """The frames from a second on, in their order.

        Args:
            second: Where to begin.
            box: Pixels that each is to fit within.
            at_most: So many a second; the others are left out before they are made small. 0 is all of them.

        Raises:
            CannotShow: It is damaged.
            Stopped: `stop` said so.
        """
        due = second - 1e-6
        for frame in self._decoded(second):
            at = self._second_of(frame)
            if at < due:
                continue
            due = max(due, second - 1e-6) + 1 / at_most if at_most else due
            if at_most and due < at:
                due = at
            yield self._shown(frame, box)

    def _open_stream(self) -> Any:
        streams = [each for each in self._container.streams.video if each.codec_context is not None]
        if not streams:
            raise CannotShow("The clip has no picture in it")
        stream = streams[0]
        pixels = stream.width * stream.height
        if not pixels:
            raise CannotShow("The clip has no picture in it")
        if pixels > LARGEST_PIXELS:
            raise CannotShow(f"The clip is too large to show: {stream.width:,}×{stream.height:,} pixels")
        # More threads would each hold frames of their own, and the screen wants the other core.
        stream.codec_context.thread_count = 1
        return stream

    def _decoded(self, second: float) -> Iterator[Any]:
        """Frames from the last key frame before a second on."""
        import av

        until = time.monotonic() + LONGEST
        try:
            target = int((second + self._begin) / self._stream.time_base)
            self._container.seek(max(0, target), stream=self._stream, backward=True)
            for frame in self._container.decode(self._stream):
                if self._stop is not None and self._stop():
                    raise Stopped
                if time.monotonic() > until:
                    raise CannotShow("The clip takes too long to decode")
                if frame.width * frame.height > LARGEST_PIXELS:
                    raise CannotShow("The clip is too large to show")
                yield frame
                until = time.monotonic() + LONGEST  # who takes frames may take their time
        except (av.FFmpegError, ValueError, OverflowError) as error:
            raise CannotShow("The clip is damaged") from error

    def _second_of(self, frame: Any) -> float:
        return max(0.0, float(frame.time or 0.0) - self._begin)

    def _shown(self, frame: Any, box: Box | None) -> ClipFrame:
        """The frame as RGB, made small by the decoder's own means before it becomes a picture."""
        width, height = frame.width, frame.height
        turn = int(frame.rotation) % 360
        if box is not None:
            room = (box[1], box[0]) if turn in (90, 270) else box
            scale = min(1.0, room[0] / width, room[1] / height)
            width, height = max(1, round(width * scale)), max(1, round(height * scale))
        picture: Image = frame.to_image(width=width, height=height, interpolation="AREA")
        return ClipFrame(self._second_of(frame), picture.rotate(turn, expand=True) if turn else picture)

    def _quarter_turned(self) -> bool:
        """Whether the clip lies on its side, which only its first frame says."""
        for frame in self._decoded(0.0):
            return int(frame.rotation) % 180 == 90
        return False

    def _close(self) -> None:
        if self._container is not None:
            self._container.close()
            self._container = None


def _is_dark(picture: Image) -> bool:
    from PIL import ImageStat

    return max(ImageStat.Stat(picture.resize((32, 32))).mean) < _DARK
