"""The list that opens above the composer while a slash command is typed, or what may follow one."""

from __future__ import annotations

from collections.abc import Sequence

from oxen_tui.panes.completion.argument_values import has_values
from oxen_tui.panes.completion.slash_commands import COMMANDS, SlashCommand, completions, parse
from oxen_tui.widgets.chat.completion_rows import CompletionRows
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.row_list import Row

_COLUMN = max(len(f" /{each.name} {each.argument}") for each in COMMANDS) + 2
"""Cells of what can be typed, before what it does."""
_NARROW_COLUMN = max(len(f" /{each.name}") for each in COMMANDS) + 2
_NARROW = 72
"""Columns of the terminal below which arguments are left out: what a command does says more."""


class CommandCompletion:
    """Narrows the list by what is typed, and turns a chosen row into a command or the beginning of one."""

    def __init__(self, composer: Composer, rows: CompletionRows) -> None:
        self._composer = composer
        self._rows = rows
        self._line = ""
        """What was typed last."""
        self._command = ""
        """The command whose arguments are listed; empty while commands are."""
        self._used: list[str] = []
        """Names of those that were given, the last one first."""

    @property
    def is_open(self) -> bool:
        return self._composer.completing

    def narrow(self, line: str) -> tuple[str, str] | None:
        """Show what the line may become; close where there is nothing.

        Returns:
            A command, and what is typed of its argument, where `offer` is to be told what may follow.
        """
        self._line, self._command = line, ""
        found = completions(line, self._used)
        narrow = self._composer.app.size.width < _NARROW
        column = _NARROW_COLUMN if narrow else _COLUMN
        typed_as = [f" /{each.name}{'' if narrow else f' {each.argument}'}".ljust(column) for each in found]
        self._open(
            [
                Row(each.name, ((left, "text"), (each.help, "faint")))
                for each, left in zip(found, typed_as, strict=True)
            ]
        )
        name, blank, typed = line[1:].partition(" ")
        return (name, typed.lstrip()) if line.startswith("/") and blank and has_values(name) else None

    def offer(self, line: str, values: Sequence[str]) -> None:
        """These may follow the command of a line, if that is what is still typed."""
        name, _, typed = line[1:].partition(" ")
        if line == self._line and list(values) != [typed.lstrip()]:
            self._command = name
            self._open([Row(each, ((f" {each}", "text"),)) for each in values])

    def close(self) -> None:
        self.narrow("")

    def used(self, command: SlashCommand) -> None:
        """It was given: it stands first the next time."""
        self._used = [command.name, *(name for name in self._used if name != command.name)]

    def press(self, key: str) -> tuple[SlashCommand, str] | None:
        """A key of the list. The command to carry out with its argument, if the key says so."""
        if self._rows.press(key):
            return None
        return self.choose(self._rows.highlighted, run=key == "enter")

    def choose(self, key: str, *, run: bool) -> tuple[SlashCommand, str] | None:
        """A row: carried out at once, or written into the composer where an argument may follow.

        A command that stands there in full is meant as it stands, whether or not the list kept up with the typing.
        One that was only guessed at is written, to be seen before it does something.
        """
        text = self._composer.text
        written = parse(text)
        if self._command:
            return self._choose_value(key, run=run)
        if run and written is not None:
            return self._give(written)
        command = next(each for each in COMMANDS if each.name == key)
        if run and not command.argument and key.startswith(text[1:].casefold()):
            return self._give((command, ""))
        self._composer.put(f"/{key} " if command.argument else f"/{key}")
        return None

    def _choose_value(self, value: str, *, run: bool) -> tuple[SlashCommand, str] | None:
        written = parse(self._composer.text)
        if run and written is not None and (self._composer.text != self._line or written[1] in self._keys):
            return self._give(written)  # as typed: the list is of something else, or has it in full
        if run and not value.endswith("/"):
            command = next(each for each in COMMANDS if each.name == self._command)
            return self._give((command, value))
        self._composer.put(f"/{self._command} {value}")
        return None

    @property
    def _keys(self) -> list[str]:
        return [row.key for row in self._rows.rows]

    def _give(self, given: tuple[SlashCommand, str]) -> tuple[SlashCommand, str]:
        self._composer.text = ""
        return given

    def _open(self, rows: Sequence[Row]) -> None:
        self._composer.completing = bool(rows)
        self._rows.display = bool(rows)
        if rows:
            self._rows.show(rows, highlight=rows[0].key)
