"""The tree of what a result was made from and what was made of it, to be walked by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from oxen_tui.widgets.gallery.tile import kind_sign
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.row_list import Row, RowList

_DEEPEST = 6
"""Levels that are indented; what lies deeper stands below the last."""


@dataclass(frozen=True, slots=True)
class KinRow:
    """One line of the tree."""

    key: str
    """Of the result; a line without one is not gone to."""
    name: str
    kind: str = "image"
    note: str = ""
    """At the right end: `uploaded`, `edit $0.04`."""
    ends: tuple[bool, ...] = ()
    """For each level below the first: whether the line above it ends there. Empty for a root."""
    is_here: bool = False
    is_gone: bool = False


class KinList(RowList):
    """Shows a tree. Says what `RowList` says; a chosen row is the result that the grid is to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "go there", id="kin.choose")]

    DEFAULT_CSS = "KinList { height: 5; background: $panel; }"

    _family: Sequence[KinRow] = ()

    def show_family(self, kin: Sequence[KinRow]) -> None:
        """Show these; the cursor stands on the one that the tree is about."""
        if tuple(kin) != self._family:
            self._family = tuple(kin)
            here = next((row.key for row in kin if row.is_here), "")
            self.show([_row(each) for each in kin], highlight=here)


def _row(kin: KinRow) -> Row:
    left: list[Span] = [(f" {_tree(kin.ends)}", "line")]
    ink = "faint" if kin.is_gone or not kin.key else "bold" if kin.is_here else "muted"
    left += [(f"{kind_sign(kin.kind)} ", "faint" if ink == "faint" else "text"), (kin.name, ink)]
    return Row(kin.key, tuple(left), ((kin.note, "faint"),) if kin.note else ())


def _tree(ends: Sequence[bool]) -> str:
    """The lines before a name, three cells for each level."""
    if not ends:
        return ""
    shown = ends[-_DEEPEST:]
    down = glyph("box")[5]
    above = "".join("   " if end else f"{down}  " for end in shown[:-1])
    return f"{above}{glyph('last_branch' if shown[-1] else 'branch')} "
