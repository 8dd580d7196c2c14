"""A request as JSON, to be edited: a text area in the colours of JSON, which says where it is no JSON."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from oxen_tui.safe_text import clean
from oxen_tui.widgets.driver.keys_in_order import act_in_order
from oxen_tui.widgets.driver.prompt_drawing import draw_promptly
from oxen_tui.widgets.form.form_paper import ground_inks
from oxen_tui.widgets.page.json_lines import JsonLine, ink_json

_LONGEST_LINE = 2_000
"""Characters of a line that is coloured."""


class JsonEditor(TextArea):
    """Holds a text that may be JSON. What is made of it is for its owner: `TextArea.Changed`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "indent", "indent", show=False, id="json.indent"),
    ]

    DEFAULT_CSS = """
    JsonEditor {
        height: 1fr; padding: 0 1; background: $bg; color: $text; scrollbar-size-vertical: 1;
        border: none; border-left: inner $line;
        &:focus { border: none; border-left: inner $accent; }
        &:dark .text-area--cursor, &:light .text-area--cursor { background: $accent; color: $on-accent; }
        & .text-area--selection { background: $line; }
        & .text-area--cursor-line { background: $bg; }
        & .text-area--gutter, & .text-area--cursor-gutter { color: $faint; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, highlight_cursor_line=False, show_line_numbers=True, soft_wrap=True)
        self.cursor_blink = False
        self.indent_width = 2

    def put(self, text: str) -> None:
        """Replace all of it, in a way that can be undone; the cursor stays in its line."""
        if text != self.text:
            row = self.cursor_location[0]
            self.replace(text, (0, 0), self.document.end)
            self.move_cursor((min(row, self.document.line_count - 1), 0))

    def get_line(self, line_index: int) -> Text:
        """The line in the colours of its tokens."""
        line = super().get_line(line_index)
        if len(line.plain) > _LONGEST_LINE:
            return line
        inks, at = ground_inks(self.app), 0
        for piece in ink_json(JsonLine(line.plain)):
            color = inks[piece.ink].color
            if color is not None and color.name:
                line.stylize(color.name, at, at + len(piece.text))
            at += len(piece.text)
        return line

    async def _on_key(self, event: events.Key) -> None:
        await act_in_order(self, event)

    def edit(self, edit: Edit) -> EditResult:
        result = super().edit(edit)
        draw_promptly(self)
        return result

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = clean(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)

    def action_indent(self) -> None:
        self._replace_via_keyboard("  ", *self.selection)
