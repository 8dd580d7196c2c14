"""What a file of a picture, a clip or a sound is: read from its headers, never decoded, so it is quick and bounded.

Files come from anywhere: cut off, empty, a web page in a picture's name, a picture of 400 megapixels in 50 kB. Each
of them is a sentence.
"""

from __future__ import annotations

import math
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from oxen_tui.system_words import why

from .file_kind import HEAD, M4A, FileKind, kind_of
from .picture_headers import Damaged, read_picture_header

_BOUNDS: Final = {"probesize": "4000000", "analyzeduration": "2000000"}
"""How much of a file FFmpeg looks at to know what is in it: bytes, and microseconds."""
_SECONDS: Final = 10.0
"""How long it may take, on a disk that is far away too."""
_MOST_BOXES: Final = 10_000


class NotMedia(Exception):
    """The file is no picture, clip or sound that can be read."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        """Why, in words for the user; names no folder."""


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """A file, as its own bytes describe it."""

    kind: str
    """"image", "video" or "audio"."""
    mime: str
    size: int
    """Bytes."""
    width: int | None = None
    """Pixels as they are shown: a picture or clip lying on its side is turned. None for sounds."""
    height: int | None = None
    seconds: float | None = None
    """Of a clip, a sound or a moving picture; None where it does not say."""
    frames_per_second: float | None = None
    has_sound: bool | None = None
    """None for pictures."""
    frames: int | None = None
    """1 for a still picture; of a clip only where its header says."""
    extension: str = ""
    """The usual one for its type, without the dot."""


def read_facts(path: Path) -> MediaFacts:
    """Reads them. Blocks for the disk, some milliseconds; the first clip or sound loads a library.

    Raises:
        NotMedia: It is none, it is cut off or broken, or it cannot be read.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would keep whoever opens it waiting
            raise NotMedia("It is no file.")
        with path.open("rb") as file:
            kind = _medium(file.read(HEAD))
            if kind.kind == "image":
                file.seek(0)
                return _of_picture(file, kind, found.st_size)
            if kind.demuxer == M4A.demuxer and _ends_early(file, found.st_size):
                raise NotMedia(f"It is {kind.name} that is cut off.")
    except OSError as error:
        raise NotMedia(f"The file cannot be read: {why(error)}.") from error
    return _of_recording(path, kind, found.st_size)


def _medium(head: bytes) -> FileKind:
    kind = kind_of(head)
    if not head:
        raise NotMedia("The file is empty.")
    if kind is None:
        raise NotMedia("It is no picture, clip or sound that is known here.")
    if not kind.is_medium:
        raise NotMedia(f"It is {kind.name}, not a picture, a clip or a sound.")
    return kind


def _of_picture(file: BinaryIO, kind: FileKind, size: int) -> MediaFacts:
    try:
        header = read_picture_header(file, kind, size)
    except Damaged as error:
        raise NotMedia(f"It is {kind.name} that {error}.") from error
    width, height = (header.width, header.height) if not header.is_turned else (header.height, header.width)
    return MediaFacts(
        kind.kind,
        kind.mime,
        size,
        width,
        height,
        seconds=header.seconds,
        frames_per_second=header.frames / header.seconds if header.frames and header.seconds else None,
        frames=header.frames,
        extension=kind.extension,
    )


def _ends_early(file: BinaryIO, size: int) -> bool:
    """Whether a container of boxes (MP4, QuickTime) claims more than there is: FFmpeg only notices on the way."""
    place = 0
    for _ in range(_MOST_BOXES):
        file.seek(place)
        head = file.read(16)
        if len(head) < 8:
            return False  # at the end, or a few bytes that somebody added
        length = int.from_bytes(head[:4])
        if length == 1:
            length = int.from_bytes(head[8:16])
        if length < 8:  # 0: up to the end of the file
            return False
        place += length
        if place > size:
            return True
    return False


def _of_recording(path: Path, kind: FileKind, size: int) -> MediaFacts:
    """A clip or a sound. What is in the container says which: an MP4 file may hold no picture."""
    import av

    try:
        # As a file and by the reader for this kind, so that no name and no content leads FFmpeg anywhere else.
        with av.open(f"file:{path.absolute()}", format=kind.demuxer, options=_BOUNDS, timeout=_SECONDS) as container:
            video = next((stream for stream in container.streams.video if stream.width and stream.height), None)
            sounds = container.streams.audio
            if video is None and not sounds:
                raise NotMedia(f"It is {kind.name} with nothing in it.")
            lasts = container.duration / av.time_base if container.duration else None
            if video is None or kind.kind == "audio":  # the cover of a record is no clip
                if not sounds:
                    raise NotMedia(f"It is {kind.name} with no sound in it.")
                return _sound(kind, size, lasts)
            rate = video.average_rate or video.guessed_rate
            return MediaFacts(
                "video",
                kind.mime,
                size,
                video.width,
                video.height,
                seconds=_over_zero(lasts),
                frames_per_second=_over_zero(float(rate)) if rate else None,
                has_sound=bool(sounds),
                frames=video.frames or None,
                extension=kind.extension,
            )
    except (av.FFmpegError, ValueError, OverflowError) as error:
        # ValueError: FFmpeg's words for broken data, and text in it that is no text.
        raise NotMedia(f"It is {kind.name} that is cut off or broken.") from error


def _sound(kind: FileKind, size: int, seconds: float | None) -> MediaFacts:
    kind = M4A if kind.demuxer == M4A.demuxer else kind
    mime = kind.mime.replace("video/", "audio/")
    return MediaFacts("audio", mime, size, seconds=_over_zero(seconds), has_sound=True, extension=kind.extension)


def _over_zero(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) and number > 0 else None
