"""Which rows of a tree are to be seen: what is open, what is folded, and where something is wrong."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from oxen_tui.widgets.json_tree.nodes import JsonTree, Kind

_SHOWN_PROBLEMS = 20
"""Problems whose places are opened from the start."""


class What(Enum):
    NODE = "node"
    MORE = "more"
    """Stands for entries that are left out here."""
    MISSING = "missing"
    """A value that ought to be there."""
    LINE = "line"
    """A part of an opened string."""
    PENDING = "pending"
    """What is being written."""
    CUT = "cut"
    """Where the text ended too early."""


class Row(NamedTuple):
    what: What
    node: int
    depth: int
    words: str = ""
    """Of a line its text; of a missing value its name, and what is wrong in the line after."""
    number: int = 0
    """Of entries that are left out; else what tells rows of one node apart."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a schema does not allow."""

    path: tuple[str | int, ...]
    words: str
    """What is wrong: `must be a number`."""


@dataclass(frozen=True, slots=True)
class Check:
    """What came of holding an answer against its schema."""

    fits: bool | None
    """None where that cannot be said: the text was cut off."""
    words: str
    """`valid against invoice`, `3 problems`."""
    problems: tuple[Problem, ...] = ()


class OpenTree:
    """A tree, and what of it is open. `rows` has a row for each line, and nothing is drawn for what is folded."""

    def __init__(
        self, tree: JsonTree, problems: Sequence[Problem] = (), most: int | None = None, *, bare: bool = False
    ) -> None:
        """
        Args:
            tree: As it is; it may grow, see `grown`.
            problems: Of its one whole value.
            most: Entries that are shown of one object or array; None for all.
            bare: Of a single object or array only what it holds is shown.
        """
        self.tree = tree
        self.opened: set[int] = set()
        self._most = most
        self._bare = bare
        self._skipped = 0
        self._grows = False
        self._rows: list[Row] | None = None
        self.wrong: dict[int, list[str]] = defaultdict(list)
        """What is wrong with nodes, in words."""
        self.wrong_below: dict[int, int] = defaultdict(int)
        """How many problems there are within nodes."""
        self._missing: dict[int, list[Row]] = defaultdict(list)
        self._width = 80
        self.take(problems)

    @property
    def rows(self) -> list[Row]:
        """What is to be seen, from the top."""
        if self._rows is None and self._grows:
            self.grown()
        if self._rows is None:
            self._rows = self._built()
        return self._rows

    def take(self, problems: Sequence[Problem]) -> None:
        """Other problems are known now; the first ones come into view."""
        for known in (self.wrong, self.wrong_below, self._missing):
            known.clear()
        if len(self.tree.roots) != 1:
            return
        for number, problem in enumerate(problems):
            node, left = self.tree.find(problem.path)
            inside = node if left else self.tree.nodes[node].parent
            if left:
                words = f"{'.'.join(str(step) for step in left)}\n{problem.words}"
                self._missing[node].append(Row(What.MISSING, node, self.tree.nodes[node].depth + 1, words, number))
            else:
                self.wrong[node].append(problem.words)
            while inside >= 0:
                self.wrong_below[inside] += 1
                if number < _SHOWN_PROBLEMS:
                    self.opened.add(inside)
                inside = self.tree.nodes[inside].parent
        self._rows = None

    def set_width(self, cells: int) -> None:
        """So wide is the page: longer strings can be opened, and are broken to it."""
        if cells != self._width:
            self._width = cells
            self._rows = None

    @property
    def lacking(self) -> frozenset[int]:
        """Nodes in which something is missing."""
        return frozenset(self._missing)

    # Opening and folding

    def can_open(self, number: int) -> bool:
        """Whether there is something in it."""
        node = self.tree.nodes[number]
        if node.is_branch:
            return bool(node.children) or number in self._missing
        if node.kind is not Kind.STRING:
            return False
        before = 2 * node.depth + len(node.key or "") + 6
        return len(node.text) + before > self._width or "\\n" in node.text

    def toggle(self, number: int) -> None:
        """Fold what is open, open what is folded."""
        if number in self.opened or self.can_open(number):
            self.opened ^= {number}
            self._rows = None

    def open_all(self) -> None:
        """Open every object and array."""
        self.opened = {number for number, node in enumerate(self.tree.nodes) if node.is_branch}
        self._rows = None

    def fold_all(self) -> None:
        """Fold all but whole values."""
        self.opened = set(self.tree.roots)
        self._rows = None

    def open_to(self, rows: int) -> None:
        """Open from the outside in what fits so many rows. Whole values are open in any case.

        What stands in one array is opened all or not at all: it is alike, and the eye compares it.
        """
        nodes, most = self.tree.nodes, self._most
        self.opened = set(self.tree.roots)
        left = rows - len(self.opened) - sum([len(nodes[root].children[:most]) for root in self.opened])
        waiting = deque(self.tree.roots)
        while waiting and left > 0:
            node = nodes[waiting.popleft()]
            below = [child for child in node.children[:most] if nodes[child].children]
            for group in [below] if node.kind is Kind.ARRAY else [[child] for child in below]:
                size = sum([len(nodes[child].children[:most]) for child in group])
                if size <= left:
                    left -= size
                    self.opened.update(group)
                    waiting.extend(group)
        self._rows = None

    def reveal(self, number: int) -> int:
        """Open what a node stands in. Its row; the nearest one above where entries are left out."""
        parent = self.tree.nodes[number].parent
        while parent >= 0:
            if parent not in self.opened:
                self.opened.add(parent)
                self._rows = None
            parent = self.tree.nodes[parent].parent
        return self.row_of(number)

    def row_of(self, number: int) -> int:
        """The row of a node; of what it stands in where it is folded away."""
        places = {row.node: place for place, row in enumerate(self.rows) if row.what is What.NODE}
        while number not in places and self.tree.nodes[number].parent >= 0:
            number = self.tree.nodes[number].parent
        return places.get(number, 0)

    def grown(self) -> None:
        """The tree has more nodes now; what comes is open."""
        nodes = self.tree.nodes
        self._grows = True
        if self._rows is None or self._skipped != self._to_skip:
            self._rows, self._skipped = [], self._to_skip
        while self._rows and self._rows[-1].what in (What.PENDING, What.CUT):
            self._rows.pop()
        # Everything is open, so rows and nodes go together.
        for number in range(len(self._rows) + self._skipped, len(nodes)):
            self._rows.append(Row(What.NODE, number, nodes[number].depth - self._skipped))
            if nodes[number].is_branch:
                self.opened.add(number)
        self.opened |= set(self.tree.roots)
        self._rows += self._end()

    def ended(self) -> None:
        """Nothing more comes: from now on it is opened and folded."""
        self._grows = False

    # Rows

    @property
    def _to_skip(self) -> int:
        """Rows that are left out at the top, and levels with them."""
        roots, nodes = self.tree.roots, self.tree.nodes
        only = nodes[roots[0]] if self._bare and len(roots) == 1 else None
        # A whole value that is empty is all there is to show.
        return int(only is not None and only.is_branch and (bool(only.children) or only.end < 0))

    def _built(self) -> list[Row]:
        nodes, opened, most = self.tree.nodes, self.opened, self._most
        rows: list[Row] = []
        self._skipped = skipped = self._to_skip
        if skipped:
            opened |= set(self.tree.roots)
        waiting = [Row(What.NODE, root, -skipped) for root in reversed(self.tree.roots)]
        while waiting:
            row = waiting.pop()
            if row.depth >= 0:
                rows.append(row)
            if row.what is not What.NODE or row.node not in opened:
                continue
            node, below = nodes[row.node], row.depth + 1
            if not node.is_branch:
                rows += self._lines(row.node, below)
                continue
            if row.node in self._missing:
                waiting += [each._replace(depth=below) for each in reversed(self._missing[row.node])]
            if most is not None and len(node.children) > most:
                waiting.append(Row(What.MORE, row.node, below, number=len(node.children) - most))
            waiting += [Row(What.NODE, child, below) for child in reversed(node.children[:most])]
        return rows + self._end()

    def _end(self) -> list[Row]:
        tree = self.tree
        pending = tree.pending
        rows = []
        if pending is not None:
            depth = tree.nodes[pending.parent].depth + 1 - self._skipped if pending.parent >= 0 else 0
            rows.append(Row(What.PENDING, pending.parent, depth))
        if tree.cut_off:
            rows.append(Row(What.CUT, -1, 0))
        return rows

    def _lines(self, number: int, depth: int) -> list[Row]:
        from oxen_tui.widgets.lines.line import Piece
        from oxen_tui.widgets.lines.wrapping import wrap

        text = self.tree.value_text(number).expandtabs(4)
        width = max(10, self._width - 2 * depth)
        wrapped = wrap([Piece(text, "str")], width)
        return [
            Row(What.LINE, number, depth, "".join(piece.text for piece in line.pieces), place)
            for place, line in enumerate(wrapped)
        ]
