"""The parameters of a conversation as a form. What is set is sent, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.api.model import Model
from oxen_tui.panes.create.fields import choices_of, field_rows, stepped
from oxen_tui.panes.create.places import Part, Place
from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.form.entry import Entry
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.schema.chat_parameters import NOT_OFFERED
from oxen_tui.services.schema.fields import Shape
from oxen_tui.widgets.form import messages
from oxen_tui.widgets.form.form import Form
from oxen_tui.widgets.form.row import FormRow

_AROUND = 9
"""Rows of the dialog beside the form."""


class Parameters(Dialog[Mapping[str, Any]]):
    """Answers what is set when it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "keep", "keep and close", id="parameters.keep"),
        Binding("ctrl+o", "keep", "Keep and close", show=False, id="parameters.close"),
    ]

    DEFAULT_CSS = """
    Parameters {
        & > .dialog { width: 90; background: $bg; border: none; }
        & #about { height: 2; margin: 1 0 0 0; }
    }
    """

    def __init__(self, model: Model, parameters: Mapping[str, Any]) -> None:
        super().__init__()
        self._request = RequestForm(model, parameters)
        self._folds: dict[object, bool] = {}
        self._warned = False
        """Whether it was said that something wrong stands in it: closing again leaves that out."""

    def compose(self) -> ComposeResult:
        name = clean_line(self._request.model.id, 60)
        with Vertical(classes="dialog"):
            yield Static(Content(f"Parameters for {name}" if name else "Parameters"), classes="title")
            yield Form(self._take)
            yield Static(id="about", classes="label")
            yield Static("enter edits   del clears   esc keeps and closes", classes="hint")

    def on_mount(self) -> None:
        self._draw()
        form = self.query_one(Form)
        if form.rows:
            form.stand_on(form.rows[0].key)
        form.focus()
        self._tell()

    def on_resize(self) -> None:
        self._measure()

    def action_keep(self) -> None:
        self.query_one(Form).finish()
        wrong = [entry for entry in self._entries() if entry.problem]
        if wrong and not self._warned:
            self._warned = True
            place = Place(Part.VALUE, wrong[0].path).key
            self.query_one(Form).stand_on(place)
            self._say(f"{wrong[0].label} {wrong[0].problem} · esc again leaves it out", trouble=True)
            return
        for entry in wrong:
            self._request.clear((entry.path[0],))
        self.dismiss(self._request.draft.get("body", {}))

    # --- what is done in the form ---------------------------------------------------------------------------------

    def _take(self, event: messages.OfField) -> None:
        if isinstance(event, messages.Moved):
            self._tell()
            return
        place = Place.read(event.key)
        entry = self._request.entry(place.path)
        if entry is None:
            return
        self._warned = False
        self._do(event, place, entry)
        self._draw()
        self._tell()

    def _do(self, event: messages.OfField, place: Place, entry: Entry) -> None:
        form = self._request
        match event:
            case messages.Typed():
                form.set_text(place.path, event.text)
            case messages.Chosen() if place.part is Part.VARIANT:
                form.choose_variant(place.path, event.index)
            case messages.Chosen():
                form.set(place.path, choices_of(entry)[event.index])
            case messages.Stepped():
                target = stepped(entry, event.by)
                if target is not None and target != entry.value:
                    form.set(place.path, target)
            case messages.Cleared() if place.is_entry:
                form.remove_entry(place.path)
            case messages.Cleared():
                form.clear(place.path)
            case messages.Nulled():
                form.set(place.path, None)
            case messages.Rolled():
                form.roll_seed(place.path)
            case messages.AddWanted():
                path = place.path if entry.shape is Shape.LIST else place.list_path
                if (held := form.entry(path)) is not None and held.may_add:
                    form.add_entry(path)
            case messages.Folded():
                self._folds[place.path] = not self._folds.get(place.path, True)

    # --- what is shown --------------------------------------------------------------------------------------------

    def _entries(self) -> list[Entry]:
        return [entry for entry in self._request.entries() if entry.path and entry.path[0] not in NOT_OFFERED]

    def _draw(self) -> None:
        rows: list[FormRow] = []
        for entry in self._entries():
            above = (entry.path[:end] for end in range(1, len(entry.path)))
            if all(self._folds.get(path, True) for path in above):
                rows += field_rows(entry, {}, self._folds.get(entry.path, True))
        self.query_one(Form).show(rows)
        self._measure()

    def _measure(self) -> None:
        form = self.query_one(Form)
        room = self.size.height - _AROUND
        form.styles.height = max(3, min(2 * len(form.rows) + 1, room))

    def _tell(self) -> None:
        row = self.query_one(Form).row
        if row is not None:
            self._say(row.problem or row.help, trouble=bool(row.problem))

    def _say(self, sentence: str, *, trouble: bool = False) -> None:
        about = self.query_one("#about", Static)
        about.set_class(trouble, "trouble")
        about.update(Content(clean_line(sentence, 300)))
