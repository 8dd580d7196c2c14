"""A form: its rows are drawn, and one editor is laid over the row that is typed in, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import TextArea

from oxen_tui.safe_text import clean
from oxen_tui.widgets.form import messages
from oxen_tui.widgets.form.field_editor import FieldEditor
from oxen_tui.widgets.form.field_lines import editor_width
from oxen_tui.widgets.form.form_view import FormView
from oxen_tui.widgets.form.row import Control, FormRow, Option


class Form(Widget):
    """Shows rows and says what is done in them: see `messages`. What a field holds is for its owner to keep."""

    DEFAULT_CSS = (
        "Form { height: 1fr; layers: rows editor; & FormView { layer: rows; } & FieldEditor { layer: editor; } }"
    )

    def __init__(
        self,
        taker: Callable[[messages.OfField], None] | None = None,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """
        Args:
            taker: Is told at once what is done in a row, before the next key is looked at: over a slow link several
                come in one read, and the one that runs the request must find what those before it did. Without one
                it is said by messages.
        """
        super().__init__(id=id)
        self._view = FormView(self)
        self._editor = FieldEditor(self)
        self._view.when_moved = self._place
        self._told: str | None = None
        """The text of the field that was said last; None while nothing is typed."""
        self._taker = taker

    def compose(self) -> ComposeResult:
        yield self._view
        yield self._editor

    # --- what is shown --------------------------------------------------------------------------------------------

    @property
    def rows(self) -> Sequence[FormRow]:
        return self._view.rows

    @property
    def row(self) -> FormRow | None:
        """The row under the cursor."""
        return self._view.row

    @property
    def key(self) -> str:
        """Its key; "" while there is none."""
        return self.row.key if self.row is not None else ""

    @property
    def is_typing(self) -> bool:
        """Whether keys go into a field."""
        return self._editor.writing

    @property
    def has_keys(self) -> bool:
        """Whether keys go to it. Known before the focus has been told."""
        return self.screen.focused in (self._view, self._editor)

    @property
    def typed(self) -> str | None:
        """What stands in the field that is typed in; None while nothing is."""
        return self._editor.text if self._editor.writing else None

    def show(self, rows: Sequence[FormRow]) -> None:
        """Show these rows. The cursor stays on its row, and the editor in it, if it is still there."""
        self._view.show(rows)
        if self._editor.writing and not self._view.editor_lines:
            self._stop()

    def stand_on(self, key: str) -> None:
        """Put the cursor on this row."""
        if (index := self._view.index_of(key)) is not None:
            self._end_writing()
            self._view.stand_at(index)

    def write_in(self, key: str) -> None:
        """Put the cursor on this row, and type in it if that can be."""
        self.stand_on(key)
        if self.row is not None and self.row.key == key and self.row.types:
            self.begin()

    def put(self, text: str) -> None:
        """Replace what stands in the field that is typed in."""
        if self._editor.writing:
            self._editor.put(clean(text))

    def offer(self, options: Sequence[Option]) -> None:
        """Ways to go on with what is typed; none takes them away."""
        if self._editor.writing:
            self._editor.offering = bool(options)
            self._view.offer(options)

    @property
    def offers(self) -> list[str]:
        """The ways to go on that are in sight."""
        menu = self._view.menu
        return [option.text for option in menu.options] if menu is not None and self.is_typing else []

    def finish(self) -> None:
        """End the writing, and say what stands there: something is to be done with all of it."""
        self._end_writing()

    def focus(self, scroll_visible: bool = True) -> Form:
        """Give the keys to where they were last."""
        self.screen.set_focus(self._editor if self._editor.writing else self._view, scroll_visible)
        return self

    # --- what is said ---------------------------------------------------------------------------------------------

    def tell(self, message: messages.OfField) -> None:
        """Say what was done in a row."""
        menu = self._view.menu
        if isinstance(message, messages.Chosen) and self._editor.writing and menu is not None:
            self._complete(menu.options[message.index].text)  # clicked while typing: a way to go on
            return
        if self._taker is not None:
            self._taker(message)
        else:
            self.post_message(message)

    # --- writing (see `Writer` and `Owner`) -----------------------------------------------------------------------

    def begin(self, text: str | None = None) -> None:
        """Type in the row of the cursor: in what is there, or in this."""
        row = self.row
        if row is None or not row.types:
            return
        self._view.close_menu()
        self._told = row.text
        self._editor.begin(row.text if text is None else clean(text), single=row.control is not Control.TEXT)
        self._editor.display = True
        self.grow()
        self.screen.set_focus(self._editor)
        if text is not None:
            self._tell()

    async def take_key(self, event: events.Key) -> None:
        await self._editor._on_key(event)
        if not event._no_default_action:
            await TextArea._on_key(self._editor, event)

    async def take_stray_key(self, event: events.Key) -> None:
        await self._view._on_key(event)

    def grow(self) -> None:
        """Give the editor the lines that its text has."""
        row, editor, view = self.row, self._editor, self._view
        if row is None or not editor.writing:
            return
        lines = 1
        if not editor.single:
            width = max(1, editor_width(row, view.form_paper) - 3)
            if editor.wrap_width != width:  # it has another width than it will have
                editor.wrapped_document.wrap(width, editor.indent_width)
            lines = min(editor.wrapped_document.height, view.form_paper.most_lines)
        if lines != view.editor_lines or editor.text != view.typed:
            higher = lines != view.editor_lines or bool(view.menu)
            view.write(lines, editor.text) if higher else view.retype(editor.text)

    def end(self, step: int, *, given: bool = True) -> None:
        row, menu = self.row, self._view.menu
        if row is not None and row.control is Control.MEDIUM and given:
            if menu is not None and menu.chosen is not None and step == 0:
                self._complete(menu.options[menu.chosen].text)
                return
            if text := self._editor.text.strip():
                self._told = None
                self.tell(messages.MediaGiven(row.key, text))
        self._end_writing()
        if step:
            self._view.action_move(step)

    def press(self, key: str) -> None:
        menu = self._view.menu
        if menu is None:
            return
        if key != "tab":
            self._view.action_move(1 if key == "down" else -1)
        elif (chosen := menu.chosen if menu.chosen is not None else 0) < len(menu.options):
            self._complete(menu.options[chosen].text)

    def want_editor(self) -> None:
        if self.row is not None:
            self._tell()
            self.tell(messages.EditorWanted(self.row.key))

    def _complete(self, text: str) -> None:
        self._editor.put(text)
        self._tell()

    @on(TextArea.Changed)
    def _say_typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._editor.writing:
            self.grow()
            self._tell()

    def _tell(self) -> None:
        row, text = self.row, self._editor.text
        if row is not None and text != self._told:
            self._told = text
            medium = row.control is Control.MEDIUM
            self.tell((messages.MediumTyped if medium else messages.Typed)(row.key, text))

    def _end_writing(self) -> None:
        if self._editor.writing:
            row = self.row
            if row is not None and row.control is not Control.MEDIUM:
                self._tell()
            self._stop()
            if row is not None:
                self.tell(messages.EditingEnded(row.key))

    def _stop(self) -> None:
        focused = self.screen.focused is self._editor
        self._editor.stop()
        self._told = None
        self._view.menu = None
        self._view.write(0, "")
        self._editor.display = False
        if focused:
            self.screen.set_focus(self._view)
        self._view.refresh_bindings()

    def _place(self) -> None:
        """Lay the editor over its row."""
        view, row = self._view, self._view.row
        if not self._editor.writing or row is None or view.cursor is None or not view.size:
            return
        top = view.layout_now.top_of(view.cursor) - view.top
        paper = view.form_paper
        styles = self._editor.styles
        styles.offset = (paper.field_at, top)
        styles.width, styles.height = editor_width(row, paper), view.editor_lines
