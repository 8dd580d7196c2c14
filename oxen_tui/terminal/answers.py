"""What a terminal says when it is asked what it can do, found among the keys of a user who types ahead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

QUERY_ID: Final = 31
"""Of the picture that is never sent: the graphics protocol is asked with it."""

_ANSWER = re.compile(
    rb"\x1b\[\?(?P<attributes>[\d;]*)c"
    rb"|\x1bP>\|(?P<name>[^\x1b\x07]{0,200})(?:\x1b\\|\x07)"
    rb"|\x1b_G(?P<graphics>[^\x1b]{0,300})\x1b\\"
    rb"|\x1b\[\?(?P<known>\d+);(?P<state>\d)\$y"
    rb"|\x1b\[(?P<size>[46]);(?P<height>\d{1,5});(?P<width>\d{1,5})t"
    rb"|\x1bP(?P<valid>[01])\$r(?P<setting>[^\x1b]{0,200})\x1b\\",
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was found in the bytes that came."""

    complete: bool = False
    """Whether the last answer is there: everything that was asked before it is answered or never will be."""
    name: str = ""
    """Of the terminal, with its version, as it says."""
    graphics: bool = False
    """It knows the graphics protocol. Whether it has placeholders as well, it does not say."""
    sixel: bool = False
    synchronized: bool = False
    """It holds back a frame until the whole of it has come."""
    truecolour: bool = False
    """It kept a colour that is in no table."""
    cell: tuple[int, int] | None = None
    """Pixels, width and height."""
    text_area: tuple[int, int] | None = None
    """Likewise, of all cells together."""
    typed: bytes = b""
    """What else came: keys."""


def read_answers(data: bytes) -> Answers:
    """The answers in what a terminal sent; what is no answer was typed."""
    found: dict[str, object] = {}
    typed, end = [], 0
    for match in _ANSWER.finditer(data):
        typed.append(data[end : match.start()])
        end = match.end()
        found |= _meaning(match)
    typed.append(data[end:])
    return Answers(typed=b"".join(typed), **found)  # type: ignore[arg-type]


def _meaning(match: re.Match[bytes]) -> dict[str, object]:
    part = match.groupdict()
    if part["attributes"] is not None:
        return {"complete": True, "sixel": b"4" in part["attributes"].split(b";")}
    if part["name"] is not None:
        return {"name": part["name"].decode("ascii", "replace")}
    if part["graphics"] is not None:
        return {"graphics": part["graphics"].startswith(b"i=%d" % QUERY_ID) and part["graphics"].endswith(b";OK")}
    if part["known"] is not None:
        return {"synchronized": part["state"] in (b"1", b"2", b"3")} if part["known"] == b"2026" else {}
    if part["size"] is not None:
        size = int(part["width"]), int(part["height"])
        return {"cell" if part["size"] == b"6" else "text_area": size} if all(size) else {}
    # 48:2::1:2:3 in one terminal, 48;2;1;2;3 in another.
    kept = re.search(rb"48[:;]2[:;][:;]?(?:\d*:)?1[:;]2[:;]3", part["setting"] or b"")
    return {"truecolour": part["valid"] == b"1" and kept is not None}
