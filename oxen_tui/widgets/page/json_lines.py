"""Lines of JSON on a page: broken where they are too long, and their colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from oxen_tui.widgets.lines.line import Piece

_TOKEN = re.compile(
    r"""(?P<key>"(?:[^"\\]|\\.)*"(?=:\ )) | (?P<string>"(?:[^"\\]|\\.)*"?)
    | (?P<number>-?\d[\d.eE+-]*) | (?P<word>true|false|null|NaN|-?Infinity)""",
    re.VERBOSE,
)
_INKS = {"key": "fn", "string": "str", "number": "num", "word": "kw"}


class JsonLine(NamedTuple):
    """A line of text, or a part of one that is too long for the page."""

    text: str
    goes_on: bool = False
    """It belongs to the value that the line above began."""


def indented(lines: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Lines with their depth, as `services.json_text` writes them, as text."""
    return ("  " * depth + line for depth, line in lines)


def broken_json(lines: Iterable[tuple[int, str]], width: int) -> Iterator[JsonLine]:
    """Lines with their depth, on a page of so many cells. Work is done for those that are taken."""
    for line in indented(lines):
        yield from _broken(line, width)


def ink_json(line: JsonLine) -> list[Piece]:
    """The pieces of a line. What goes on from the line above is the rest of a string."""
    if line.goes_on:
        return [Piece(line.text, "str")]
    pieces: list[Piece] = []
    at = 0
    for found in _TOKEN.finditer(line.text):
        if found.start() > at:
            pieces.append(Piece(line.text[at : found.start()], "muted"))
        pieces.append(Piece(found[0], _INKS[found.lastgroup or "word"]))
        at = found.end()
    if at < len(line.text):
        pieces.append(Piece(line.text[at:], "muted"))
    return pieces


def _broken(line: str, width: int) -> Iterator[JsonLine]:
    if len(line) <= width and (line.isascii() or cell_len(line) <= width):
        yield JsonLine(line)
        return
    indent = " " * min(len(line) - len(line.lstrip(" ")) + 2, max(0, width - 20))
    at = 0
    while at < len(line):
        room = max(2, width - len(indent)) if at else width
        # No character takes less than a cell, but for marks that combine: these lines are a little shorter.
        text = chop_cells(line[at : at + room], room)[0]
        yield JsonLine(indent + text if at else text, goes_on=at > 0)
        at += len(text)
