"""The open end of a document: the containers and the leaf that more lines may go into, and how blocks get sealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Self

from oxen_tui.widgets.markdown import grammar
from oxen_tui.widgets.markdown.blocks import Block, Container, Fence, Kind, Table
from oxen_tui.widgets.markdown.inline import NO_REFERENCES, normal_label
from oxen_tui.widgets.markdown.tables import MOST_COLUMNS, cells, measure


class Nest(NamedTuple):
    """An open container and where its content begins. Columns count from the content of the one around it."""

    container: Container
    offset: int = 0
    """Column of an item's marker."""
    width: int = 0
    """Column of an item's content; 0 for a quote."""
    series: str = ""
    """What the markers of one list have in common: `-`, `*`, `+`, `.` or `)`."""
    number: int = 0
    """Of an item in a numbered list."""


class OpenCode(NamedTuple):
    """A code block that more lines may go into."""

    group: Fence
    closer: str = ""
    """What ends it, at least: "```", `~~~~`, `$$`; empty for an indented block."""
    indent: int = 0
    """Spaces before the opening fence, which its lines may have too."""
    strip: int = 1_000
    """Columns that may be taken off: less as soon as a line stood further left than the container asks."""


class OpenEnd:
    """What is not final yet. `Assembler` decides what a line does to it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        """What was sealed since somebody last took the list."""
        self._provisional = False
        self._shared: Fence | Table | None = None  # of a copy: the open group, which belongs to the original
        self._nests: tuple[Nest, ...] = ()
        self._containers: tuple[Container, ...] = ()
        self._fresh = 0  # innermost containers that no block stands in yet
        self._bare = False  # the innermost item began with an empty line
        self._paragraph: list[str] = []
        self._length = 0  # characters in the paragraph
        self._code: OpenCode | None = None
        self._blank_lines: list[str] = []  # within indented code, which may have ended before them
        self._table: Table | None = None
        self._last: Block | None = None
        self._blank = False  # an empty line since the last block
        self._near = False  # what comes is part of the block before, or of the same list of notes
        self._references: dict[str, str] = {}

    @property
    def longest_line(self) -> int:
        """Characters after which a line has to be handed in, though its end has not come."""
        return grammar.LONGEST_ROW if self._table else grammar.LONGEST_PARAGRAPH

    @property
    def fence_closer(self) -> str:
        """What would end the code block that is open now; empty if none is."""
        return self._code.closer if self._code else ""

    def copy(self) -> Self:
        """One that may be fed for a look ahead: it changes nothing that the blocks sealed so far refer to."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.blocks = []
        twin._provisional = True
        twin._shared = self._code.group if self._code else self._table
        twin._paragraph = self._paragraph[:]
        twin._blank_lines = self._blank_lines[:]
        return twin

    def finish(self) -> None:
        """Seal everything: the text has ended."""
        self._close_to(0)

    def show_open(self) -> None:
        """Make blocks of what is open as it would look if the text ended here. Only for a copy."""
        if self._paragraph:
            self._show_table_to_come()
        if self._code is None:
            self._close_leaf()
        elif self._code.closer and not self._began(self._code.group):
            self._emit_code(self._code.group, "", "")
        if self._awaited():
            self._emit(Kind.PARAGRAPH, "")

    def _show_table_to_come(self) -> None:
        """A line that begins with a pipe is most likely the head of a table whose second line is on its way."""
        head = self._paragraph[-1]
        columns = len(cells(head)) if head.startswith("|") else 0
        if not 0 < columns <= MOST_COLUMNS or any(line.startswith("|") for line in self._paragraph[-2:-1]):
            return
        self._paragraph.pop()
        self._close_leaf()
        self._emit_row(Table(["left"] * columns), head.rstrip(" "))

    # Opening, closing, sealing.

    def _open(self, nest: Nest) -> None:
        self._nests += (nest,)
        self._containers += (nest.container,)
        self._fresh += 1
        self._bare = False

    def _close_to(self, depth: int) -> None:
        self._close_leaf()
        gone = len(self._nests) - depth
        if gone <= 0:
            return
        if self._awaited():
            self._emit(Kind.PARAGRAPH, "")
        self._fresh = max(0, self._fresh - gone)
        self._bare = False
        self._nests = self._nests[:depth]
        self._containers = self._containers[:depth]

    def _close_leaf(self) -> None:
        if self._paragraph:
            text = self._take_paragraph()
            self._emit(Kind.PARAGRAPH, text)
        elif self._code:
            group = self._code.group
            if self._code.closer and not self._began(group):
                self._emit_code(group, "", "")
            self._code = None
            self._blank_lines.clear()
            self._seal(group)
        self._table = None

    def _awaited(self) -> bool:
        """An item is open that nothing stands in yet."""
        return any(container.kind == "item" for container in self._containers[len(self._nests) - self._fresh :])

    def _began(self, group: Fence) -> bool:
        return self._last is not None and self._last.group is group

    def _seal(self, group: Fence) -> None:
        if group is not self._shared:
            group.closed = True

    def _begin_paragraph(self, text: str) -> None:
        self._paragraph.append(text)
        self._length = len(text)
        self._cut_paragraph()

    def _take_paragraph(self) -> str:
        # The lines of raw HTML are shown as text, and as lines.
        between = "  \n" if grammar.HTML.match(self._paragraph[0]) else "\n"
        text = between.join(self._paragraph).rstrip()
        self._paragraph.clear()
        self._length = 0
        return text

    def _cut_paragraph(self) -> None:
        while self._length > grammar.LONGEST_PARAGRAPH:
            text = "\n".join(self._paragraph)
            cut = grammar.cut_of(text[: grammar.LONGEST_PARAGRAPH])
            self._emit(Kind.PARAGRAPH, text[:cut].rstrip())
            self._near = True
            text = text[cut:].lstrip()
            self._paragraph = text.split("\n") if text else []
            self._length = len(text)

    def _emit_code(self, group: Fence, source: str, shown: str, *, continued: bool = False) -> None:
        number = self._emit(Kind.CODE, shown, group=group).number
        if group is not self._shared:
            group.lines.append(source)
            if continued and number:
                group.continued.add(number)

    def _emit_row(self, table: Table, row: str) -> None:
        self._emit(Kind.ROW, row, group=table)
        if table is not self._shared:
            measure(table, row)
            table.rows += 1

    def _emit(self, kind: Kind, text: str, *, level: int = 0, group: Fence | Table | None = None) -> Block:
        last = self._last
        same = group is not None and last is not None and last.group is group
        block = Block(
            kind,
            text,
            0 if same else self._gap(),
            self._containers,
            self._fresh,
            level,
            group,
            last.number + 1 if same and last else 0,
            NO_REFERENCES if kind is Kind.CODE else self._references_in(text),
        )
        self._fresh = 0
        self._bare = self._blank = self._near = False
        self._last = block
        self.blocks.append(block)
        return block

    def _gap(self) -> int:
        """Blank lines before the next block: the source's own within a list, else one."""
        if self._last is None or (self._near and not self._blank):
            return 0
        if self._blank:
            return 1
        for mine, theirs in zip(self._containers, self._last.containers, strict=False):
            if mine.kind == theirs.kind == "item":
                return 0
            if mine is not theirs:
                return 1
        return 1

    def _references_in(self, text: str) -> Mapping[str, str]:
        if not self._references or "[" not in text:
            return NO_REFERENCES
        targets = {label: self._references.get(normal_label(label)) for label in grammar.LABEL.findall(text)}
        return {label: target for label, target in targets.items() if target}
