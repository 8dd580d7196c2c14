"""What the user does in the fields, done to the request. Media are given in `media`."""

from __future__ import annotations

from textual.app import SuspendNotSupported

from oxen_tui.panes.create.fields import choices_of, stepped
from oxen_tui.panes.create.filling import CreateFilling
from oxen_tui.panes.create.places import Part, Place
from oxen_tui.panes.external_editor import EditorFailed, edit_text
from oxen_tui.services.form.check import MOST_GENERATIONS
from oxen_tui.services.form.entry import Entry, Path
from oxen_tui.services.schema.fields import NOTHING, Shape
from oxen_tui.widgets.form import messages


class CreateEditing(CreateFilling, part=True):
    """Takes what the form tells."""

    def take(self, event: messages.OfField) -> None:
        """Do what the user did to the request."""
        match event:
            case messages.Typed():
                self._type(event)
            case messages.EditingEnded():
                self._leave_field()
            case messages.EditorWanted():
                self._edit_outside(event)
            case messages.Moved():
                self._draw_help()
            case messages.Chosen():
                self._choose(event)
            case messages.Stepped():
                self._step(event)
            case messages.Cleared():
                self._clear(event)
            case messages.Rolled():
                self._roll(event)
            case messages.Nulled():
                self._null(event)
            case messages.ExampleTaken():
                self._take_example(event)
            case messages.Folded():
                self._fold(event)
            case messages.AddWanted():
                self._add(event)
            case messages.Shifted():
                self._shift(event)

    # --- typing ---------------------------------------------------------------------------------------------------

    def _type(self, event: messages.Typed) -> None:
        self._untaken = event.key, event.text
        self.say_notice("")
        self.renew_soon()

    _untaken: tuple[str, str] | None = None
    """What was typed, in which row, and is not in the request yet."""

    def flush(self) -> None:
        if self._untaken is not None:
            key, text = self._untaken
            self._untaken = None
            self._set_text(Place.read(key), text)

    def _set_text(self, place: Place, text: str) -> None:
        form = self.request
        if form is None:
            return
        if place.part is Part.NAMESPACE:
            form.namespace = text
        elif place.part is Part.COUNT:
            form.count = int(text) if text.strip().isdecimal() and len(text) < 6 else 1
        elif form.entry(place.path) is not None:
            form.set_text(place.path, text)
            self._state.touched.add(place.path)

    def _leave_field(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._rested()

    def _edit_outside(self, event: messages.EditorWanted) -> None:
        """Hand the text of a field to the user's own editor."""
        self.flush()
        entry = self._entry(event.key)
        if entry is None or self.request is None:
            return
        try:
            with self.app.suspend():
                text = edit_text(entry.text)
        except (EditorFailed, SuspendNotSupported) as error:
            self.in_trouble(str(error))
            return
        self.form.put(text)
        self.request.set_text(entry.path, text)
        self.renew()

    # --- choosing -------------------------------------------------------------------------------------------------

    def _choose(self, event: messages.Chosen) -> None:
        place, entry = Place.read(event.key), self._entry(event.key)
        if entry is None or self.request is None:
            return
        if place.part is Part.VARIANT:
            self.request.choose_variant(entry.path, event.index)
        else:
            choices = choices_of(entry)
            if event.index < len(choices):
                self.request.set(entry.path, choices[event.index])
        self._changed(entry.path)

    def _step(self, event: messages.Stepped) -> None:
        place, form = Place.read(event.key), self.request
        if form is None:
            return
        if place.part is Part.COUNT:
            form.count = max(1, min(form.count + event.by, MOST_GENERATIONS))
        elif (entry := self._entry(event.key)) is not None:
            target = stepped(entry, event.by)
            if target is not None and target != entry.value:
                form.set(entry.path, target)
        self._changed(place.path)

    def _clear(self, event: messages.Cleared) -> None:
        """Back to the default; an entry of a list goes away."""
        place, form = Place.read(event.key), self.request
        if form is None:
            return
        if place.part is Part.COUNT:
            form.count = 1
        elif place.part is Part.NAMESPACE:
            form.namespace = ""
        elif place.is_entry:
            form.remove_entry(place.path)
        elif place.part in (Part.VALUE, Part.VARIANT):
            form.clear(place.path)
        self._changed(place.path)

    def _roll(self, event: messages.Rolled) -> None:
        if (entry := self._entry(event.key)) is not None and self.request is not None:
            self.request.roll_seed(entry.path)
            self._changed(entry.path)

    def _null(self, event: messages.Nulled) -> None:
        if (entry := self._entry(event.key)) is not None and self.request is not None:
            self.request.set(entry.path, None)
            self._changed(entry.path)

    def _take_example(self, event: messages.ExampleTaken) -> None:
        entry = self._entry(event.key)
        if entry is not None and entry.example is not NOTHING and self.request is not None:
            self.request.set(entry.path, entry.example)
            self._changed(entry.path)

    # --- lists and groups -----------------------------------------------------------------------------------------

    def _fold(self, event: messages.Folded) -> None:
        place = Place.read(event.key)
        row = self.form.row
        if place.part is Part.REST:
            self._state.rest_open = not self._state.rest_open
        elif row is not None and row.key == event.key:
            self._state.folds[place.path] = not row.is_open
        self._draw()

    def _add(self, event: messages.AddWanted) -> None:
        """One more entry of a list; the cursor goes to its first field."""
        place, form = Place.read(event.key), self.request
        own = self._entry(event.key)
        path = place.path if own is not None and own.shape is Shape.LIST else place.list_path
        entry = form.entry(path) if form is not None else None
        if form is None or entry is None:
            return
        if not entry.may_add:
            self.say(f"{entry.label} takes no more than {entry.most}")
            return
        if entry.shape is Shape.MEDIA:
            self.form.write_in(Place(Part.SLOT, path).key)
            return
        added = form.add_entry(path)
        self._state.folds[path] = self._state.folds[added] = True
        self._changed(path)
        inner = [row for row in self.form.rows if Place.read(row.key).path[: len(added)] == added]
        target = next((row for row in inner if not row.folds), inner[0] if inner else None)
        if target is not None:
            self.form.write_in(target.key)

    def _shift(self, event: messages.Shifted) -> None:
        place, form = Place.read(event.key), self.request
        entry = place.entry_path
        if form is None or not entry:
            return
        target = form.move_entry(entry, event.by)
        folds = self._state.folds
        if target != entry:
            folds[entry], folds[target] = folds.get(target, True), folds.get(entry, True)
        self._changed(entry)
        self.form.stand_on(Place(place.part, (*target, *place.path[len(entry) :])).key)

    # --- what all of it comes to ----------------------------------------------------------------------------------

    def _entry(self, key: str) -> Entry | None:
        """The field of a row; of one of several media that of all of them."""
        if self.request is None:
            return None
        place = Place.read(key)
        if place.part in (Part.VALUE, Part.VARIANT, Part.SLOT):
            return self.request.entry(place.path)
        return self.request.entry(place.path[:-1]) if place.part is Part.MEDIUM else None

    def _changed(self, path: Path) -> None:
        if path:
            self._state.touched.add(path)
        self.say_notice("")
        self.renew()
        self.refresh_bindings()
