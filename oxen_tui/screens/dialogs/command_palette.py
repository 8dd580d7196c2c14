"""Everything the app can do, by name: type a part of it, Enter does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from oxen_tui.screens.dialogs.pick import Pick
from oxen_tui.widgets.row_list import Row


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done from anywhere."""

    name: str
    keys: str
    """Its key or slash command, as shown at the right; empty where it has none."""
    run: Callable[[], object]
    """Does it; may give an awaitable."""


class CommandPalette(Pick):
    """Answers the name of a command."""

    HINT = "enter does it   esc closes"

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__("What to do", "a word of it")
        self._commands = commands

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        found = [each for each in self._commands if all(word in each.name.casefold() for word in words)]
        # A name that begins with what is typed is what is meant, before one that holds it somewhere.
        found.sort(key=lambda each: not each.name.casefold().startswith(typed.casefold().strip()))
        return [Row(each.name, ((f" {each.name}", "text"),), ((each.keys, "faint"),)) for each in found]
