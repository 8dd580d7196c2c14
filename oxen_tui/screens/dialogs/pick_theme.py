"""Chooses the colours; the screen behind wears the one under the bar."""

from __future__ import annotations

from collections.abc import Sequence

from oxen_tui.screens.dialogs.pick import Pick
from oxen_tui.widgets.row_list import Row


class PickTheme(Pick):
    """Answers the name of a theme."""

    def __init__(self, themes: Sequence[str], current: str) -> None:
        super().__init__("Colours", "a name", name="themes")
        self._themes, self._current = themes, current

    @property
    def current(self) -> str:
        return self._current

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        return [Row(name, ((f" {name}", "text"),)) for name in self._themes if all(word in name for word in words)]
