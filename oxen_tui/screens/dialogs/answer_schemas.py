"""Chooses the JSON Schema that answers follow: all of a conversation, or the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.structured.answer_schema import allows_strict
from oxen_tui.services.structured.schema_file import NamedSchema
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.row_list import Row, RowList

_MOST_ROWS = 14
_NAME = 18
"""Columns."""
_STRICT = "followed to the letter by models that can"
_LOOSE = "not strict: that takes objects that list, require and close all they hold"


@dataclass(frozen=True, slots=True)
class SchemaChoice:
    """What is to be done."""

    what: str
    """`use`, `once`, `edit`, `file` or `off`."""
    schema: NamedSchema | None = None


class AnswerSchemas(Dialog[SchemaChoice]):
    """Answers what is to be done, and with which."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "once", "for one question", id="schemas.once"),
        Binding("e", "edit", "edit", id="schemas.edit"),
        Binding("n", "new", "write one", id="schemas.new"),
        Binding("f", "file", "a file", id="schemas.file"),
        Binding("x", "off", "none", id="schemas.off"),
    ]

    DEFAULT_CSS = "AnswerSchemas > .dialog { width: 84; & #about { margin: 1 0 0 0; } & .hint { margin: 1 0 0 0; } }"

    def __init__(self, now: NamedSchema | None, recent: Sequence[NamedSchema], has_draft: bool) -> None:
        """
        Args:
            now: What holds for the conversation.
            recent: That one and those used lately.
            has_draft: Whether one was begun that is no schema yet.
        """
        super().__init__()
        self._now, self._has_draft = now, has_draft
        self._schemas = {str(number): schema for number, schema in enumerate(recent)}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content("Answers as JSON, by a schema"), classes="title")
            yield RowList()
            yield Static(id="about", classes="label")
            yield Static(Content("\n".join(self._keys())), classes="hint")

    def _keys(self) -> list[str]:
        """Only those that do something, in lines that fit a small terminal."""
        of_one = "enter for the conversation   o for one question"
        begun = "n your draft" if self._has_draft else "n write one"
        others = [
            *(["e edit"] if self._schemas else []),
            "f file",
            begun,
            *(["x none"] if self._now else []),
            "esc closes",
        ]
        return [*([of_one] if self._schemas else []), "   ".join(others)]

    def on_mount(self) -> None:
        rows = self.query_one(RowList)
        rows.show([self._row(key, schema) for key, schema in self._schemas.items()])
        rows.focus()
        if not self._schemas:
            rows.display = False
            self.query_one("#about", Static).update(
                Content("None was used yet. A schema says which fields an answer has, and of what kind they are.")
            )

    def on_resize(self) -> None:
        most = min(len(self._schemas), _MOST_ROWS, self.size.height - 9)
        self.query_one(RowList).styles.height = max(1, most)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._tell_about(self._schemas[event.key])

    def on_screen_resume(self) -> None:
        if (schema := self._here) is not None:
            self._tell_about(schema)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.dismiss(SchemaChoice("use", self._schemas[event.key]))

    def action_once(self) -> None:
        if (schema := self._here) is not None:
            self.dismiss(SchemaChoice("once", schema))

    def action_edit(self) -> None:
        self.dismiss(SchemaChoice("edit", self._here))

    def action_new(self) -> None:
        self.dismiss(SchemaChoice("edit"))

    def action_file(self) -> None:
        self.dismiss(SchemaChoice("file"))

    def action_off(self) -> None:
        if self._now is not None:
            self.dismiss(SchemaChoice("off"))

    @property
    def _here(self) -> NamedSchema | None:
        return self._schemas.get(self.query_one(RowList).highlighted)

    def _tell_about(self, schema: NamedSchema) -> None:
        words = _STRICT if allows_strict(schema.schema) else _LOOSE
        self.query_one("#about", Static).update(Content(words))

    def _row(self, key: str, schema: NamedSchema) -> Row:
        name = clean_line(schema.name, 60).ljust(_NAME)
        holds = ((f"{glyph('done')} holds now", "accent"),) if schema == self._now else ()
        return Row(key, ((f" {name} ", "text"), (_fields(schema), "muted")), holds)


def _fields(schema: NamedSchema) -> str:
    """What it describes, in a few words: `number, customer, items`."""
    properties = schema.schema.get("properties")
    if isinstance(properties, dict) and properties:
        return clean_line(", ".join(properties), 100)
    kind = schema.schema.get("type")
    return kind if isinstance(kind, str) else "a schema"
