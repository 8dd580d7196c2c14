"""Chooses a prompt template: type to narrow the list, see what it says, Enter fills it in; F-keys change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from oxen_tui.screens.dialogs.pick import Pick
from oxen_tui.services.conversation.templates import Template
from oxen_tui.widgets.row_list import Row, RowList

USE, EDIT, RENAME, DELETE, NEW = "use", "edit", "rename", "delete", "new"
"""What is to be done; the first word of the answer, before the name."""

_NAME = 20
"""Columns."""
_MOST_ROWS = 12
_AROUND = 10
"""Rows of the dialog beside the list and what the template says."""


class PickTemplate(Pick):
    """Answers what is to be done, and with which template: `use greeting`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4,ctrl+g", f"answer('{EDIT}')", "edit", id="templates.edit"),
        Binding("f2", f"answer('{RENAME}')", "rename", id="templates.rename"),
        # Before the field, which would take it for its own.
        Binding("delete", "delete", "delete", id="templates.delete", priority=True),
        Binding("ctrl+n", f"answer('{NEW}')", "new", id="templates.new", priority=True),
    ]

    DEFAULT_CSS = """
    PickTemplate > .dialog {
        width: 90;
        & #says { background: $field; margin: 1 2 0 2; padding: 0 1; color: $text; }
    }
    """

    HINT = "enter fills it in   f4 edits   f2 renames   del deletes   ctrl+n new"

    def __init__(self, templates: Sequence[Template], folder: str) -> None:
        nothing = ("No templates yet", "ctrl+n writes one in your editor", f"They are files of {folder}")
        super().__init__("Templates", "name or words", ("None has these words",) if templates else nothing)
        self._templates = {template.name: template for template in templates}
        self._said = {template.name: f"{template.name} {template.content}".casefold() for template in templates}

    def below(self) -> ComposeResult:
        yield Static(id="says")

    def on_resize(self) -> None:
        room = max(2, self.size.height - _AROUND)
        rows = max(1, min(_MOST_ROWS, max(3, len(self._templates)), room // 2))
        self.query_one(RowList).styles.max_height = rows  # its height is what `Pick` has room for
        says = self.query_one("#says", Static)
        says.styles.height = max(1, min(10, room - rows))
        says.display = bool(self._templates)

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        named = [name for name in self._templates if all(word in name.casefold() for word in words)]
        held = [name for name, said in self._said.items() if all(word in said for word in words)]
        return [_row(self._templates[name]) for name in dict.fromkeys([*named, *held])]

    def take(self, key: str) -> None:
        self.dismiss(f"{USE} {key}")

    def draw(self, typed: str) -> None:
        super().draw(typed)
        self._show_text(self.query_one(RowList).highlighted)

    def on_pick_looked(self, event: Pick.Looked) -> None:
        event.stop()
        self._show_text(event.key)

    def action_answer(self, what: str) -> None:
        """Close with this to be done."""
        key = self.query_one(RowList).highlighted
        if key or what == NEW:
            self.dismiss(f"{what} {'' if what == NEW else key}")

    def action_delete(self) -> None:
        """Within what is typed the key deletes a letter, at its end the template."""
        field = self.query_one(Input)
        if field.cursor_position < len(field.value):
            field.action_delete_right()
        else:
            self.action_answer(DELETE)

    def _show_text(self, name: str) -> None:
        template = self._templates.get(name)
        self.query_one("#says", Static).update(Content(template.text[:4_000] if template else ""))


def _row(template: Template) -> Row:
    return Row(template.name, ((f" {template.name.ljust(_NAME)} ", "text"), (template.description, "muted")))
