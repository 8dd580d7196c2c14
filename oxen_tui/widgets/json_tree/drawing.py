"""A row of a tree as pieces of text: its key, its value or what it holds, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size

from oxen_tui.safe_text import clean_line
from oxen_tui.widgets.glyphs import Glyphs
from oxen_tui.widgets.json_tree.nodes import JsonTree, Kind, Node
from oxen_tui.widgets.json_tree.opened import OpenTree, Row, What
from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.wording import count, counted

_INKS: Final = {Kind.STRING: "str", Kind.NUMBER: "num", Kind.WORD: "kw"}
_STEP: Final = 2
"""Cells that each level stands further in."""
_LEAST: Final = 24
"""Cells that are left to a value, however deep it stands."""
_LONGEST_KEY: Final = 60
_LONGEST_PREVIEW: Final = 60
_MOST_PREVIEWED: Final = 8


class Drawn:
    """The parts of a drawn row."""

    __slots__ = ("before", "left", "right")

    def __init__(self, before: str, left: list[Piece], right: list[Piece]) -> None:
        self.before, self.left, self.right = before, left, right


def drawn(opened: OpenTree, row: Row, width: int, glyphs: Glyphs, more: str = "") -> Drawn:
    """A row within so many cells.

    Args:
        more: How left out entries are come by, in words.
    """
    indent = min(_STEP * row.depth, max(0, width - _LEAST))
    if row.depth * _STEP > indent:
        mark = f"{glyphs.ellipsis}{row.depth} "
        indent_text = mark.rjust(indent) if indent >= len(mark) else " " * indent
    else:
        indent_text = " " * indent
    tree = opened.tree
    match row.what:
        case What.NODE:
            return _node(opened, row.node, indent_text, width, glyphs)
        case What.MORE:
            words = f"{glyphs.ellipsis} {entries(row.number, 'more ')}"
            return Drawn(f"{indent_text}  ", [Piece(words + more, "faint")], [])
        case What.MISSING:
            name, _, wrong = row.words.partition("\n")
            left = [Piece(clean_line(name, _LONGEST_KEY), "err"), Piece("  missing", "faint")]
            return Drawn(f"{indent_text}  ", left, [Piece(f"{glyphs.failed} {wrong}", "err")])
        case What.LINE:
            return Drawn(f"{indent_text}  ", [Piece(row.words, "str")], [])
        case What.PENDING:
            return _pending(tree, indent_text, width, glyphs)
    return Drawn("", [Piece(f"{glyphs.ellipsis} cut off here", "warn")], [])


def entries(number: int, before: str = "") -> str:
    """`1 entry`, `12 entries`, `3 more entries`."""
    return f"{count(number)} {before}{'entry' if number == 1 else 'entries'}"


def _node(opened: OpenTree, number: int, indent: str, width: int, glyphs: Glyphs) -> Drawn:
    tree, node = opened.tree, opened.tree.nodes[number]
    is_open = number in opened.opened
    fold = glyphs.opened if is_open else glyphs.folded
    may_open = opened.can_open(number) or (node.is_branch and node.end < 0)
    before = f"{indent}{fold} " if may_open else f"{indent}  "
    left = _label(tree, number)
    right = _wrong(opened, number, is_open and node.is_branch, glyphs)
    room = width - len(before) - _cells(left)
    if node.is_branch:
        left += _branch(tree, node, is_open)
    else:
        problems = sum([cell_len(piece.text) for piece in right])
        room -= min(problems + 2 if right else 0, max(0, room - _LEAST))
        left += _leaf(node, room, glyphs, is_open)
    return Drawn(before, left, right)


def _label(tree: JsonTree, number: int) -> list[Piece]:
    node = tree.nodes[number]
    if node.parent < 0:
        return [Piece(f"{node.place + 1}  ", "faint")] if len(tree.roots) > 1 else []
    return _key(node.key, node.place)


def _key(key: str | None, place: int) -> list[Piece]:
    if key is None:
        return [Piece(f"{place}  ", "faint")]
    shown = clean_line(key, _LONGEST_KEY)
    return [Piece(shown if shown.strip() == shown and shown else f'"{shown}"', "fn"), Piece("  ", "text")]


def _branch(tree: JsonTree, node: Node, is_open: bool) -> list[Piece]:
    brackets = "{}" if node.kind is Kind.OBJECT else "[]"
    if node.end < 0 and not tree.cut_off:
        return [Piece(brackets[0], "muted")]
    if not node.children:
        return [Piece(brackets, "muted")]
    words = f"{brackets[0]}{entries(len(node.children))}{brackets[1]}"
    pieces = [Piece(words, "faint" if is_open else "muted")]
    preview = "" if is_open else _preview(tree, node)
    return [*pieces, Piece(f"  {preview}", "faint")] if preview else pieces


def _preview(tree: JsonTree, node: Node) -> str:
    words: list[str] = []
    for child in node.children[:_MOST_PREVIEWED]:
        below = tree.nodes[child]
        if below.key is None and below.is_branch:
            break
        words.append(clean_line(below.text if below.key is None else below.key, 24))
    text = ", ".join(words)
    return text if len(text) <= _LONGEST_PREVIEW else text[: _LONGEST_PREVIEW - 1].rstrip() + "…"


def _leaf(node: Node, room: int, glyphs: Glyphs, is_open: bool) -> list[Piece]:
    ink = _INKS.get(node.kind, "text")
    pieces = _cut(node.text, ink, room, glyphs, node.kind, is_open)
    if node.repeated:
        pieces.append(Piece("  said again below, which counts", "warn"))
    return pieces


def _cut(text: str, ink: str, room: int, glyphs: Glyphs, kind: Kind, is_open: bool = False) -> list[Piece]:
    """A value, with its length where it is cut."""
    start = clean_line(text[: max(0, room) + 2], max(1, room + 4))
    if len(text) <= room and cell_len(start) <= room and not is_open:
        return [Piece(start, ink)]
    size = len(text) - 2 if kind is Kind.STRING else len(text)
    words = f" {count(size)} {'characters' if kind is Kind.STRING else 'digits'}"
    if is_open:
        return [Piece(words.strip(), "faint")]
    shown = set_cell_size(start, max(1, room - len(words) - len(glyphs.ellipsis))).rstrip()
    return [Piece(shown + glyphs.ellipsis, ink), Piece(words, "faint")]


def _pending(tree: JsonTree, indent: str, width: int, glyphs: Glyphs) -> Drawn:
    pending = tree.pending
    if pending is None:
        return Drawn(indent, [], [])
    within = tree.nodes[pending.parent].children if pending.parent >= 0 else tree.roots
    left = _key(pending.key, len(within)) if pending.parent >= 0 else []
    room = width - len(indent) - 2 - _cells(left)
    shown = clean_line(pending.text[-room:] if len(pending.text) > room else pending.text, max(1, room))
    return Drawn(f"{indent}  ", [*left, Piece(shown, "str")], [])


def _wrong(opened: OpenTree, number: int, shows_below: bool, glyphs: Glyphs) -> list[Piece]:
    words = opened.wrong.get(number)
    if words:
        return [Piece(f"{glyphs.failed} {words[0]}" + (f" (+{len(words) - 1})" if len(words) > 1 else ""), "err")]
    below = 0 if shows_below else opened.wrong_below.get(number, 0)
    return [Piece(f"{glyphs.failed} {counted(below, 'problem')} within", "err")] if below else []


def _cells(pieces: Sequence[Piece]) -> int:
    return sum([cell_len(piece.text) for piece in pieces])
