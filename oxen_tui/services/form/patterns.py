"""Patterns of a schema, which are foreign: only those are run that cannot compute for ever."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 200
"""Characters of a pattern."""

_MOST_STEPS = 200_000
"""Characters to the power of repetitions; some milliseconds at the worst."""

_PIECE = re.compile(
    r"\\[0-9]|\\k"  # a reference to a group: never
    r"|(?P<open>\((?:\?:|\?P?<\w+>)?)"
    r"|(?P<close>\)(?P<again>[*+{])?)"
    r"|\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|[^\\()\[]",
    re.DOTALL,
)
_REPEATED = re.compile(r"[*+]|\{\d*,\d*\}|\{\d{3,}\}")
_SET_OF_SETS = re.compile(r"\[|--|&&|\|\||~~")
"""In brackets, these will mean something else in a later Python, which warns."""

_MOST_OPTIONAL = 8
"""Each doubles what is tried."""


def breaks_pattern(pattern: str, text: str) -> bool:
    """Whether a text surely does not match. False also for a pattern that is not run."""
    compiled = _compiled(pattern)
    if compiled is None:
        return False
    found, repetitions = compiled
    if len(text) ** max(repetitions, 1) > _MOST_STEPS:
        return False
    return found.search(text) is None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> tuple[re.Pattern[str], int] | None:
    """The pattern and to what power of the text's length it may compute; None for one that is not run."""
    repetitions = _repetitions(pattern)
    if repetitions is None:
        return None
    try:
        # In the service's language `$` is the end, not also the line break before it.
        found = re.compile(pattern[:-1] + r"\Z" if re.search(r"(?<!\\)(?:\\\\)*\$\Z", pattern) else pattern)
    except (re.error, OverflowError):
        return None
    return found, repetitions


def _repetitions(pattern: str) -> int | None:
    """Repetitions without end in it; one more where it may begin anywhere. None for what is too clever.

    A repeated group is too clever: those are what computes for ever (`(a+)+`).
    """
    if len(pattern) > _LONGEST:
        return None
    at, depth, bare = 0, 0, []
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        if piece is None or re.match(r"\\(?:[0-9]|k)", piece[0]) or piece["again"]:
            return None
        if piece[0][0] == "[" and _SET_OF_SETS.search(piece[0][1:]):
            return None
        if piece["open"]:
            depth += 1
            if pattern[piece.end() : piece.end() + 1] == "?":
                return None  # a look ahead or behind
        elif piece["close"]:
            depth -= 1
        # What is in brackets or escaped repeats nothing.
        bare.append(piece[0] if len(piece[0]) == 1 else "x")
        at = piece.end()
    plain = "".join(bare)
    if depth != 0 or plain.count("?") > _MOST_OPTIONAL:
        return None
    return len(_REPEATED.findall(plain)) + (not pattern.startswith("^") or "|" in plain)
