"""Reasoning that a model writes into its answer between <think> and </think>, also when cut into fragments.

Only tags at the beginning of an answer count (white space before them does not matter): further down, the word is
more likely an answer about such tags, and must not vanish from it.
"""

from __future__ import annotations

from enum import Enum, auto

_OPEN = "<think>"
_CLOSE = "</think>"


class _Place(Enum):
    BEGINNING = auto()
    """Nothing but white space so far, or the beginning of what may be the tag."""
    OPENED = auto()
    """Behind the tag: line ends up to the reasoning's first word are left out."""
    THINKING = auto()
    AFTER_THINKING = auto()
    """Closed: the blank lines up to the answer belong to neither, and reasoning may open again."""
    ANSWER = auto()


class ThinkTags:
    """Splits an answer's text, fragment by fragment, into reasoning and answer."""

    def __init__(self) -> None:
        self._place = _Place.BEGINNING
        self._held = ""
        """The end of what came that cannot be judged yet."""

    @property
    def passed(self) -> bool:
        """Whether all that follows is answer, so that fragments need not be split any more."""
        return self._place is _Place.ANSWER

    def split(self, fragment: str) -> list[tuple[bool, str]]:
        """The pieces of a fragment that are certain, each with whether it is reasoning."""
        pieces: list[tuple[bool, str]] = []
        rest = self._held + fragment
        self._held = ""
        while rest:
            if self._place is _Place.OPENED:
                rest = rest.lstrip("\r\n")
                self._place = _Place.THINKING if rest else _Place.OPENED
            elif self._place is _Place.THINKING:
                rest = self._think(rest, pieces)
            elif self._place is _Place.ANSWER:
                pieces.append((False, rest))
                break
            else:
                rest = self._begin(rest)
        return pieces

    def finish(self) -> list[tuple[bool, str]]:
        """What was held back, once nothing more comes."""
        held, self._held = self._held, ""
        return [(self._place is _Place.THINKING, held)] if held else []

    def _begin(self, rest: str) -> str:
        bare = rest.lstrip()
        if bare.startswith(_OPEN):
            self._place = _Place.OPENED
            return bare[len(_OPEN) :]
        if self._place is _Place.AFTER_THINKING:
            blank = rest[: len(rest) - len(bare)]
            rest = rest[blank.rfind("\n") + 1 :]
        if _OPEN.startswith(bare):
            self._held = rest
            return ""
        self._place = _Place.ANSWER
        return rest

    def _think(self, rest: str, pieces: list[tuple[bool, str]]) -> str:
        thought, closed, after = rest.partition(_CLOSE)
        if closed:
            self._place = _Place.AFTER_THINKING
        else:
            kept = _beginning_at_end(rest, _CLOSE)
            thought, self._held = rest[: len(rest) - kept], rest[len(rest) - kept :]
        if thought:
            pieces.append((True, thought))
        return after


def _beginning_at_end(text: str, tag: str) -> int:
    """How many characters at the end of the text may be the beginning of the tag."""
    return next((size for size in range(min(len(tag) - 1, len(text)), 0, -1) if text.endswith(tag[:size])), 0)
