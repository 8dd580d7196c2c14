"""A list of models as it came over the wire, cut into single models without parsing all of it at once.

A catalogue can be tens of megabytes. Parsed in one call it would hold the interpreter for most of a second and cost
ten times its size in memory; model by model a thread can do it between other work, and keep the text of each (its
place in the body) instead of the objects.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_LIST_KEYS = ("data", "models")
_MODEL_KEYS = ("data", "model")
_WINDOW = 64 * 1024
"""Bytes decoded at a time; more where a single model needs it."""

_SPACE = re.compile(r"[ \t\n\r]*")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Entry(NamedTuple):
    """One object of a list, and where it stands in the body."""

    value: dict[str, Any]
    """As parsed: foreign text, not yet cleaned."""
    start: int
    """Bytes from the beginning of the body."""
    end: int


def entries(body: bytes) -> Iterator[Entry]:
    """The objects of a list answer, with or without an envelope. What is no object is left out.

    Raises:
        ValueError: The body is no JSON, or JSON without a list.
    """
    start = list_start(body)
    if start is None:
        raise ValueError("no list of models")
    reader = _Reader(body, start)
    reader.take("[")
    while not reader.take("]"):
        begin, value, end = reader.value()
        if isinstance(value, dict):
            yield Entry(value, begin, end)
        if not reader.take(",") and reader.next_character() != "]":
            raise ValueError(f"no list of models after byte {end}")


def list_start(body: bytes) -> int | None:
    """Where the list begins, in bytes; None if there is none before the body ends or stops being JSON."""
    return _find(body, _LIST_KEYS, "[")


def model_text(body: bytes) -> bytes:
    """The object of a detail answer, taken out of an envelope where it has one.

    Raises:
        ValueError: The envelope's content is no JSON.
    """
    for key in _MODEL_KEYS:
        start = _find(body, (key,), "{")
        if start is not None:
            _, _, end = _Reader(body, start).value()
            body = body[start:end]
    return body


def _find(body: bytes, keys: tuple[str, ...], bracket: str) -> int | None:
    """Where the value of one of the keys begins, or the whole one if it is of that kind itself and a list."""
    try:
        reader = _Reader(body, len(_BYTE_ORDER_MARK) if body.startswith(_BYTE_ORDER_MARK) else 0)
        if bracket == "[" and reader.next_character() == "[":
            return reader.place
        if not reader.take("{"):
            return None
        while not reader.take("}"):
            _, key, _ = reader.value()
            if not isinstance(key, str) or not reader.take(":"):
                return None
            if reader.next_character() == bracket and key in keys:
                return reader.place
            reader.value()
            reader.take(",")
    except ValueError:
        pass
    return None


class _Reader:
    """Reads JSON values from bytes, a window of text at a time."""

    def __init__(self, body: bytes, place: int) -> None:
        self.place = place
        """Of the next character, in bytes."""
        self._body = body
        self._decoder = json.JSONDecoder()
        self._index = 0
        self._load(_WINDOW)

    def next_character(self) -> str:
        """The next one that is no space, not taken; "" at the end."""
        while True:
            found = _SPACE.match(self._text, self._index)
            assert found is not None
            self._advance(found.end())
            if self._index < len(self._text) or self._whole:
                return self._text[self._index : self._index + 1]
            self._load(_WINDOW)

    def take(self, character: str) -> bool:
        """Whether the next character that is no space is this one, which is then passed."""
        if self.next_character() != character:
            return False
        self._advance(self._index + 1)
        return True

    def value(self) -> tuple[int, Any, int]:
        """The next value with its beginning and end.

        Raises:
            ValueError: What comes is no JSON.
        """
        self.next_character()
        size = _WINDOW
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._index)
            except RecursionError:
                raise ValueError("nested too deeply") from None
            except ValueError:
                if self._whole:
                    raise
            else:
                # A number that ends where the window does may go on after it.
                if end < len(self._text) or self._whole:
                    begin = self.place
                    self._advance(end)
                    return begin, value, self.place
            size *= 2
            self._load(size)

    def _advance(self, index: int) -> None:
        passed = index - self._index
        self.place += passed if self._plain else len(self._text[self._index : index].encode("utf-8", "surrogatepass"))
        self._index = index

    def _load(self, size: int) -> None:
        chunk = self._body[self.place : self.place + size]
        self._whole = self.place + size >= len(self._body)
        # A character that the window cuts in two is left to the next one.
        self._text, used = codecs.utf_8_decode(chunk, "strict", self._whole)
        self._plain = used == len(self._text)
        self._index = 0
