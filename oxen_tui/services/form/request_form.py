"""A request to one model while it is being filled in. Knows no screen.

What is kept is the body itself, so that the fields and the raw JSON beside them are two views of one thing, and a
word that the schema does not know goes through unchanged.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from random import Random
from typing import Any

from oxen_tui.api.json_values import cleaned
from oxen_tui.api.model import Model
from oxen_tui.services.form.blocks import FormBlocks
from oxen_tui.services.form.check import COUNT, NAMESPACE
from oxen_tui.services.form.defaults import blank_entry, complete_value, completed, required_value
from oxen_tui.services.form.entry import Entry, Path, Problem, written
from oxen_tui.services.form.rows import Choices
from oxen_tui.services.form.seed import random_seed
from oxen_tui.services.form.typed_json import NoJson, read_json
from oxen_tui.services.form.typed_values import NoValue, media_value, typed_value
from oxen_tui.services.form.values import in_list, moved, put, take, value_at, without
from oxen_tui.services.form.variants import fits
from oxen_tui.services.price.estimate import Estimate, estimate
from oxen_tui.services.schema.fields import NOTHING, Shape
from oxen_tui.services.schema.request_schema import RequestSchema, model_schema


class RequestForm:
    """A request to one model: what is set, what would be sent, what is wrong with it, and what it will cost."""

    def __init__(self, model: Model, body: Mapping[str, Any] | None = None, *, random: Random | None = None) -> None:
        """Begins with a body (of a job, or none); `model` in it is left aside."""
        self.model = model
        self.schema: RequestSchema = model_schema(model)
        self._random = random if random is not None else Random()
        self._values: dict[str, Any] = {
            key: value for key, value in cleaned(dict(body or {})).items() if key != "model"
        }
        self._typed: dict[Path, str] = {}
        self._variants: dict[Path, int] = {}
        self._blocks = FormBlocks(self.schema)
        self._required = tuple(field for field in self.schema.fields if field.required)
        self._completed: dict[str, Any] = {}
        self._is_current = False
        self._estimate: Estimate | None = None
        self._blocks.forget(self._values)

    @classmethod
    def from_draft(cls, model: Model, draft: Mapping[str, Any]) -> RequestForm:
        """Goes on where `draft` was taken."""
        body = draft.get("body")
        form = cls(model, body if isinstance(body, dict) else None)
        form._typed = {tuple(path): text for path, text in draft.get("typed", ())}
        form._variants = {tuple(path): index for path, index in draft.get("variants", ())}
        form._changed(*{str(path[0]) for path in (*form._typed, *form._variants)})
        return form

    @property
    def draft(self) -> dict[str, Any]:
        """All of it as JSON, also text that is no value yet: for `store.form_drafts`. Empty where nothing is set."""
        parts = {
            "body": copy.deepcopy(self._values),
            "typed": [[list(path), text] for path, text in self._typed.items()],
            "variants": [[list(path), index] for path, index in self._variants.items()],
        }
        return {name: part for name, part in parts.items() if part}

    def entries(self) -> tuple[Entry, ...]:
        """The rows in the order of the form. The same tuple, and the same entries, while nothing changes."""
        return self._renewed().entries

    def entry(self, path: Path) -> Entry | None:
        """The row of this path; None where there is none."""
        return self._renewed().entry(path)

    # What a user does

    def set(self, path: Path, value: object) -> None:
        """Any JSON value. Groups around it come into being with it."""
        if isinstance(path[-1], int) and (entry := self.entry(path[:-1])) is not None and entry.shape is Shape.MEDIA:
            addresses = list(entry.media)
            addresses[path[-1] : path[-1] + 1] = [str(value)]
            path, value = path[:-1], media_value(entry.field, addresses)
        self._put(path, cleaned(value))

    def set_text(self, path: Path, text: str) -> None:
        """What was typed: becomes a value as soon as it is one. An empty text clears (except in a list).

        Raises:
            KeyError: No row has this path.
        """
        entry = self._row(path)
        try:
            value = typed_value(entry.field, entry.shape, text)
        except NoValue:
            value = NOTHING
            unfinished = True
        else:
            unfinished = value is NOTHING and isinstance(path[-1], int) and entry.shape is not Shape.MEDIA
        if isinstance(path[-1], int) and value is NOTHING:
            # An entry cannot be nothing; what was typed stands before what it was, and is a problem.
            value = "" if entry.shape is Shape.MEDIA else entry.value
        if value is not NOTHING:
            self._put(path, value)
        else:
            self.clear(path)
        plain = entry.field.shape is Shape.TEXT
        if unfinished or (value is not NOTHING and written(value, entry.shape, plain=plain) != text):
            self._typed[path] = text
            self._changed(str(path[0]))

    def clear(self, path: Path) -> None:
        """Back to the default: nothing is sent. An entry of a list becomes blank."""
        if isinstance(path[-1], int):
            self._put(path, blank_entry(self._row(path).field))
            return
        self._typed = without(self._typed, path)
        take(self._values, path)
        self._changed(str(path[0]))

    def add_entry(self, path: Path, value: object = NOTHING) -> Path:
        """One more at the end of a list, or of a field for media (then with its address). Returns where it is."""
        entry = self._row(path)
        if entry.shape is Shape.MEDIA:
            addresses = [*entry.media, "" if value is NOTHING else str(value)]
            self._put(path, media_value(entry.field, addresses))
            return (*path, len(addresses) - 1)
        held = value_at(self._values, path)
        index = len(held) if isinstance(held, list) else 0
        if value is NOTHING:
            value = blank_entry(entry.field.items) if entry.field.items is not None else None
        self._put((*path, index), cleaned(value))
        return (*path, index)

    def remove_entry(self, path: Path) -> None:
        """Takes the entry at this path (it ends with a number) out of its list."""
        above, index = in_list(path)
        entry = self._row(above)
        if entry.shape is Shape.MEDIA:
            rest = [address for place, address in enumerate(entry.media) if place != index]
            value = media_value(entry.field, rest)
            self.clear(above) if value is NOTHING else self._put(above, value)
            return
        held = value_at(self._values, above)
        if not isinstance(held, list) or index >= len(held):
            return
        del held[index]

        def number(place: int) -> int | None:
            return None if place == index else place - (place > index)

        self._renumber(above, number)
        if not held:
            self.clear(above)

    def move_entry(self, path: Path, by: int) -> Path:
        """Moves the entry at this path up (-1) or down (1) in its list. Returns where it is then."""
        above, index = in_list(path)
        held = value_at(self._values, above)
        if not isinstance(held, list):
            return path
        target = min(max(index + by, 0), len(held) - 1)
        held.insert(target, held.pop(index))

        def number(place: int) -> int:
            if place == index:
                return target
            return place - (place > index) + (place - (place > index) >= target)

        self._renumber(above, number)
        return (*above, target)

    def choose_variant(self, path: Path, index: int) -> None:
        """Another of `Entry.variants`. What is set is kept where it fits."""
        form, value = self._row(path).forms[index], value_at(self._values, path)
        if value is not NOTHING and fits(form, value):
            complete_value(form, value)
        elif isinstance(path[-1], int):
            self._put(path, blank_entry(form))
        elif (needed := required_value(form)) is not NOTHING:
            # Objects of several forms are often told apart by a word that has but one value in each.
            self._put(path, needed)
        else:
            self.clear(path)
        self._typed = without(self._typed, path)
        self._variants = {**without(self._variants, path), path: index}
        self._changed(str(path[0]))

    def roll_seed(self, path: Path) -> None:
        """Sets a random number of the range that the schema allows."""
        entry = self.entry(path)  # a hidden one has no row
        field = self._blocks.field(str(path[0])) if entry is None else entry.field
        self._put(path, random_seed(field, self._random))

    @property
    def count(self) -> int:
        """Generations of this very request, 1 to 4 (contract section 6). Assigning sets `num_generations`."""
        count = self._values.get(COUNT)
        return count if type(count) is int else 1

    @count.setter
    def count(self, number: int) -> None:
        self.clear((COUNT,)) if number == 1 else self._put((COUNT,), number)

    @property
    def namespace(self) -> str:
        """Who is billed and where results are stored: `target_namespace`; "" for the user."""
        name = self._values.get(NAMESPACE)
        return name if isinstance(name, str) else ""

    @namespace.setter
    def namespace(self, name: str) -> None:
        self.set((NAMESPACE,), name.strip()) if name.strip() else self.clear((NAMESPACE,))

    # What comes of it

    @property
    def body(self) -> dict[str, Any]:
        """What would be sent: `model`, what is set, and the defaults of what is required. A new object each time."""
        self._renewed()
        return copy.deepcopy(self._completed)

    def json_text(self) -> str:
        """The body as indented JSON."""
        self._renewed()
        return written(self._completed, Shape.RAW, plain=False)

    def take_json(self, text: str) -> str | None:
        """Replaces all that is set.

        Returns:
            A sentence, with the line, if it is no request to this model; nothing is changed then.
        """
        try:
            body = read_json(text)
        except NoJson as error:
            return f"{error.sentence[0].upper()}{error.sentence[1:]}."
        if not isinstance(body, dict):
            return 'A request is an object: { "prompt": … }.'
        named = body.pop("model", self.model.id)
        if named != self.model.id:
            return f"This form is for {self.model.id}; choose another model above it, not here."
        changed = {*self._values, *body, *(str(path[0]) for path in (*self._typed, *self._variants))}
        self._values, self._typed, self._variants = body, {}, {}
        self._changed(*changed)
        return None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What must be put right before it is sent, in the order of the form."""
        return self._renewed().problems

    @property
    def estimate(self) -> Estimate:
        """The price of this very request, all generations."""
        if self._estimate is None:
            self._renewed()
            self._estimate = estimate(self.model, self._completed, self.schema)
        return self._estimate

    def _renewed(self) -> FormBlocks:
        if not self._is_current:
            body = completed(self.schema, self._required, self._values)
            self._blocks.renew(self._values, body, Choices(self._typed, self._variants))
            ordered = self._blocks.ordered(body)
            self._completed = {"model": self.model.id, **{name: body[name] for name in ordered}}
            self._is_current = True
        return self._blocks

    def _changed(self, *names: str) -> None:
        self._blocks.forget(names)
        self._is_current, self._estimate = False, None

    def _put(self, path: Path, value: object) -> None:
        self._typed = without(self._typed, path)
        for end in range(1, len(path)):
            # What a group or a list has by default was shown: changing one thing in it must not drop the rest.
            around = self.entry(path[:end])
            if around is not None and around.value is NOTHING and isinstance(around.default, dict | list):
                put(self._values, path[:end], copy.deepcopy(around.default))
                self._changed(str(path[0]))
        put(self._values, path, value)
        self._changed(str(path[0]))

    def _row(self, path: Path) -> Entry:
        entry = self.entry(path)
        if entry is None:
            raise KeyError(path)
        return entry

    def _renumber(self, above: Path, number: Any) -> None:
        self._typed = moved(self._typed, above, number)
        self._variants = moved(self._variants, above, number)
        self._changed(str(above[0]))
