"""A request schema as a readable tree: folded, filtered, with all there is to say of the field under the cursor."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import Paper
from oxen_tui.widgets.models.schema_rows import Entry, Path, SchemaDrawing, SchemaSource
from oxen_tui.widgets.page.lines import Lines, ListedLines, ReadLines
from oxen_tui.widgets.page.view import PageView
from oxen_tui.widgets.wording import count, counted

_LEAST_HEIGHT = 9
"""Rows below which the foot, which explains the row of the cursor, has no room."""


class SchemaView(PageView):
    """Shows the lines that a source gives. The cursor and the foot are seen while it has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "fold", "fold", id="schema.fold"),
        Binding("full_stop", "toggle_hidden", "hidden", id="schema.hidden"),
        Binding("d", "describe", "descriptions", id="schema.descriptions"),
        Binding("u", "open_all", "unfold all", id="schema.open_all"),
        Binding("y", "copy", "copy name", show=False, id="schema.copy"),
    ]

    can_find = True

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._source: SchemaSource | None = None
        self._empty = ""
        self._toggled: frozenset[Path] = frozenset()
        self._filter = ""
        self._hidden = False
        self._described = False
        self._all_open = False
        self._cursor = 0
        self._drawing: SchemaDrawing | None = None

    def show(self, source: SchemaSource | None, *, empty: str = "No schema", keep: bool = False) -> None:
        """Show this schema.

        Args:
            source: Gives its lines; None where there is nothing to show.
            empty: What to say where there are no lines.
            keep: It is the same schema as before, or nearly: stay where the reader is.
        """
        self._source, self._empty = source, empty
        if not keep:
            self._toggled, self._all_open, self._cursor = frozenset(), False, 0
        self.renew(to_top=not keep)

    def lay_out(self, paper: Paper) -> Lines:
        self._drawing = None
        if self._source is None:
            return ListedLines((self._empty,), lambda text: paper.row([Piece(text, "muted")]))
        rows = self._source(
            toggled=self._toggled, hidden=self._hidden, filter_words=self._filter, open_all=self._all_open
        )
        self._drawing = drawing = SchemaDrawing(paper, rows, self._described)
        return ReadLines(drawing.entries(), lambda entry: self._drawn(paper, drawing, entry))

    # The foot

    @property
    def page_height(self) -> int:
        return self.size.height - self._foot_height

    @property
    def _foot_height(self) -> int:
        height = self.size.height
        if not self.has_focus or height < _LEAST_HEIGHT or self._drawing is None:
            return 0
        return max(3, min(7, height // 4))

    def _foot(self, y: int) -> Strip:
        """A line of what is said about the row of the cursor, under a rule."""
        paper, entry = self.paper, self._entry()
        if y == 0:
            lines = self.lines
            below = lines.known - self.top - self.page_height
            more = f" {paper.glyphs.down} {count(below)}{'' if lines.complete else '+'}" if below > 0 else ""
            rule = paper.glyphs.rule * (paper.inner - len(more))
            return paper.row([Piece(rule, "line"), Piece(more, "faint")])
        said = self._drawing.about(entry) if self._drawing is not None and entry is not None else []
        if y > len(said):
            return paper.blank
        line = said[y - 1]
        if y == self._foot_height - 1 and len(said) > y:
            line = [*line, Piece(paper.glyphs.ellipsis, "faint")]
        return paper.row(line)

    # What the user does

    def _entries(self) -> ReadLines[Entry] | None:
        lines = self.lines
        return lines if isinstance(lines, ReadLines) else None

    def _entry(self) -> Entry | None:
        """Under the cursor."""
        lines = self._entries()
        if lines is None:
            return None
        lines.reach(self._cursor + 1)
        return lines.sources[min(self._cursor, lines.known - 1)] if lines.known else None

    def action_move(self, step: int) -> None:
        lines = self._entries()
        if lines is None:
            return
        index = self._cursor + step
        lines.reach(index + 1 + self.page_height)
        while 0 <= index < lines.known and not lines.sources[index].stops:
            index += step
        if 0 <= index < lines.known:
            self._stand_on(index)
        else:
            self.go_to(self.top + step)

    def action_page(self, step: int) -> None:
        self._stand_near(self._cursor + step * max(1, self.page_height - 2))

    def action_edge(self, end: int) -> None:
        super().action_edge(end)
        lines = self._entries()
        if lines is not None:
            self._stand_near(lines.known - 1 if end else 0)

    def _stand_near(self, index: int) -> None:
        """Have the cursor on this line, or on the one above it that takes a cursor."""
        lines = self._entries()
        if lines is None:
            return
        lines.reach(index + 1)
        index = max(0, min(index, lines.known - 1))
        while index > 0 and not lines.sources[index].stops:
            index -= 1
        self._stand_on(index)

    def _stand_on(self, index: int) -> None:
        self._cursor = index
        lines = self._entries()
        last = index
        while lines is not None and last + 1 < lines.known and not lines.sources[last + 1].stops:
            last += 1
        self.reveal(index, last)
        self.refresh()

    def action_fold(self) -> None:
        """Fold or unfold what is under the cursor; from a value, the field it is one of."""
        entry = self._entry()
        if entry is None:
            return
        row = entry.row
        if row.fold is not None or row.kind == "value":
            self._toggled ^= {row.path}
            self._redo(row.path)

    def action_toggle_hidden(self) -> None:
        self._hidden = not self._hidden
        self._redo()

    def action_describe(self) -> None:
        self._described = not self._described
        self._redo()

    def action_open_all(self) -> None:
        self._all_open = not self._all_open
        self._toggled = frozenset()
        self._redo()

    def action_copy(self) -> None:
        entry = self._entry()
        if entry is not None and entry.row.name:
            self.post_message(self.Copied(entry.row.name, "name of the field"))

    def find(self, words: str) -> None:
        self._filter, self._cursor = words, 0
        self.renew(to_top=True)
        lines = self._entries()
        if not words or lines is None:
            self.post_message(self.Searched(""))
            return
        fields = sum(1 for entry in lines.sources if entry.row.kind == "field" and entry.stops)
        more = "" if lines.complete else "more than "
        self.post_message(self.Searched(more + counted(fields, "field") if fields else "no field has these words"))

    def _redo(self, path: Path | None = None) -> None:
        """Other lines of the same schema: the cursor stays on its row."""
        entry = self._entry()
        path = path if path is not None or entry is None else entry.row.path
        kind = entry.row.kind if entry is not None and entry.row.kind != "value" else "field"
        self.renew()
        lines = self._entries()
        if lines is None:
            return
        lines.reach(self._cursor + self.size.height)
        for index, each in enumerate(lines.sources):
            if each.row.path == path and each.row.kind == kind and each.stops:
                self._stand_on(index)
                return
        self._stand_near(self._cursor)

    def on_click(self, event: events.Click) -> None:
        lines, index = self._entries(), self.top + event.y
        if lines is None or index >= lines.known or event.y >= self.page_height:
            return
        self._stand_near(index)
        self.action_fold()

    # Drawing

    def render_line(self, y: int) -> Strip:
        if y >= self.page_height:
            return self._foot(y - self.page_height)
        return super().render_line(y)

    def _drawn(self, paper: Paper, drawing: SchemaDrawing, entry: Entry) -> Strip:
        pieces = drawing.pieces(entry)
        if not self.has_focus or self._entry() is not entry:
            return paper.row(pieces)
        return paper.row(pieces, ground="field", bar="accent")
