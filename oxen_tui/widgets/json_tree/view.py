"""A tree on a page of its own: gone through, opened and folded, searched and copied from."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.strip import Strip

from oxen_tui.widgets.json_tree.drawing import drawn
from oxen_tui.widgets.json_tree.nodes import JsonTree
from oxen_tui.widgets.json_tree.opened import Check, OpenTree, What
from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import Paper
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.row_list import RowList
from oxen_tui.widgets.wording import count


class JsonTreeView(RowList):
    """Shows one tree; the cursor stands on a row. Rows are drawn when they are in view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Open or fold", show=False, id="json_tree.toggle"),
        Binding("right,l", "open", "Open", show=False, id="json_tree.open"),
        Binding("left,h", "fold", "Fold, or go to what it stands in", show=False, id="json_tree.fold"),
        Binding("asterisk", "all(True)", "Open everything", show=False, id="json_tree.open_all"),
        Binding("minus", "all(False)", "Fold everything", show=False, id="json_tree.fold_all"),
        Binding("p", "problem(1)", "Next problem", show=False, id="json_tree.problem"),
        Binding("P", "problem(-1)", "Problem before", show=False, id="json_tree.problem_before"),
        Binding("n", "next(1)", "Next place that was looked for", show=False, id="json_tree.next"),
        Binding("N", "next(-1)", "The one before", show=False, id="json_tree.previous"),
        Binding("y", "copy", "copy value", id="json_tree.copy"),
        Binding("Y", "copy_path", "copy path", id="json_tree.copy_path"),
    ]

    class Copied(Message):
        """Something is wanted on the clipboard."""

        text: str
        what: str
        """In a word or two: `value`, `path .items[0]`."""

    class Searched(Message):
        """What came of looking for words."""

        result: str

    def __init__(self, tree: JsonTree, check: Check | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tree = tree
        self.opened = OpenTree(tree)
        self.opened.open_to(200)
        self.opened.take(check.problems if check is not None else ())
        self._words = ""

    def on_mount(self) -> None:
        self.stand_on("0")

    def on_resize(self) -> None:
        """Long strings are broken to the width."""
        node = self.node
        self.opened.set_width(Paper.of(self.app, self.size.width).inner)
        self._stand_at(node)

    # What a list asks

    @property
    def row_count(self) -> int:
        return len(self.opened.rows)

    def key_at(self, index: int) -> str:
        return str(index)

    def find(self, key: str) -> int | None:
        return int(key) if key and int(key) < self.row_count else None

    @property
    def node(self) -> int:
        """The node that the cursor stands on."""
        rows = self.opened.rows
        row = rows[min(self.cursor or 0, len(rows) - 1)]
        return max(0, row.node)

    @property
    def path(self) -> str:
        """Where it stands, as `jq` takes it."""
        return self._tree.path(self.node)

    # What the user does

    def action_choose(self) -> None:
        """Open what is folded, fold what is open."""
        self.opened.toggle(self.node)
        self._stand_at(self.node)

    def action_open(self) -> None:
        node = self.node
        if node not in self.opened.opened and self.opened.can_open(node):
            self.action_choose()
        else:
            self.action_move(1)

    def action_fold(self) -> None:
        node = self.node
        if node not in self.opened.opened:
            node = max(0, self._tree.nodes[node].parent)
        if node in self.opened.opened:
            self.opened.toggle(node)
        self._stand_at(node)

    def action_all(self, opened: bool) -> None:
        node = self.node
        if opened:
            self.opened.open_all()
        else:
            self.opened.fold_all()
        self._stand_at(node)

    def action_copy(self) -> None:
        self.post_message(self.Copied(self._tree.value_text(self.node), "value"))

    def action_copy_path(self) -> None:
        self.post_message(self.Copied(self.path, f"path {self.path}"))

    def action_problem(self, step: int) -> None:
        """Go to the next place that the schema does not allow."""
        wrong = sorted({*self.opened.wrong, *self.opened.lacking})
        if wrong:
            after = [node for node in wrong if node > self.node] or wrong[:1]
            before = [node for node in wrong if node < self.node] or wrong[-1:]
            node = after[0] if step > 0 else before[-1]
            if node in self.opened.lacking and node not in self.opened.opened:
                self.opened.toggle(node)
            self._stand_at(node)

    def look_for(self, words: str) -> None:
        """Go to the first key or value from the cursor on that holds these words; empty ends the search."""
        self._words = words.casefold()
        if words:
            self._search(self.node, 1)
        else:
            self.post_message(self.Searched(""))

    def action_next(self, step: int) -> None:
        if self._words:
            self._search(self.node + step, step)

    def _search(self, start: int, step: int) -> None:
        nodes, words = self._tree.nodes, self._words
        for offset in range(len(nodes)):
            number = (start + step * offset) % len(nodes)
            node = nodes[number]
            if words in (node.key or "").casefold() or words in node.text.casefold():
                self._stand_at(number)
                self.post_message(self.Searched(f"entry {count(number + 1)} of {count(len(nodes))}"))
                return
        self.post_message(self.Searched("nothing holds that"))

    def _stand_at(self, node: int) -> None:
        """Other rows are there now: have this node under the cursor."""
        if self.size.height:
            self.stand_on(str(self.opened.reveal(node)))
            self.post_message(self.Highlighted(self, self.highlighted))

    # Drawing

    def render_line(self, y: int) -> Strip:
        paper = Paper.of(self.app, self.size.width)
        index = y + self.scroll_offset.y
        if index >= self.row_count:
            return paper.blank
        row = self.opened.rows[index]
        parts = drawn(self.opened, row, paper.inner, paper.glyphs)
        left = [Piece(parts.before, "muted"), *parts.left]
        if self._words and row.what is What.NODE:
            left = [part for piece in left for part in _lit(piece, self._words)]
        if index == self.cursor:
            return paper.row(left, parts.right, ground="field", bar="accent" if self.has_focus else "line")
        return paper.row(left, parts.right)


def _lit(piece: Piece, words: str) -> list[Piece]:
    """A piece with the words set off where they stand in it."""
    at = piece.text.casefold().find(words)
    if at < 0:
        return [piece]
    end = at + len(words)
    parts = ((piece.text[:at], piece.ink), (piece.text[at:end], "warn+strong"), (piece.text[end:], piece.ink))
    return [Piece(text, ink) for text, ink in parts if text]
