"""The lines of a page: all there at once, or read from an iterator as far as somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Generic, Protocol, TypeVar

from textual.strip import Strip

Source = TypeVar("Source")


class Lines(Protocol):
    """What a page shows, at one width."""

    @property
    def known(self) -> int:
        """Lines known so far."""
        ...

    @property
    def complete(self) -> bool:
        """Whether that is all of them."""
        ...

    def reach(self, count: int, seconds: float | None = None) -> bool:
        """Know this many lines, if there are so many; False when the time was up before."""
        ...

    def strip(self, index: int) -> Strip:
        """One line as it is drawn."""
        ...


class ListedLines(Generic[Source]):
    """Lines that are all there; each is drawn when it comes into view."""

    def __init__(self, sources: Sequence[Source], draw: Callable[[Source], Strip]) -> None:
        self.sources = sources
        self._draw = draw
        self.complete = True

    @property
    def known(self) -> int:
        return len(self.sources)

    def reach(self, count: int, seconds: float | None = None) -> bool:
        return True

    def strip(self, index: int) -> Strip:
        return self._draw(self.sources[index])


class ReadLines(Generic[Source]):
    """Lines that are read from an iterator as far as they are asked for: work for what is seen, not for what is."""

    _SLICE = 128
    """Lines between two looks at the clock."""

    def __init__(self, sources: Iterator[Source], draw: Callable[[Source], Strip]) -> None:
        self.sources: list[Source] = []
        self.complete = False
        self._coming = sources
        self._draw = draw

    @property
    def known(self) -> int:
        return len(self.sources)

    def reach(self, count: int, seconds: float | None = None) -> bool:
        end = perf_counter() + seconds if seconds is not None else None
        while not self.complete and len(self.sources) < count:
            for _ in range(min(self._SLICE, count - len(self.sources))):
                try:
                    self.sources.append(next(self._coming))
                except StopIteration:
                    self.complete = True
                    break
            if end is not None and perf_counter() > end:
                break
        return self.complete or len(self.sources) >= count

    def strip(self, index: int) -> Strip:
        return self._draw(self.sources[index])
