"""Rows of a Markdown table: parting them into cells, reading the delimiter row, measuring the columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

from oxen_tui.widgets.markdown.inline import plain_text

if TYPE_CHECKING:
    from oxen_tui.widgets.markdown.blocks import Table

MEASURED_ROWS = 30
"""Rows that set the widths of a table's columns. Later ones are fitted in, so that nothing above them moves."""

MOST_COLUMNS = 200
"""More pipes than this in a row are text: no screen shows such a table."""

_PIPE = re.compile(r"\\.|\|")
_PIPE_OUTSIDE_CODE = re.compile(r"\\.|(?<!`)(`+)(?!`).{0,200}?(?<!`)\1(?!`)|\|")
_DELIMITER = re.compile(r"[|:-][-:| ]+")
_COLUMN = re.compile(r":?-+:?")


def cells(row: str, columns: int = 0) -> list[str]:
    r"""The inline source of each cell of a row.

    A pipe parts cells unless a backslash stands before it, also within code. Models forget the backslash in code,
    so a row with too many cells is read again with its code kept together.

    Args:
        row: Source of the row, with or without the outer pipes.
        columns: How many cells are wanted: missing ones are empty, and what is too much stands in the last (GitHub
            leaves it out, but an answer should not lose words). 0 takes what is there.
    """
    found = _split(row, _PIPE)
    if not columns:
        return found
    if len(found) > columns and "`" in row:
        found = _split(row, _PIPE_OUTSIDE_CODE)
    if len(found) > columns:
        return [*found[: columns - 1], " | ".join(found[columns - 1 :])]
    return found + [""] * (columns - len(found))


def _split(row: str, pipe: re.Pattern[str]) -> list[str]:
    row = row.strip()
    found, start = [], 0
    for match in pipe.finditer(row):
        if match[0] == "|":
            found.append(row[start : match.start()].strip().replace(r"\|", "|"))
            start = match.end()
    if start < len(row) or not found:
        found.append(row[start:].strip().replace(r"\|", "|"))
    return found[1:] if row.startswith("|") else found


def last_cell(row: str) -> int:
    """Where the last cell of a row begins; the end of the row if a pipe ends it."""
    return max([match.end() for match in _PIPE.finditer(row) if match[0] == "|"], default=0)


def alignments(line: str) -> list[str] | None:
    """What a delimiter row says of its columns: `left`, `right` or `center`. None if it is no delimiter row."""
    line = line.strip()
    if not _DELIMITER.fullmatch(line) or line.startswith("- "):
        return None
    columns = cells(line)
    if len(columns) > MOST_COLUMNS or not all(_COLUMN.fullmatch(column) for column in columns):
        return None
    return [_alignment(column) for column in columns]


def _alignment(column: str) -> str:
    if not column.endswith(":"):
        return "left"
    return "center" if column.startswith(":") else "right"


def measure(table: Table, row: str) -> None:
    """Let the columns of the table be wide enough for a row, if it is among the first ones."""
    table.natural = wide_enough(table, row)


def wide_enough(table: Table, row: str) -> list[int]:
    """What the columns would like with one row more: of the first ones, as `measure` has it."""
    if table.rows >= MEASURED_ROWS:
        return table.natural
    columns = len(table.align)
    natural = table.natural + [0] * (columns - len(table.natural))
    for column, cell in enumerate(cells(row, columns)):
        width = max(map(cell_len, plain_text(cell).split("\n")))
        natural[column] = max(natural[column], width)
    return natural
