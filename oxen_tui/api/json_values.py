"""Reading of JSON from a server that may send anything. Nothing here raises on a value of the wrong shape.

Numbers are read where they are meant (3, 3.0, "3"), text is cleaned of what could act on a terminal, times become
aware datetimes (contract section 6: unix seconds, and to be safe milliseconds and ISO strings).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from oxen_tui.safe_text import clean, clean_line

_DEEPEST = 160
"""Nesting beyond this is dropped from values that are kept whole (request schemas, echoed parameters). A level of a
schema is two of these, and whoever writes or compares a value needs a few frames of Python's stack for each."""


def parse_json(text: str | bytes) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: for whatever is wrong with the text: no JSON, no UTF-8, nesting or digits without end.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def text(value: Any) -> str:
    """Text of several lines, cleaned; "" for anything that is no string."""
    if not isinstance(value, str):
        return ""
    # Nearly all of a catalogue is plain ASCII: the check costs a fifth of the translation.
    return value if value.isascii() and value.isprintable() else clean(value)


def line(value: Any, limit: int = 500) -> str:
    """Text of one line, cleaned, at most `limit` characters; "" for anything that is no string."""
    return clean_line(value, limit) if isinstance(value, str) else ""


def optional_text(value: Any) -> str | None:
    """Text or None: the empty string counts as none."""
    return text(value) or None


def name(value: Any) -> str:
    """A name that is sent back to the server (an id): cleaned, but not marked as shortened."""
    if isinstance(value, str):
        return clean_line(value[:2000], 4000)
    return str(value) if type(value) is int else ""


def number(value: Any) -> float | None:
    """A finite number, also when it came as decimal text ("0.1" is how costs are written)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def whole(value: Any) -> int | None:
    """A number that counts something; fractions are cut."""
    found = number(value)
    return None if found is None or abs(found) > 1e18 else int(found)


def truth(value: Any) -> bool | None:
    """True, False or not said."""
    return value if isinstance(value, bool) else None


def mapping(value: Any) -> Mapping[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """The array, or an empty one."""
    return value if isinstance(value, list) else []


def words(value: Any) -> frozenset[str]:
    """The strings of an array, in lower case."""
    return frozenset(word for entry in items(value) if (word := line(entry, 60).lower()))


def prices(value: Any) -> dict[str, float]:
    """The entries of an object that are numbers."""
    return {line(key, 100): price for key, entry in mapping(value).items() if (price := number(entry)) is not None}


def moment(value: Any) -> datetime | None:
    """An aware datetime (UTC when the zone is not said), in a year that can be shown in every zone."""
    found = _moment(value)
    return found if found is not None and 1 < found.year < 9999 else None


def _moment(value: Any) -> datetime | None:
    if isinstance(value, str) and not value.strip().replace(".", "", 1).isdigit():
        try:
            found = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
        return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    seconds = number(value)
    if seconds is None:
        return None
    while abs(seconds) > 1e11:  # the year 5138: so it was milliseconds, or finer
        seconds /= 1000
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def cleaned(value: Any, depth: int = 0) -> Any:
    """A JSON value with all its text cleaned, to be kept whole."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, dict):
        if depth >= _DEEPEST:
            return {}
        return {text(key): cleaned(entry, depth + 1) for key, entry in value.items()}
    if isinstance(value, list):
        return [] if depth >= _DEEPEST else [cleaned(entry, depth + 1) for entry in value]
    # Python reads NaN and 1e400, but neither is JSON, and a request with one of them cannot be written.
    return None if isinstance(value, float) and not math.isfinite(value) else value
