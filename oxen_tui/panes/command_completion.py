"""The list that opens above the composer while a slash command is typed."""

from __future__ import annotations

from oxen_tui.panes.slash_commands import COMMANDS, SlashCommand, completions, parse
from oxen_tui.widgets.composer import Composer
from oxen_tui.widgets.row_list import Row, RowList

_COLUMN = max(len(f" /{each.name} {each.argument}") for each in COMMANDS) + 2
"""Cells of what can be typed, before what it does."""


class CommandCompletion:
    """Narrows the list by what is typed, and turns a chosen row into a command or the beginning of one."""

    def __init__(self, composer: Composer, rows: RowList) -> None:
        self._composer = composer
        self._rows = rows

    @property
    def is_open(self) -> bool:
        return self._composer.completing

    def narrow(self, line: str) -> None:
        """Show what the line may become; close where there is nothing."""
        found = completions(line)
        self._composer.completing = bool(found)
        self._rows.display = bool(found)
        if found:
            rows = [
                Row(each.name, ((f" /{each.name} {each.argument}".ljust(_COLUMN), "text"), (each.help, "faint")))
                for each in found
            ]
            self._rows.show(rows, highlight=rows[0].key)

    def close(self) -> None:
        self.narrow("")

    def press(self, key: str) -> tuple[SlashCommand, str] | None:
        """`up`, `down`, `tab` or `enter`. The command to carry out with its argument, if the key says so."""
        if key in ("up", "down"):
            self._rows.action_move(-1 if key == "up" else 1)
            return None
        return self.choose(self._rows.highlighted, run=key == "enter")

    def choose(self, name: str, *, run: bool) -> tuple[SlashCommand, str] | None:
        """A row: carried out at once, or written into the composer where an argument may follow.

        A command that stands there in full is meant as it stands, whether or not the list kept up with the typing.
        """
        command = next(each for each in COMMANDS if each.name == name)
        written = parse(self._composer.text)
        if run and (written is not None or not command.argument):
            self._composer.text = ""
            return written or (command, "")
        self._composer.put(f"/{name} ")
        return None
