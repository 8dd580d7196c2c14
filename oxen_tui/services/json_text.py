"""JSON as text to read: in one line, or in lines with their depth. However deep, and with nothing in it that acts.

Characters that could act on a terminal are written as their escapes, so that nothing is lost: what is copied is the
value again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from oxen_tui.safe_text import clean

_SHORT = 72
"""Lists of plain values up to this many characters stay in one line: an enum of eighteen ratios is no column."""

_MOST = 100_000
"""Characters of one line; a longer one is cut with a mark."""


class _Closing(str):
    """The end of an object or array, waiting for its turn."""

    __slots__ = ()


def compact_json(value: object, longest: int | None = _MOST) -> str:
    """In one line, cut with a mark at `longest` characters."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        text = " ".join(line for _, line in json_lines(value, longest))
    if not (text.isascii() and text.isprintable()) and clean(text) != text:
        text = "".join(sign if clean(sign) == sign else _escape(sign) for sign in text)
    return text if longest is None or len(text) <= longest else text[: longest - 1] + "…"


def json_lines(value: object, longest: int | None = _MOST) -> Iterator[tuple[int, str]]:
    """The lines of a value, each with its depth. Without recursion: a schema may be nested deeper than Python."""
    waiting: list[tuple[int, str, object, str]] = [(0, "", value, "")]
    while waiting:
        depth, before, entry, after = waiting.pop()
        if isinstance(entry, _Closing):
            yield depth, entry + after
        elif isinstance(entry, dict) and entry:
            yield depth, before + "{"
            waiting.append((depth, "", _Closing("}"), after))
            last = next(reversed(entry))
            waiting.extend(
                (depth + 1, compact_json(key) + ": ", entry[key], "" if key is last else ",")
                for key in reversed(entry)
            )
        elif isinstance(entry, list) and entry and not _stays_short(entry):
            yield depth, before + "["
            waiting.append((depth, "", _Closing("]"), after))
            end = len(entry) - 1
            waiting.extend(
                (depth + 1, "", item, "" if index == end else ",")
                for index, item in zip(range(end, -1, -1), reversed(entry), strict=True)
            )
        else:
            yield depth, before + compact_json(entry, longest) + after


def _stays_short(entries: list[object]) -> bool:
    if any(isinstance(entry, dict | list) for entry in entries) or len(entries) > _SHORT:
        return False
    return len(compact_json(entries)) <= _SHORT


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else json.dumps(sign)[1:-1]
