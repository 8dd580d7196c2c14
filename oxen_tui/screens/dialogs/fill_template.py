"""Fills in the fields of a prompt template: Tab goes from one to the next, Enter after the last puts it into the
message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from oxen_tui.panes.external_editor import EditorFailed, edit_text
from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.conversation.template_text import Field
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.form.choice_line import ChoiceLine

Filled = tuple[bool, Mapping[str, str]]
"""Whether it is to be put into the message, and what stands in the fields."""

_AROUND = 7
"""Rows of the dialog beside the fields."""


class FillTemplate(Dialog[Filled]):
    """Answers the values. Esc keeps them for the next time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close", id="template.close"),
        Binding("enter", "go_on", "next, then into the message", id="template.next"),
        Binding("ctrl+r", "put", "into the message", id="template.put", priority=True),
    ]

    DEFAULT_CSS = """
    FillTemplate > .dialog {
        width: 84;
        & #fields { height: auto; scrollbar-size-vertical: 1; }
        & .hint { margin: 0; }
        & ChoiceLine { margin: 0 2 1 2; width: 1fr; }
        & Composer {
            min-height: 1; max-height: 8; background: $field; border-left: inner $field;
        }
        & Composer:focus { border-left: inner $accent; }
        & Composer .text-area--cursor-line { background: $field; }
    }
    """

    def __init__(self, name: str, fields: Sequence[Field], values: Mapping[str, str]) -> None:
        """
        Args:
            name: Of the template.
            fields: At least one.
            values: That they had last, by their names.
        """
        super().__init__()
        self._template, self._fields = name, list(fields)
        self._values = values

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(clean_line(self._template)), classes="title")
            with VerticalScroll(id="fields", can_focus=False):
                for field in self._fields:
                    yield Static(Content(clean_line(field.name, 80)), classes="label")
                    if field.choices:
                        yield ChoiceLine(field.choices, self._held(field), classes="value")
                    else:
                        yield Composer(placeholder="")
            yield Static(id="trouble", classes="trouble")
            yield Static("enter next, then puts it in   ctrl+j newline   esc closes", classes="hint")

    def on_mount(self) -> None:
        for field, widget in zip(self._fields, self._inputs, strict=True):
            if isinstance(widget, Composer):
                widget.carrying = True  # no text is a value too
                widget.styles.margin = (0, 2, 1, 2)  # the one on the page has another
                widget.styles.padding = (0, 1)
                widget.put(self._held(field))
        self.query_one("#trouble").display = False
        self._inputs[0].focus()

    def on_resize(self) -> None:
        self.query_one("#fields").styles.max_height = max(3, self.size.height - _AROUND)

    @property
    def _inputs(self) -> list[Widget]:
        return list(self.query("#fields ChoiceLine, #fields Composer"))

    def _held(self, field: Field) -> str:
        held = self._values.get(field.name, field.default)
        return held if not field.choices or held in field.choices else field.default

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {
            field.name: widget.value if isinstance(widget, ChoiceLine) else widget.whole
            for field, widget in zip(self._fields, self._inputs, strict=True)
            if isinstance(widget, ChoiceLine | Composer)
        }

    @on(Composer.Submitted)
    def _take(self, event: Composer.Submitted) -> None:
        event.stop()
        composer = self.focused
        assert isinstance(composer, Composer)
        composer.put(event.text)  # sending empties it
        self.action_go_on()

    def action_go_on(self) -> None:
        """To the next field; after the last one into the message."""
        inputs = self._inputs
        here = inputs.index(self.focused) if self.focused in inputs else len(inputs) - 1
        if here + 1 < len(inputs):
            inputs[here + 1].focus()
        else:
            self.action_put()

    def action_put(self) -> None:
        """Into the message, as it stands."""
        self.dismiss((True, self.values))

    def action_leave(self) -> None:
        """Close; what was written is there the next time."""
        self.dismiss((False, self.values))

    @on(Composer.EditorWanted)
    def _edit(self, event: Composer.EditorWanted) -> None:
        """Hand the field to the user's own editor."""
        event.stop()
        composer = self.focused
        assert isinstance(composer, Composer)
        trouble = self.query_one("#trouble", Static)
        try:
            with self.app.suspend():
                text = edit_text(composer.whole)
        except (EditorFailed, SuspendNotSupported) as error:
            trouble.display = True
            trouble.update(Content(str(error)))
        else:
            composer.put(text)
