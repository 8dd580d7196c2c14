"""Turns a picture file into pixels to be shown: upright, plain RGB, no larger than asked, behind limits.

Files come from models, servers and disks, so nothing about them is taken on trust: the kind is told by content, the
size is read before a pixel is decoded, and reading ends after some seconds. Blocks: call it in a thread.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oxen_tui.file_size import file_size
from oxen_tui.media.file_kind import FileKind, kind_of
from oxen_tui.media.picture_source import CannotShow, Source, in_words
from oxen_tui.media.plain_pixels import flattened, shrunk, unsqueezed, upright

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

LARGEST_PIXELS: Final = 72_000_000
"""8,192 by 8,192 and a little more: what the largest upscaler makes. 290 MB while it is decoded."""
LARGEST_JPEG_PIXELS: Final = 120_000_000
"""These are decoded at a fraction of their size where that is enough."""

WHITE: Final = (255, 255, 255)

_MANY_PIXELS = 12_000_000
_one_large = threading.Lock()
"""Held while more than `_MANY_PIXELS` are decoded: two at once would cost twice the memory."""


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """What a picture says about itself before it is decoded."""

    kind: FileKind
    width: int
    """Pixels as it is shown: a picture lying on its side is turned."""
    height: int
    moves: bool
    """Whether it has more than one frame, of which the first is shown."""
    size: int
    """Bytes of the file."""
    seconds: float | None = None
    """Of a clip, whose poster is shown."""

    @property
    def words(self) -> str:
        """In a line: `1536×1024 · PNG · 1.2 MB`."""
        format_name = self.kind.name.split()[1]  # of "a PNG picture"
        parts = [f"{self.width}×{self.height}", format_name, file_size(self.size)]
        if self.kind.kind == "video":
            parts.append("clip" if self.seconds is None else f"{self.seconds:.1f} s".replace(".0 ", " "))
        elif self.moves:
            parts.append("animation, first frame")
        return " · ".join(parts)


def read_header(source: Path | bytes) -> PictureHeader:
    """What a picture says about itself; nothing is decoded.

    Raises:
        CannotShow: It is no picture, damaged, or too large to be decoded.
    """
    with Source(source, None) as reading, in_words(reading):
        picture, kind = opened(reading)
        return _header(picture, kind, reading)


def open_picture(
    source: Path | bytes,
    box: tuple[int, int] | None = None,
    *,
    ground: tuple[int, int, int] = WHITE,
    stop: Callable[[], bool] | None = None,
) -> Image:
    """The picture as RGB, upright, its first frame.

    Args:
        source: A file, or its content.
        box: Pixels, width and height, within which it is to fit; it is made smaller for that, never larger. None
            leaves it as it is.
        ground: What is seen where the picture is transparent.
        stop: Asked now and then; true ends the decoding.

    Raises:
        CannotShow: With a sentence why.
        Stopped: `stop` said so.
    """
    with Source(source, stop) as reading, in_words(reading):
        picture, _ = opened(reading)
        if picture.width * picture.height > _MANY_PIXELS:
            with _one_large:
                return _decoded(picture, box, ground)
        return _decoded(picture, box, ground)


def _decoded(picture: ImageFile, box: tuple[int, int] | None, ground: tuple[int, int, int]) -> Image:
    if box is not None:
        # Either side may be the long one until it is turned. Twice as large leaves the filter something to work on.
        side = 2 * max(box)
        picture.draft("RGB", (side, side))
    picture.load()
    plain = unsqueezed(picture)
    if box is not None:
        turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        plain = shrunk(plain, (box[1], box[0]) if turned else box)
    return flattened(upright(plain, picture), ground)


def opened(reading: Source) -> tuple[ImageFile, FileKind]:
    """Pillow's picture of a file, not decoded yet; raises as `read_header` does."""
    head = reading.head
    if not head:
        raise CannotShow("The file is empty")
    kind = kind_of(head)
    if kind is None:
        raise CannotShow("The file is no picture: its first bytes are of no known kind")
    reader = _reader(kind)
    if reader is None:
        raise CannotShow(_no_picture(kind))
    picture = reader(reading.file)
    pixels, limit = picture.width * picture.height, LARGEST_JPEG_PIXELS if kind.extension == "jpg" else LARGEST_PIXELS
    if pixels <= 0:
        raise CannotShow("The picture has no pixels")
    if pixels > limit:
        raise CannotShow(
            f"The picture is too large to show: {picture.width:,}×{picture.height:,} pixels, "
            f"at most {limit // 1_000_000} million are decoded here"
        )
    return picture, kind


def _reader(kind: FileKind) -> Callable[[io.BufferedIOBase], ImageFile] | None:
    """Pillow's reader of that kind alone. `Image.open` would try every format it knows, and warn of large ones on
    stderr, where the screen is drawn."""
    match kind.extension:
        case "png":
            from PIL.PngImagePlugin import PngImageFile as Reader
        case "jpg":
            from PIL.JpegImagePlugin import JpegImageFile as Reader  # type: ignore[assignment]
        case "webp":
            from PIL.WebPImagePlugin import WebPImageFile as Reader  # type: ignore[assignment]
        case "gif":
            from PIL.GifImagePlugin import GifImageFile as Reader  # type: ignore[assignment]
        case "bmp":
            from PIL.BmpImagePlugin import BmpImageFile as Reader  # type: ignore[assignment]
        case "tiff":
            from PIL.TiffImagePlugin import TiffImageFile as Reader  # type: ignore[assignment]
        case "avif":
            from PIL import features

            if not features.check("avif"):
                return None
            from PIL.AvifImagePlugin import AvifImageFile as Reader  # type: ignore[assignment]
        case _:
            return None
    return Reader  # type: ignore[return-value]


def _no_picture(kind: FileKind) -> str:
    if kind.kind == "image":
        return f"The file is {kind.name}, which is not shown here"
    if kind.extension == "svg":
        return "The file is an SVG drawing, which is not shown here: a browser opens it"
    return f"The file is {kind.name}, not a picture"


def _header(picture: ImageFile, kind: FileKind, reading: Source) -> PictureHeader:
    width, height = picture.size
    # Of a TIFF file Pillow gives the size as it is shown, and turns it by itself.
    if kind.extension != "tiff" and picture.getexif().get(0x0112, 1) in (5, 6, 7, 8):
        width, height = height, width
    return PictureHeader(kind, width, height, bool(getattr(picture, "is_animated", False)), reading.size)
