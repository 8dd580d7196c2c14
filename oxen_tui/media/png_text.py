"""Texts inside PNG files: put in by inserting chunks, so that the pixels stay as they came; read within limits."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_MOST_CHUNKS: Final = 20_000
_MOST_TEXTS: Final = 100
LONGEST_TEXT: Final = 1_000_000
"""Bytes of one text; longer ones are not read."""
_PROVENANCE: Final = b"caBX"
"""Holds a signature over all other bytes of the file (C2PA)."""


class NotPng(Exception):
    """The file is no PNG file, or a damaged one."""


def insert_texts(source: BinaryIO, into: BinaryIO, texts: Mapping[str, str]) -> None:
    """Copies a PNG file with texts put in behind its header; those it has under the same names are left out.

    Args:
        source: At its start.
        into: What is written.
        texts: By name: 1 to 79 characters of Latin 1, such as `Description`.

    Raises:
        NotPng: `source` is none. What was written by then is of no use.
        OSError: The disk.
    """
    if source.read(8) != _SIGNATURE:
        raise NotPng
    into.write(_SIGNATURE)
    names = {name.encode("latin-1") for name in texts}
    for number, (name, length) in enumerate(_chunks(source)):
        frame = struct.pack(">I4s", length, name)
        if name in _TEXTS and length < LONGEST_TEXT:
            content = source.read(length + 4)
            if content.partition(b"\0")[0] not in names:
                into.write(frame + content)
            continue
        into.write(frame)
        _copy(source, into, length + 4)
        if number == 0:
            for title, text in texts.items():
                into.write(_chunk(b"iTXt", title.encode("latin-1") + b"\0\0\0\0\0" + text.encode("utf-8", "replace")))
    shutil.copyfileobj(source, into)  # what some programs add behind the end


def is_signed(file: BinaryIO) -> bool:
    """Whether a PNG file carries a signature that any change would break.

    Args:
        file: At its start.
    """
    if file.read(8) != _SIGNATURE:
        return False
    try:
        return any(name == _PROVENANCE for name, _ in _skipping(file))
    except NotPng:
        return False


def read_texts(file: BinaryIO) -> dict[str, str]:
    """The texts of a PNG file by name, as far as they can be read. Not cleaned.

    Args:
        file: At its start.
    """
    found: dict[str, str] = {}
    if file.read(8) != _SIGNATURE:
        return found
    try:
        for name, length in _skipping(file):
            if name in _TEXTS and length <= LONGEST_TEXT and len(found) < _MOST_TEXTS:
                title, _, content = file.read(length).partition(b"\0")
                text = _text(name, content)
                if title and text is not None:
                    found.setdefault(title.decode("latin-1"), text)
    except NotPng:
        pass  # cut off: what came before stands
    return found


_TEXTS = (b"tEXt", b"zTXt", b"iTXt")


def _text(name: bytes, content: bytes) -> str | None:
    if name == b"tEXt":
        return content.decode("latin-1")
    if name == b"zTXt":
        unpacked = _unpacked(content[1:])
        return None if unpacked is None else unpacked.decode("latin-1")
    packed, rest = content[:1] == b"\1", content[2:].split(b"\0", 2)
    if len(rest) < 3:
        return None
    plain = _unpacked(rest[2]) if packed else rest[2]
    return None if plain is None else plain.decode("utf-8", "replace")


def _unpacked(content: bytes) -> bytes | None:
    """A small chunk can hold gigabytes of the same letter: no more than the limit is unpacked."""
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(content, LONGEST_TEXT)
    except zlib.error:
        return None
    return plain if unpacking.eof else None


def _skipping(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """As `_chunks`, whatever of each was read."""
    place = file.tell()
    for name, length in _chunks(file):
        yield name, length
        place += 12 + length
        file.seek(place)


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Name and length of each chunk, up to the last; the file stands at its content."""
    for number in range(_MOST_CHUNKS):
        frame = file.read(8)
        if len(frame) < 8:
            raise NotPng
        length, name = struct.unpack(">I4s", frame)
        if length > 0x7FFF_FFFF or (number == 0) != (name == b"IHDR"):
            raise NotPng
        yield name, length
        if name == b"IEND":
            return
    raise NotPng


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _copy(source: BinaryIO, into: BinaryIO, count: int) -> None:
    while count:
        block = source.read(min(count, 1 << 20))
        if not block:
            raise NotPng
        into.write(block)
        count -= len(block)
