"""JSON as text to read: in one line, or in lines with their depth. However deep, and cleaned of what could act."""

from __future__ import annotations

import json
from collections.abc import Iterator

from oxen_tui.safe_text import clean_line

_SHORT = 72
"""Lists of plain values up to this many characters stay in one line: an enum of eighteen ratios is no column."""

_MOST = 100_000
"""Characters of one line; a longer one is cut with a mark."""


class _Closing(str):
    """The end of an object or array, waiting for its turn."""

    __slots__ = ()


def compact_json(value: object) -> str:
    """In one line."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        text = " ".join(line for _, line in json_lines(value))
    return text if text.isascii() and text.isprintable() else clean_line(text, _MOST)


def json_lines(value: object) -> Iterator[tuple[int, str]]:
    """The lines of a value, each with its depth. Without recursion: a schema may be nested deeper than Python."""
    waiting: list[tuple[int, str, object, str]] = [(0, "", value, "")]
    while waiting:
        depth, before, entry, after = waiting.pop()
        if isinstance(entry, _Closing):
            yield depth, entry + after
        elif isinstance(entry, dict) and entry:
            yield depth, before + "{"
            waiting.append((depth, "", _Closing("}"), after))
            keys = list(entry)
            waiting.extend(
                (depth + 1, compact_json(key) + ": ", entry[key], "" if key is keys[-1] else ",")
                for key in reversed(keys)
            )
        elif isinstance(entry, list) and entry and not _stays_short(entry):
            yield depth, before + "["
            waiting.append((depth, "", _Closing("]"), after))
            last = len(entry) - 1
            waiting.extend(
                (depth + 1, "", item, "" if index == last else ",")
                for index, item in zip(range(last, -1, -1), reversed(entry), strict=True)
            )
        else:
            yield depth, before + compact_json(entry) + after


def _stays_short(entries: list[object]) -> bool:
    if any(isinstance(entry, dict | list) for entry in entries) or len(entries) > _SHORT:
        return False
    return len(compact_json(entries)) <= _SHORT
