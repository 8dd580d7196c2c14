"""How each kind of field looks beside its label: surfaces, options, steppers, chips.

A piece of a line may name what a click on it does: `edit`, `open`, `step -1`, `choose 2`, `fold`, `add`, `clear`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from oxen_tui.widgets.form.form_paper import FormPaper
from oxen_tui.widgets.form.menu import Menu
from oxen_tui.widgets.form.row import Control, FormRow, Option
from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import cells_of, clipped
from oxen_tui.widgets.lines.wrapping import wrap
from oxen_tui.widgets.wording import count

_SMALL = 12
"""Cells of a field for a number."""

_MOST_INLINE = 8
"""Options that stand beside each other."""

_LEAST_MENU = 24
"""Cells of a field with a menu."""

Pieces = list[Piece]


@dataclass(frozen=True, slots=True)
class Look:
    """What the user is about in a row."""

    here: bool = False
    """Whether the cursor stands on it."""
    focused: bool = False
    """Whether keys go to it."""
    editor: int = 0
    """Lines that the editor takes, which covers the field; 0 while there is none."""
    typed: str | None = None
    """What stands in the editor."""
    menu: Menu | None = None
    """The options in sight below it."""


PLAIN = Look()


def field_lines(row: FormRow, paper: FormPaper, look: Look) -> list[Pieces]:
    """The lines of the field itself; the first one stands beside the label."""
    if look.editor:
        return _edited(row, paper, look)
    match row.control:
        case Control.TEXT:
            return _text(row, paper)
        case Control.LINE:
            return [[*_box(row, paper), *_beside(row, paper, look)]]
        case Control.STEPPER:
            return [[*_stepper(row, paper), *_beside(row, paper, look)]]
        case Control.CHOICE | Control.SWITCH:
            inline = fits_inline(row, paper)
            return [[*(_inline(row, paper) if inline else _closed(row, paper, look)), *_beside(row, paper, look)]]
        case Control.MEDIUM:
            return [_medium(row, paper, look)]
        case _:
            sign = paper.glyphs.opened if row.is_open else paper.glyphs.folded
            said = [Piece(f"{sign} {row.hint}", "text" if row.is_set else "muted", "fold")]
            return [[*said, *_beside(row, paper, look, hint=False)]]


def fits_inline(row: FormRow, paper: FormPaper) -> bool:
    """Whether the options stand beside each other, instead of in a menu. Prices want a column of their own."""
    if row.control is Control.SWITCH:
        return True
    cells = sum(cell_len(option.text) + 2 for option in row.options)
    few = 0 < len(row.options) <= _MOST_INLINE and cells <= paper.field_width
    return few and not any(option.note for option in row.options)


def editor_width(row: FormRow, paper: FormPaper) -> int:
    """Cells of the editor for this row."""
    if row.control in (Control.TEXT, Control.MEDIUM):
        return paper.field_width
    return min(paper.field_width, max(_SMALL, cell_len(row.text) + 4))


def menu_lines(menu: Menu, width: int, paper: FormPaper) -> list[tuple[Pieces, bool]]:
    """The options below a field, and whether the bar stands there."""
    lines: list[tuple[Pieces, bool]] = []
    for place in menu.in_sight:
        index = menu.found[place]
        here = place == menu.at
        ground = "field" if here else "panel"
        option = menu.options[index]
        inks = (f"{ground}+strong" if here else ground, f"{ground}+muted")
        lines.append((_spread(option, width, inks, f"choose {index}", paper), here))
    if not menu.found:
        lines.append(([Piece(set_cell_size(" nothing has these words", width), "panel+muted")], False))
    if (hidden := len(menu.found) - len(menu.in_sight)) > 0:
        said = f" {count(menu.in_sight.stop)} of {count(len(menu.found))}" if hidden else ""
        lines.append(([Piece(set_cell_size(said, width), "panel+faint")], False))
    return lines


def menu_width(row: FormRow, menu: Menu | None, paper: FormPaper) -> int:
    """Cells of a field with a menu, and of the menu."""
    if row.control is Control.MEDIUM:
        return paper.field_width
    options = menu.options if menu is not None else row.options
    longest = max([cell_len(option.text) + cell_len(option.note) for option in options[:200]], default=0)
    return min(paper.field_width, max(_LEAST_MENU, longest + 8))


# --- kinds of fields ---------------------------------------------------------------------------------------------


def _edited(row: FormRow, paper: FormPaper, look: Look) -> list[Pieces]:
    """Room for the editor, and how much of a text's room is taken."""
    blank = Piece(" " * editor_width(row, paper), "field")
    lines: list[Pieces] = [[blank] for _ in range(look.editor)]
    if row.control is Control.TEXT:
        lines += _counted(row, look.typed or "", paper)
    elif row.control is not Control.MEDIUM:
        lines[0] += _beside(row, paper, look)
    return lines


def _text(row: FormRow, paper: FormPaper) -> list[Pieces]:
    width = paper.field_width
    # Not bold, as values are otherwise: a paragraph in bold is hard to read.
    said, ink = (row.text, "field") if row.text else (row.placeholder, "field+muted")
    # The editor keeps a cell free for its cursor: broken elsewhere, the text would jump when it is gone to.
    # It also counts the blank at the end of a line.
    wrapped = wrap([Piece(said, ink)], max(1, width - 4))
    lines = [_padded(line.pieces, width) for line in wrapped[: paper.most_lines]]
    if (more := len(wrapped) - paper.most_lines) > 0:
        words = f"{paper.glyphs.ellipsis} {count(more)} more {'line' if more == 1 else 'lines'}"
        lines.append(_padded([Piece(words, "field+faint")], width))
    return [*lines, *(_counted(row, row.text, paper) if row.text else [])]


def _counted(row: FormRow, text: str, paper: FormPaper) -> list[Pieces]:
    if row.most is None:
        return []
    words = f"{count(len(text))} of {count(row.most)} "
    return [[Piece(words.rjust(paper.field_width), "field+err" if len(text) > row.most else "field+faint", "edit")]]


def _padded(pieces: Sequence[Piece], width: int) -> Pieces:
    cut = [Piece(piece.text.replace("\t", " "), piece.ink, "edit") for piece in clipped(pieces, width - 2, "…")]
    return [
        Piece(" ", "field", "edit"),
        *cut,
        Piece(" " * max(0, width - 1 - cells_of(cut)), "field", "edit"),
    ]


def _box(row: FormRow, paper: FormPaper) -> Pieces:
    text, ink = (row.text, "field+strong") if row.is_set else (row.text or row.placeholder, "field+muted")
    width = min(paper.field_width, max(_SMALL, cell_len(text) + 2))
    return [Piece(set_cell_size(f" {text}", width - 1) + " ", ink, "edit")]


def _stepper(row: FormRow, paper: FormPaper) -> Pieces:
    ink = "field+strong" if row.is_set else "field+muted"
    text = row.text or row.placeholder
    middle = f"{text:^5}" if cell_len(text) <= 5 else f" {text} "
    return [
        Piece(f" {paper.glyphs.less} ", "field+faint", "step -1"),
        Piece(middle, ink, "edit"),
        Piece(f" {paper.glyphs.more} ", "field+faint", "step 1"),
    ]


def _inline(row: FormRow, paper: FormPaper) -> Pieces:
    pieces: Pieces = []
    for index, option in enumerate(row.options):
        here = index == row.chosen
        text = f"[{option.text}]" if here and paper.brackets else f" {option.text} "
        ink = ("field+strong" if row.is_set else "field") if here else "muted"
        pieces.append(Piece(text, ink, f"choose {index}"))
    return pieces


def _closed(row: FormRow, paper: FormPaper, look: Look) -> Pieces:
    width = menu_width(row, look.menu, paper)
    sign, ink = paper.glyphs.opened, "field+accent" if look.focused else "field+faint"
    words = look.menu.words if look.menu is not None else None
    if words is not None:
        said = Option(f"/ {words}{paper.glyphs.caret}")
    elif row.chosen is not None:
        said = row.options[row.chosen]
    else:
        said = Option(row.placeholder)
    value = "field+strong" if row.is_set or words is not None else "field+muted"
    pieces = _spread(said, width - 2, (value, "field+muted"), "open", paper)
    return [*pieces, Piece(f"{sign} ", ink, "open")]


def _spread(option: Option, width: int, inks: tuple[str, str], target: str, paper: FormPaper) -> Pieces:
    """An option over a width: its text at the left, its note at the right."""
    note = f"{option.note} " if option.note else ""
    text = clipped([Piece(f" {option.text}", inks[0], target)], width - cell_len(note) - 1, paper.glyphs.ellipsis)
    text = [Piece(piece.text, piece.ink, target) for piece in text]
    gap = max(0, width - cells_of(text) - cell_len(note))
    return [*text, Piece(" " * gap, inks[0], target), Piece(note, inks[1], target)]


def _medium(row: FormRow, paper: FormPaper, look: Look) -> Pieces:
    chip = row.chip
    if chip is None:
        shown = f" {row.text or row.placeholder} "
        return [Piece(shown, "field" if row.is_set else "field+muted", "edit"), *_beside(row, paper, look)]
    sign = getattr(paper.glyphs, chip.sign)
    name = f"[{sign} {chip.name}]" if paper.brackets else f" {sign} {chip.name} "
    right = [Piece(row.keys, "faint")] if look.focused and row.keys else []
    room = paper.field_width - cells_of(right) - (2 if right else 0)
    left = [Piece(name, "field+strong", "edit")]
    if chip.facts:
        left += [Piece("  ", "text"), Piece(chip.facts, "muted")]
    left = [Piece(piece.text, piece.ink, "edit") for piece in clipped(left, room, paper.glyphs.ellipsis)]
    gap = paper.field_width - cells_of(left) - cells_of(right)
    return [*left, Piece(" " * gap, "text"), *right] if right else left


def _beside(row: FormRow, paper: FormPaper, look: Look, *, hint: bool = True) -> Pieces:
    """What stands right of a field: its range, or what it adds to the price; its keys while it has the focus."""
    said = [text for text in (row.hint if hint else "", row.keys if look.focused else "") if text]
    return [Piece(f"  {f' {paper.glyphs.dot} '.join(said)}", "muted")] if said else []
