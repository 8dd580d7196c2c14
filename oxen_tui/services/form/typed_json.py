"""JSON that a person types: read with words for what is wrong with it, and nothing that JSON does not have."""

from __future__ import annotations

import json
import math
from typing import Any, Final

from oxen_tui.api.json_values import cleaned

DEEPEST: Final = 100
"""Levels of what may be typed. Schemas go down to 80, and checking takes some of Python's stack for each."""

_LONGEST_NUMBER = 400
"""Digits; Python refuses thousands of them, and no field takes more than fifty."""

_REASONS = {
    "Expecting value": "a value is missing",
    "Expecting property name enclosed in double quotes": "a name in double quotes is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting ',' delimiter": "a comma is missing",
    "Extra data": "something follows after the end",
    "Unterminated string starting at": "a text has no end",
    "Invalid control character at": "a text is broken off by the end of its line",
    "Illegal trailing comma before end of object": "there is a comma too many",
    "Illegal trailing comma before end of array": "there is a comma too many",
}


class NoJson(Exception):
    """A text that is no JSON."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        """Why: `line 3: a comma is missing`."""
        self.line = line
        """From 1."""


class TooDeep(NoJson):
    """A text whose lists and objects are nested deeper than anybody needs."""


def read_json(text: str) -> Any:
    """The value of a text, cleaned of characters that could act on a terminal.

    Raises:
        NoJson: With the line.
    """
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_int=_whole, parse_float=_finite)
    except json.JSONDecodeError as error:
        reason = next((words for start, words in _REASONS.items() if error.msg.startswith(start)), "")
        if not reason:
            reason = "a backslash must be doubled" if "escape" in error.msg else "this is no JSON"
        raise NoJson(f"line {error.lineno}: {reason}", error.lineno) from None
    except RecursionError:
        raise TooDeep(f"it is nested deeper than {DEEPEST} levels") from None
    if is_deeper(value, DEEPEST):
        raise TooDeep(f"it is nested deeper than {DEEPEST} levels")
    return cleaned(value)


def json_line(value: object) -> str:
    """In one line, all of it."""
    return json.dumps(value, ensure_ascii=False)


def is_deeper(value: object, levels: int) -> bool:
    """Whether lists and objects are nested deeper than this. Without recursion, whatever comes."""
    layer = [value] if isinstance(value, dict | list) else []
    for _ in range(levels):
        layer = [
            child
            for entry in layer
            for child in (entry.values() if isinstance(entry, dict) else entry)
            if isinstance(child, dict | list)
        ]
    return bool(layer)


def _no_constant(word: str) -> object:
    raise NoJson(f"{word} is no number that can be sent")


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise NoJson("a number has too many digits")
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise NoJson(f"{digits[:20]} is too large")
    return value
