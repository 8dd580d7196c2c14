"""The word at the cursor of a query, and what it may become."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on."""

    word: str
    """Takes the place of the text from `start` to `end`."""
    help: str
    """What it means, or how much it finds."""
    goes_on: bool
    """Whether more has to be typed behind it, so that no space follows."""
    start: int
    end: int


def word_at(text: str, cursor: int) -> tuple[int, int]:
    """Where the word at the cursor begins and ends; spaces within quotes before the cursor are part of it."""
    start, quoted = 0, False
    for at, character in enumerate(text[:cursor]):
        if character == '"':
            quoted = not quoted
        elif character.isspace() and not quoted:
            start = at + 1
    end = cursor
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
