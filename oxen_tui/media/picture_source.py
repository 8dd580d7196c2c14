"""Files that pictures are read from: for as long as somebody wants them, with words for what goes wrong."""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from oxen_tui.file_size import file_size
from oxen_tui.media.file_kind import HEAD, FileKind, kind_of
from oxen_tui.system_words import why

LARGEST_BYTES: Final = 200_000_000
LONGEST: Final = 20.0
"""Seconds that one picture may take."""

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
                    raise CannotShow(f"The file is too large to show: {file_size(self.size)}")
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
