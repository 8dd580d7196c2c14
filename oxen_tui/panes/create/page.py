"""What the create pane has on screen: the form or its JSON, the button that runs it; price and request beside it.

From 100 columns the side stands beside the form; below that it is behind a key and then has the page.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from oxen_tui.panes.pane import Pane
from oxen_tui.widgets.form.form import Form
from oxen_tui.widgets.form.json_editor import JsonEditor
from oxen_tui.widgets.form.messages import OfField
from oxen_tui.widgets.form.request_side import RequestSide
from oxen_tui.widgets.form.run_button import RunButton
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine

SIDED = 100
"""Columns from which the side stands beside the form."""

_LOW, _TALL = 22, 30
"""Rows below which lines between parts go, and from which there is room for what the service says of a field."""


class CreatePage(Pane):
    """Places the widgets and says which of them are seen. Asks nothing."""

    DEFAULT_CSS = """
    CreatePage {
        layout: horizontal;
        & > #create-main { width: 1fr; }
        & #create-title { margin: 1 0; }
        & #create-help { height: 2; color: $faint; padding: 0 2; margin: 1 0 0 0; }
        & #create-notice { height: auto; max-height: 4; padding: 0 2; display: none; color: $muted; }
        & #create-notice.-trouble { color: $err; }
        & #create-empty { height: 1fr; padding: 0 2; color: $muted; display: none; }
        & RunButton { margin: 1 0 0 0; }
        & JsonEditor { display: none; }
        & RequestSide { display: none; width: 42; }
        &.-json Form, &.-json #create-help { display: none; }
        &.-json JsonEditor { display: block; }
        &.-together RequestSide { display: block; width: 36%; min-width: 40; max-width: 56; }
        &.-side.-one RequestSide { display: block; width: 1fr; }
        &.-side.-one #create-main { display: none; }
        &.-none Form, &.-none RunButton, &.-none #create-help, &.-none JsonEditor { display: none; }
        &.-none #create-empty { display: block; }
        &.-none RequestSide { display: none; }
    }
    CreatePage.-no-help #create-help { display: none; }
    CreatePage.-low {
        & #create-title { margin: 0; }
        & RunButton { margin: 0; }
    }
    """

    class ModelWanted(Message):
        """The user wants to choose a model. The answer goes to `CreatePane.take_model`."""

    class FileWanted(Message):
        """A file is to be chosen. The answer goes to `CreatePane.take_medium`."""

        key: str
        kinds: frozenset[str]
        """Of `media.file_kind`: image, video, audio."""

    class ResultWanted(Message):
        """A result is to be chosen. The answer goes to `CreatePane.take_medium`."""

        key: str
        kinds: frozenset[str]

    class Sent(Message):
        """A request was taken by the server."""

        words: str
        """What was sent: `tern-2-pro`, `2 of moss-image-xl`."""

    def __init__(self) -> None:
        super().__init__(id="create")
        self.form = Form(self.take, id="create-form")
        self.json = JsonEditor(id="create-json")
        self.side = RequestSide(id="create-side")
        self.button = RunButton(id="create-run")
        self.title_line = OneLine(id="create-title")
        self.help_line = Static("", id="create-help", markup=False)
        self.notice = Static("", id="create-notice", markup=False)
        self.empty = Static("", id="create-empty", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="create-main"):
            yield self.title_line
            yield self.empty
            yield self.form
            yield self.json
            yield self.help_line
            yield self.notice
            yield self.button
        yield self.side

    def take(self, event: OfField) -> None:
        """Something was done in the form."""

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size.width, event.size.height
        self.set_class(width >= SIDED, "-together")
        self.set_class(width < SIDED, "-one")
        self.set_class(height < _LOW, "-low")
        self.set_class(height < _TALL, "-no-help")
        self.button.set_class(height < _LOW or width < 80, "-flat")
        self.refresh_bindings()

    def focus(self, scroll_visible: bool = True) -> CreatePage:
        """Give the keys to what is in view."""
        if self.has_class("-none"):
            super().focus(scroll_visible)
        elif self.alone and self.side_open:
            self.screen.set_focus(self.side, scroll_visible)
        elif self.has_class("-json"):
            self.screen.set_focus(self.json, scroll_visible)
        else:
            self.form.focus(scroll_visible)
        return self

    @property
    def alone(self) -> bool:
        """Whether form and side take turns."""
        return self.has_class("-one")

    @property
    def side_open(self) -> bool:
        """Whether the side has the page where they take turns."""
        return self.has_class("-side")

    @property
    def is_json(self) -> bool:
        """Whether the request is edited as JSON."""
        return self.has_class("-json")

    def say_notice(self, sentence: str, *, trouble: bool = False) -> None:
        """A line or two above the button; "" takes them away."""
        self.notice.display = bool(sentence)
        self.notice.set_class(trouble, "-trouble")
        self.notice.update(f"{glyph('failed')} {sentence}" if sentence and trouble else sentence)
