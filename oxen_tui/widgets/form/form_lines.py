"""The rows of a form as a page: where the cursor stands, and what is in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.strip import Strip

from oxen_tui.widgets.form.field_lines import Look
from oxen_tui.widgets.form.form_layout import FormLayout
from oxen_tui.widgets.form.form_paper import FormPaper
from oxen_tui.widgets.form.menu import Menu
from oxen_tui.widgets.form.row import FormRow
from oxen_tui.widgets.lines.paper import Paper
from oxen_tui.widgets.page.lines import Lines
from oxen_tui.widgets.page.view import PageView

_WITH_FIELD = 2
"""Lines above and below the row of the cursor that are brought into view with it."""


class FormLines(PageView, inherit_bindings=False):
    """Draws rows, one of which the user may be about. Its base scrolls."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.rows: Sequence[FormRow] = ()
        self.cursor: int | None = None
        """Index of the row under the cursor; None while there are none."""
        self.menu: Menu | None = None
        """The options in sight below it."""
        self.editor_lines = 0
        """Lines that the editor takes in it; 0 while nothing is typed."""
        self.typed = ""
        """What stands in the editor."""
        self.when_moved: Callable[[], None] = lambda: None
        """Called when rows stand elsewhere on the screen."""
        self._placed: FormLayout | None = None

    @property
    def row(self) -> FormRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None

    @property
    def form_paper(self) -> FormPaper:
        """For the room and the theme as they are now."""
        labels = [len(row.label) + 2 * row.depth for row in self.rows[:200]]
        return FormPaper.of(self.app, self.size.width, self.size.height, max(labels, default=0))

    @property
    def layout_now(self) -> FormLayout:
        """Where the rows stand."""
        lines = self.lines
        assert isinstance(lines, FormLayout)
        return lines

    def lay_out(self, paper: Paper) -> Lines:
        return FormLayout(self.rows, self.form_paper, self.look, -1 if self.cursor is None else self.cursor)

    def look(self, index: int) -> Look:
        """What the user is about in a row."""
        if index != self.cursor:
            return Look()
        writes = self.editor_lines > 0
        return Look(True, self.has_focus or writes, self.editor_lines, self.typed if writes else None, self.menu)

    # --- what is shown --------------------------------------------------------------------------------------------

    def show(self, rows: Sequence[FormRow]) -> None:
        """Show these. The cursor stays on its row, and the row stays where it is seen."""
        before, key = self._place_of_cursor(), self.row.key if self.row is not None else ""
        same = len(rows) == len(self.rows)
        self.rows = rows
        here = self.cursor if same and self.cursor is not None and rows and rows[self.cursor].key == key else None
        if here is None:
            here = next((index for index, row in enumerate(rows) if row.key == key), None)
        if here is None:
            self.menu, self.editor_lines = None, 0
            here = min(self.cursor or 0, len(rows) - 1) if rows else None
        elif self.menu is not None and self.row is not None and rows[here].options:
            self.menu.renew(rows[here].options)
        self.cursor = here
        self.renew()
        if self.size and here is not None and before is not None:
            self.go_to(self.layout_now.top_of(here) - before)
        self.when_moved()

    def find(self, key: str) -> None:
        """Nothing is searched in a form."""

    def index_of(self, key: str) -> int | None:
        """Where the row with this key is."""
        return next((index for index, row in enumerate(self.rows) if row.key == key), None)

    def put_cursor(self, index: int) -> None:
        """Stand on this row, and have it in view."""
        before, self.cursor = self.cursor, index
        if self.editor_lines or self.menu is not None:
            self._lines = None
        elif isinstance(self._lines, FormLayout):
            for each in (before, index):
                if each is not None:
                    self._lines.forget(each)
        self.refresh()
        self.reveal_row()

    def renew_row(self) -> None:
        """The row of the cursor looks otherwise, and may be higher or lower."""
        self.renew()
        self.reveal_row()

    def write(self, lines: int, typed: str) -> None:
        """The editor takes so many lines in the row of the cursor, and holds this."""
        self.editor_lines, self.typed = lines, typed
        self.renew_row()

    def retype(self, typed: str) -> None:
        """The editor holds this now, in as many lines as before."""
        self.typed = typed
        if isinstance(self._lines, FormLayout) and self.cursor is not None:
            self._lines.forget(self.cursor)
            self.refresh()

    def reveal_row(self) -> None:
        """Have the row of the cursor in view, with some lines around it where there is room."""
        if self.cursor is not None and self.size and self.rows:
            layout = self.layout_now
            first, last = layout.top_of(self.cursor), layout.end_of(self.cursor) - 1
            room = _WITH_FIELD if last - first + 2 * _WITH_FIELD < self.page_height else 0
            self.reveal(max(0, first - room), min(layout.known - 1, last + room))
        self.when_moved()

    def go_to(self, line: int) -> None:
        super().go_to(line)
        self.when_moved()

    def watch_has_focus(self, _focus: bool) -> None:
        if isinstance(self._lines, FormLayout) and self.cursor is not None:
            self._lines.forget(self.cursor)
        super().watch_has_focus(_focus)

    def _on_resize(self, event: events.Resize) -> None:
        self._lines = None  # how many lines a text may have depends on the height

    def render_line(self, y: int) -> Strip:
        layout, index = self.layout_now, self.top + y
        return layout.strip(index) if index < layout.known else layout.paper.strip(())

    def _place_of_cursor(self) -> int | None:
        if self.cursor is None or not self.size or self._lines is None or not self.rows:
            return None
        return self.layout_now.top_of(self.cursor) - self.top
