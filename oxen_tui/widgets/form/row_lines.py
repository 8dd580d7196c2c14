"""A row of a form as lines: its label, its field, the options in sight, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import set_cell_size

from oxen_tui.widgets.form.field_lines import Look, field_lines, menu_lines, menu_width
from oxen_tui.widgets.form.form_paper import FormPaper
from oxen_tui.widgets.form.row import Control, FormRow
from oxen_tui.widgets.lines.line import MARGIN, Piece
from oxen_tui.widgets.lines.paper import clipped
from oxen_tui.widgets.lines.wrapping import wrap

_INDENT = 2
"""Cells of a level."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line, from the second cell on."""

    pieces: tuple[Piece, ...] = ()
    bar: str = ""
    """Ink of the bar in the first cell."""


BLANK = FormLine()


def gap_before(row: FormRow, index: int, paper: FormPaper) -> int:
    """Blank lines above a row."""
    return 0 if index == 0 or row.follows or paper.compact else 1


def row_height(row: FormRow, paper: FormPaper, look: Look) -> int:
    """Lines of a row without those above it. Cheap for the many that are one line."""
    if not (row.problem or look.editor or look.menu or row.chip):
        if row.control is not Control.TEXT:
            return 1
        text = row.text or row.placeholder
        if text.isascii() and "\n" not in text and len(text) <= paper.field_width - 4:
            return 2 if row.text and row.most is not None else 1
    return len(row_lines(row, paper, look))


def row_lines(row: FormRow, paper: FormPaper, look: Look) -> list[FormLine]:
    """The lines of a row. The first one has the label."""
    wrong = row.problem or (row.chip.problem if row.chip else "")
    bar = "accent" if look.focused else "line" if look.here and not wrong else "err" if wrong else ""
    blank = Piece(" " * (paper.field_at - 1), "text")
    if row.folds and not row.label:
        return [FormLine((Piece(" " * (MARGIN - 1), "text"), *field_lines(row, paper, look)[0]), bar)]
    lines: list[FormLine] = []
    for number, pieces in enumerate(field_lines(row, paper, look)):
        lines.append(FormLine((blank if number else _label(row, paper, look), *pieces), bar))
    if look.menu is not None:
        width = menu_width(row, look.menu, paper)
        for pieces, here in menu_lines(look.menu, width, paper):
            lines.append(_option_line(pieces, here, paper))
        lines[0] = FormLine(lines[0].pieces)
    for sentence, sign, ink in _remarks(row, wrong):
        said = wrap([Piece(f"{getattr(paper.glyphs, sign)} {sentence}", ink)], paper.field_width)
        lines += [FormLine((blank, *line.pieces), bar if bar == "err" else "") for line in said]
    return lines


def _remarks(row: FormRow, wrong: str) -> list[tuple[str, str, str]]:
    remarks = [(wrong, "failed", "err")] if wrong else []
    if row.chip and row.chip.warning and not wrong:
        remarks.append((row.chip.warning, "unknown", "warn"))
    return remarks


def _option_line(pieces: list[Piece], here: bool, paper: FormPaper) -> FormLine:
    """An option, with the bar before it where keys go to it."""
    edge = " " * (paper.field_at - 1)
    if not here:
        return FormLine((Piece(edge, "text"), *pieces))
    first, *rest = pieces
    bar = Piece(paper.glyphs.bar, "field+accent", first.href)
    return FormLine((Piece(edge, "text"), bar, Piece(first.text[1:], first.ink, first.href), *rest))


def _label(row: FormRow, paper: FormPaper, look: Look) -> Piece:
    indent = min(row.depth * _INDENT, paper.labels - 8)
    room = paper.labels - indent - 1
    ink = "accent+strong" if look.focused else "muted"
    cut = clipped([Piece(row.label, ink)], room, paper.glyphs.ellipsis)
    text = " " * (MARGIN - 1 + indent) + "".join(piece.text for piece in cut)
    return Piece(set_cell_size(text, paper.field_at - 1), ink, "fold" if row.folds else "")
