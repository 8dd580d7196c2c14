"""Turns a picture file into pixels to be shown: upright, plain RGB, no larger than asked, behind limits.

Files come from models, servers and disks, so nothing about them is taken on trust: the kind is told by content, the
size is read before a pixel is decoded, and reading ends after some seconds. Blocks: call it in a thread.
"""

from __future__ import annotations

import io
import struct
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oxen_tui.media.file_kind import HEAD, FileKind, kind_of
from oxen_tui.media.plain_pixels import flattened, shrunk, unsqueezed, upright
from oxen_tui.system_words import why

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

LARGEST_BYTES: Final = 200_000_000
LARGEST_PIXELS: Final = 72_000_000
"""8,192 by 8,192 and a little more: what the largest upscaler makes. 290 MB while it is decoded."""
LARGEST_JPEG_PIXELS: Final = 120_000_000
"""These are decoded at a fraction of their size where that is enough."""
LONGEST: Final = 20.0
"""Seconds that one picture may take."""

WHITE: Final = (255, 255, 255)

_MANY_PIXELS = 12_000_000
_one_large = threading.Lock()
"""Held while more than `_MANY_PIXELS` are decoded: two at once would cost twice the memory."""

_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    ZeroDivisionError,
    OverflowError,
    RuntimeError,
    struct.error,
    zlib.error,
    UserWarning,
)
"""What Pillow's readers raise for files that are not what they seem; hardly any is documented. They warn of some
damage, which is an error where warnings are."""


class CannotShow(Exception):
    """The picture cannot be shown."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        """Why, in words for the user; names no folder."""


class Stopped(Exception):
    """Nobody wants the picture any longer."""


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
        parts = [f"{self.width}×{self.height}", format_name, _in_bytes(self.size)]
        if self.kind.kind == "video":
            parts.append("clip" if self.seconds is None else f"{self.seconds:.1f} s".replace(".0 ", " "))
        elif self.moves:
            parts.append("animation, first frame")
        return " · ".join(parts)


def kind_of_file(path: Path) -> FileKind | None:
    """What a file is by its content; None where it is nothing that is known.

    Raises:
        CannotShow: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return kind_of(file.read(HEAD))
    except OSError as error:
        raise CannotShow(f"The file cannot be read: {why(error)}") from error


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


class Source:
    """A file that is read for as long as somebody wants it, and no longer than `LONGEST`."""

    def __init__(self, source: Path | bytes, stop: Callable[[], bool] | None) -> None:
        self._source, self._stop = source, stop
        self._until = time.monotonic() + LONGEST
        self.size = 0
        self.head = b""

    def __enter__(self) -> Source:
        with ExitStack() as when_it_fails:
            try:
                inner = self._open()
                when_it_fails.callback(inner.close)
                self.file = _Watched(inner, self._look)
                self.size = self.file.seek(0, io.SEEK_END)
                self.file.seek(0)
                if self.size > LARGEST_BYTES:
                    raise CannotShow(f"The file is too large to show: {_in_bytes(self.size)}")
                self.head = self.file.read(HEAD)
                self.file.seek(0)
            except OSError as error:
                raise CannotShow(f"The file cannot be read: {why(error)}") from error
            when_it_fails.pop_all()
        return self

    def _open(self) -> io.RawIOBase | io.BytesIO:
        if isinstance(self._source, bytes):
            return io.BytesIO(self._source)
        return self._source.open("rb", buffering=0)

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def go_on(self) -> None:
        """Another picture of the same file is read: it may take as long again."""
        self._look()
        self._until = time.monotonic() + LONGEST

    def _look(self) -> None:
        if self._stop is not None and self._stop():
            raise Stopped
        if time.monotonic() > self._until:
            raise CannotShow(f"The picture takes longer than {LONGEST:.0f} s to decode")


class _Watched(io.BufferedReader):
    """Looks at the clock with each read. Pillow reads PNG, JPEG and GIF by blocks of 64 kB while it decodes them."""

    def __init__(self, inner: io.RawIOBase | io.BytesIO, look: Callable[[], None]) -> None:
        super().__init__(inner)
        self._look = look

    def read(self, size: int | None = -1, /) -> bytes:
        self._look()
        return super().read(size)


class in_words:  # noqa: N801 - read as a verb
    """Says what goes wrong within it as `CannotShow`."""

    def __init__(self, reading: Source) -> None:
        self._reading = reading

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, MemoryError):
            raise CannotShow("There is not enough memory to show the picture") from error
        if isinstance(error, _BROKEN):
            cut_off = "truncated" in str(error).lower() or isinstance(error, EOFError)
            raise CannotShow(
                "The picture is cut off: the end of the file is missing" if cut_off else "The picture is damaged"
            ) from error


def _in_bytes(size: int) -> str:
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} KB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"
