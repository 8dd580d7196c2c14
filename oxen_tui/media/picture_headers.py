"""Size, turn and frames of pictures, from their headers alone.

Nothing is decoded and no library is loaded: the libraries allocate what a header claims, or warn through a switch
that all threads share. Each reader stops at the first thing that is wrong.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from . import file_kind
from .exif_turn import tiff_fields
from .file_kind import FileKind

_MOST_CHUNKS: Final = 200_000
"""Parts of one file that are looked at; a real picture has some thousands at most."""


class Damaged(Exception):
    """The file ends, or says something impossible, before a picture is found. The words go after "the picture "."""


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """What a picture's header says."""

    width: int
    height: int
    is_turned: bool = False
    """Whether it lies on its side: shown, width and height change places."""
    frames: int | None = 1
    seconds: float | None = None
    durations: tuple[float, ...] = ()
    """Seconds of each frame of a moving picture."""


def read_picture_header(file: BinaryIO, kind: FileKind, size: int) -> PictureHeader:
    """The header of a picture.

    Args:
        file: At its start.
        kind: As its first bytes say.
        size: Bytes of the file.

    Raises:
        Damaged: It is cut off or broken.
    """
    reader = _READERS.get(kind)
    if reader is None:
        raise Damaged("is of a kind that cannot be read here")
    try:
        header = reader(file, size)
    except struct.error as error:  # fewer bytes than a field has
        raise Damaged("is cut off") from error
    if header.width <= 0 or header.height <= 0:
        raise Damaged("has no width or no height")
    if header.frames == 0:
        raise Damaged("holds no picture")
    return header


def _png(file: BinaryIO, size: int) -> PictureHeader:
    width = height = 0
    frames, turned, has_pixels = 1, False, False
    durations: list[float] = []
    for name, length in _png_chunks(file, size):
        if name == b"IHDR":
            width, height = struct.unpack(">II", file.read(8))
        elif name == b"acTL":
            (frames,) = struct.unpack(">I", file.read(4))
        elif name == b"fcTL":
            numerator, denominator = struct.unpack_from(">HH", file.read(26), 20)
            durations.append(_lasts(numerator / (denominator or 100)))
        elif name == b"eXIf":
            turned = tiff_fields(file.read(min(length, 65_536))).is_turned
        elif name == b"IDAT":
            has_pixels = True
        elif name == b"IEND":
            return _moving(width, height, turned, frames if has_pixels else 0, durations)
    raise Damaged("is cut off")


def _png_chunks(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    place = 8
    for _ in range(_MOST_CHUNKS):
        file.seek(place)
        length, name = struct.unpack(">I4s", file.read(8))
        place += 12 + length
        if place > size:
            raise Damaged("is cut off")
        yield name, length


def _jpeg(file: BinaryIO, size: int) -> PictureHeader:
    turned, place = False, 2
    found: tuple[int, int] | None = None
    for _ in range(_MOST_CHUNKS):
        file.seek(place)
        marker, code = struct.unpack(">BB", file.read(2))
        if marker != 0xFF:
            raise Damaged("is broken")
        if code == 0xFF:  # filling
            place += 1
            continue
        if code in (0x01, *range(0xD0, 0xD8)):  # no length follows
            place += 2
            continue
        if code == 0xD9:
            break
        (length,) = struct.unpack(">H", file.read(2))
        if code in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", file.read(5), 1)
            found = width, height
        elif code == 0xE1:
            block = file.read(min(length - 2, 65_536)) if length > 2 else b""
            if block.startswith(b"Exif\x00\x00"):
                turned = tiff_fields(block[6:]).is_turned
        elif code == 0xDA and found:
            if not _has_end(file, size):
                raise Damaged("is cut off")
            return PictureHeader(*found, turned)
        place += 2 + length
    raise Damaged("holds no picture")


_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def _has_end(file: BinaryIO, size: int) -> bool:
    """Whether the end mark of a JPEG comes somewhere from here on: cameras add things of their own after it."""
    here = file.tell()
    file.seek(max(here, size - 4096))
    if b"\xff\xd9" in file.read(4096):
        return True
    file.seek(here)
    before = b""
    while block := file.read(1 << 20):
        if b"\xff\xd9" in before + block:
            return True
        before = block[-1:]
    return False


def _gif(file: BinaryIO, size: int) -> PictureHeader:
    width, height, flags = struct.unpack_from("<HHB", file.read(13), 6)
    _skip_colours(file, flags)
    frames, durations, lasts = 0, list[float](), _lasts(0)
    for _ in range(_MOST_CHUNKS):
        mark = file.read(1)
        if mark == b";":
            break
        if mark == b"!":
            label = file.read(1)
            if label == b"\xf9":
                (hundredths,) = struct.unpack_from("<H", file.read(5), 2)
                lasts = _lasts(hundredths / 100)
        elif mark == b",":
            _, flags = struct.unpack("<8sB", file.read(9))
            _skip_colours(file, flags)
            file.seek(1, os.SEEK_CUR)
            frames += 1
            durations.append(lasts)
            lasts = _lasts(0)
        elif not mark and frames:
            raise Damaged("is cut off")
        else:
            break  # what follows is no GIF; what came before stands
        _skip_blocks(file, size)
    return _moving(width, height, False, frames, durations)


def _lasts(seconds: float) -> float:
    """How long a frame is shown: browsers show what claims less than a fiftieth of a second for a tenth."""
    return seconds if seconds > 0.01 else 0.1


def _moving(width: int, height: int, is_turned: bool, frames: int, durations: list[float]) -> PictureHeader:
    if frames < 2 or not durations:
        return PictureHeader(width, height, is_turned, frames)
    return PictureHeader(width, height, is_turned, frames, sum(durations), tuple(durations))


def _skip_colours(file: BinaryIO, flags: int) -> None:
    if flags & 0x80:
        file.seek(3 * 2 ** ((flags & 7) + 1), os.SEEK_CUR)


def _skip_blocks(file: BinaryIO, size: int) -> None:
    while length := file.read(1):
        if length == b"\x00":
            return
        file.seek(length[0], os.SEEK_CUR)
    raise Damaged("is cut off")


def _webp(file: BinaryIO, size: int) -> PictureHeader:
    (claimed,) = struct.unpack_from("<I", file.read(12), 4)
    if claimed + 8 > size:
        raise Damaged("is cut off")
    wide = high = frames = 0
    durations: list[float] = []
    turned, place = False, 12
    for _ in range(_MOST_CHUNKS):
        if place + 8 > claimed + 8:
            break
        file.seek(place)
        name, length = struct.unpack("<4sI", file.read(8))
        place += 8 + length + length % 2
        if name == b"VP8X":
            wide, high = (1 + int.from_bytes(part, "little") for part in struct.unpack("<4x3s3s", file.read(10)))
        elif name == b"VP8 ":
            lossy = struct.unpack_from("<HH", file.read(10), 6)
            wide, high = (wide or lossy[0] & 0x3FFF), (high or lossy[1] & 0x3FFF)
            frames += 1
        elif name == b"VP8L":
            (bits,) = struct.unpack_from("<I", file.read(5), 1)
            wide, high = (wide or 1 + (bits & 0x3FFF)), (high or 1 + (bits >> 14 & 0x3FFF))
            frames += 1
        elif name == b"ANMF":
            durations.append(_lasts(int.from_bytes(struct.unpack("<12x3sB", file.read(16))[0], "little") / 1000))
            frames += 1
        elif name == b"EXIF":
            block = file.read(min(length, 65_536)).removeprefix(b"Exif\x00\x00")
            turned = tiff_fields(block).is_turned
    return _moving(wide, high, turned, frames, durations)


def _bmp(file: BinaryIO, size: int) -> PictureHeader:
    head = file.read(26)
    if struct.unpack_from("<I", head, 14) == (12,):
        width, height = struct.unpack_from("<HH", head, 18)
    else:
        width, height = struct.unpack_from("<ii", head, 18)
    return PictureHeader(width, abs(height))  # below zero: the rows are from top to bottom


def _tiff(file: BinaryIO, size: int) -> PictureHeader:
    fields = tiff_fields(file.read(8_000_000))
    if fields.width is None or fields.height is None:
        # The table may be behind the pixels of a file larger than is read.
        raise Damaged("is cut off, or says no size")
    return PictureHeader(fields.width, fields.height, fields.is_turned)


def _heif(file: BinaryIO, size: int) -> PictureHeader:
    """AVIF and HEIC: the largest size among the items, the others are tiles and thumbnails."""
    head = file.read(1 << 18)
    sizes: list[tuple[int, int]] = []
    at = head.find(b"ispe\x00\x00\x00\x00")
    while at >= 0 and len(sizes) < 1000:
        sizes.append(struct.unpack_from(">II", head, at + 8))
        at = head.find(b"ispe\x00\x00\x00\x00", at + 16)
    if not sizes:
        raise Damaged("is cut off")
    width, height = max(sizes, key=lambda each: each[0] * each[1])
    turn = head.find(b"\x00\x00\x00\x09irot")
    turned = turn >= 0 and turn + 8 < len(head) and head[turn + 8] & 1 == 1
    return PictureHeader(width, height, turned, frames=None if head[8:12] == b"avis" else 1)


_READERS: dict[FileKind, Callable[[BinaryIO, int], PictureHeader]] = {
    file_kind.PNG: _png,
    file_kind.JPEG: _jpeg,
    file_kind.GIF: _gif,
    file_kind.WEBP: _webp,
    file_kind.BMP: _bmp,
    file_kind.TIFF: _tiff,
    file_kind.AVIF: _heif,
    file_kind.HEIC: _heif,
}
