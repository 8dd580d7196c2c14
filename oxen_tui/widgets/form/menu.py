"""Options in sight, one of which keys go to: those of a row, or ways to go on with what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from oxen_tui.widgets.form.row import Option

MOST_ROWS = 8
"""Options in sight; more are scrolled."""


class Menu:
    """Options, as far as they have the words that were typed, and where the bar stands."""

    def __init__(self, options: Sequence[Option], at: int | None) -> None:
        """
        Args:
            options: All there are.
            at: Where the bar stands first; None for on none of them.
        """
        self.options = tuple(options)
        self.words: str | None = None
        """What was typed to narrow them; None while nothing narrows."""
        self.at = at
        """Index among `found`."""
        self._found = tuple(range(len(self.options)))
        self._top = 0
        self._reveal()

    @property
    def found(self) -> tuple[int, ...]:
        """Indexes of the options that are offered."""
        return self._found

    @property
    def chosen(self) -> int | None:
        """Index of the option under the bar, among all."""
        return self._found[self.at] if self.at is not None and self.at < len(self._found) else None

    @property
    def in_sight(self) -> range:
        """Indexes among `found` of those that are drawn."""
        return range(self._top, min(self._top + MOST_ROWS, len(self._found)))

    @property
    def height(self) -> int:
        """Lines below the field: the options, and how many more there are."""
        return max(1, len(self.in_sight)) + (1 if len(self._found) > MOST_ROWS else 0)

    def renew(self, options: Sequence[Option]) -> None:
        """The same options with other notes."""
        if len(options) == len(self.options):
            self.options = tuple(options)

    def move(self, by: int) -> None:
        """Moves the bar, as far as there are options."""
        if self._found:
            here = -1 if self.at is None and by > 0 else self.at or 0
            self.at = max(0, min(here + by, len(self._found) - 1))
            self._reveal()

    def go_to(self, index: int) -> None:
        """Puts the bar on the option with this index among all, if it is offered."""
        if index in self._found:
            self.at = self._found.index(index)
            self._reveal()

    def narrow(self, words: str | None) -> None:
        """Offers those that have these words; None offers all."""
        before, self.words = self.chosen, words
        wanted = (words or "").casefold().split()
        self._found = tuple(
            index
            for index, option in enumerate(self.options)
            if all(word in option.text.casefold() for word in wanted)
        )
        self._top = 0
        self.at = self._found.index(before) if before in self._found else 0 if self._found else None
        self._reveal()

    def _reveal(self) -> None:
        if self.at is not None:
            self._top = max(self.at - MOST_ROWS + 1, min(self._top, self.at))
