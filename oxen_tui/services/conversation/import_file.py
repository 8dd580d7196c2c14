"""The file that conversations are taken in from: JSON, or the ZIP that ChatGPT gives, read entry by entry.

Decoding a list in one go would hold up the whole program: the decoder does not let another thread in before its end,
which takes seconds for what years of talking come to.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

LARGEST: Final = 500_000_000
"""Bytes of text that are read."""

_MEMBER: Final = "conversations.json"
"""What the export of ChatGPT keeps them in."""
_SPACE: Final = re.compile(r"[ \t\n\r]*")


class NotReadable(Exception):
    """The file is no export of a kind that is known.

    Attributes:
        sentence: What is wrong.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def file_text(file: Path) -> str:
    """What a file says, or the one in an archive. Blocks: call it in a thread.

    Raises:
        NotReadable: It is too large, no text, or an archive without conversations.
        OSError: It cannot be read.
    """
    content = _unpacked(file) if zipfile.is_zipfile(file) else _plain(file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotReadable(f"{file} is no text in UTF-8: nothing was taken from it") from error


def entries(content: str) -> Iterator[Any]:
    """The values of a list one by one, or the one that it is where it is no list.

    Raises:
        NotReadable: From here on it is no JSON. What came before is of a damaged file.
    """
    try:
        yield from _decoded(content)
    except (ValueError, RecursionError) as error:
        place = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise NotReadable(f"This file is damaged, or no JSON{place}: nothing was taken from it") from error


def _plain(file: Path) -> bytes:
    with file.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _too_large(file)
    return content


def _unpacked(file: Path) -> bytes:
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name for name in archive.namelist() if name.rpartition("/")[2] == _MEMBER]
            if not names:
                raise NotReadable(f"{file} is an archive without {_MEMBER}: nothing was taken from it")
            with archive.open(names[0]) as stream:
                content = stream.read(LARGEST + 1)  # counted as it comes: a header may say anything
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise NotReadable(f"{file} is a damaged or locked archive: nothing was taken from it") from error
    if len(content) > LARGEST:
        raise _too_large(file)
    return content


def _too_large(file: Path) -> NotReadable:
    return NotReadable(f"{file} is larger than {LARGEST // 1_000_000} MB: nothing was taken from it")


def _decoded(content: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()

    def behind_space(place: int) -> int:
        found = _SPACE.match(content, place)
        return place if found is None else found.end()

    def fail(place: int) -> json.JSONDecodeError:
        return json.JSONDecodeError("no JSON", content, place)

    place = behind_space(0)
    if content[place : place + 1] != "[":
        yield decoder.decode(content)
        return
    place = behind_space(place + 1)
    while content[place : place + 1] != "]":
        value, place = decoder.raw_decode(content, place)
        yield value
        place = behind_space(place)
        if content[place : place + 1] == ",":
            place = behind_space(place + 1)
            if content[place : place + 1] == "]":
                raise fail(place)
        elif content[place : place + 1] != "]":
            raise fail(place)
    if (place := behind_space(place + 1)) != len(content):
        raise fail(place)
