"""The fields of a request, as a model's request schema describes them: read for showing and for filling in alike.

Nothing a server sends makes reading fail, and nothing is lost: what is not understood is in `Field.additional`, and
the schema as it came is in `Field.raw`. Children are read when they are asked for, so that a schema which contains
itself costs no more than what is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from oxen_tui.safe_text import clean_line
from oxen_tui.services.json_text import compact_json
from oxen_tui.services.schema.keywords import is_mapping, is_number, sorted_out, strings
from oxen_tui.services.schema.media import Media, find_media
from oxen_tui.services.schema.references import DEEPEST, Place, refers, resolve
from oxen_tui.services.schema.statement import NOTHING as NOTHING
from oxen_tui.services.schema.statement import Statement

Path = tuple[str, ...]
"""Names from the top to a field; ITEMS for what is in an array, VARIANT and a number for one of several forms."""

ITEMS = "[]"
VARIANT = "|"


class Shape(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"
    """One of `Field.choices`."""
    MEDIA = "media"
    """One or several of `Field.media`."""
    LIST = "list"
    """Several of `Field.items`."""
    GROUP = "group"
    """All of `Field.fields`."""
    UNION = "union"
    """One of `Field.alternatives`."""
    RAW = "raw"
    """Any JSON: nothing is said about it, or nothing that is understood."""


class Field(Statement):
    """One field of a request, or what stands in its place in an array or a choice of forms.

    Reads anything: a schema that is no object (`true`, a list) says nothing and is kept. What stands in it is sorted
    out when it is first asked for: of thousands of fields a screen shows thirty.
    """

    def __init__(
        self,
        name: str,
        raw: object,
        place: Place,
        path: Path,
        *,
        required: bool = False,
        basic: bool = False,
        position: int = 0,
    ) -> None:
        self.name = name if name.isascii() and name.isprintable() else clean_line(name, len(name) + 1)
        self.path = path
        self.raw = raw
        """As it came, before references were followed."""
        self.basic = basic
        """Whether the service's own form shows it first."""
        self.position = position
        """Among its neighbours, as they came."""
        self._stands_in = place
        self._is_needed = required

    def __repr__(self) -> str:
        return f"Field({'.'.join(self.path)!r}, {self.raw!r})"

    @property
    def known(self) -> Mapping[str, object]:
        """Words of its schema that are understood. Prefer the properties."""
        return self._read.known

    @property
    def additional(self) -> Mapping[str, object]:
        """Words that are not, with their values: to be shown as raw JSON."""
        return self._read.additional

    @property
    def ref(self) -> str:
        """What it refers to (`#/$defs/person`), or ""."""
        return self._read.ref

    @property
    def recurs(self) -> bool:
        """Whether it refers to something it is part of."""
        return self._read.recurs

    @property
    def required(self) -> bool:
        # The third draft of JSON Schema had it as a truth value at the field.
        return self._is_needed or self.additional.get("required") is True

    @property
    def form_order(self) -> tuple[bool, bool, float, int]:
        """Where it stands in a form: required and basic first, then by `x-order`, hidden last."""
        raw = self.raw
        if is_mapping(raw) and not refers(raw):  # as most: told without sorting it out
            hidden, required, order = raw.get("x-hidden") is True, raw.get("required") is True, raw.get("x-order")
            required = required or self._is_needed
        else:
            hidden, required, order = self.hidden, self.required, self.order
        place = order if is_number(order) else float("inf")
        return hidden, not (required or self.basic), place, self.position

    @cached_property
    def _read(self) -> _Read:
        raw, place = self.raw, self._stands_in
        if not is_mapping(raw):
            return _Read({}, {"schema": raw}, "", False, place)
        resolved = resolve(raw, place)
        known, additional = sorted_out(resolved.rule)
        if resolved.trail is not place.trail:
            place = Place(place.root, resolved.trail, place.depth)
        return _Read(known, additional, resolved.ref, resolved.recurs, place)

    @property
    def _place(self) -> Place:
        return self._read.place

    @cached_property
    def choices(self) -> tuple[object, ...]:
        """The values to choose from: `enum`, `const`, or variants that are constants all."""
        if self.enum:
            return self.enum
        if self.const is not NOTHING:
            return (self.const,)
        consts = tuple(variant.const for variant in self.variants)
        return () if NOTHING in consts else consts

    @cached_property
    def media(self) -> Media | None:
        variants = self.variants if self.nested else ()
        return find_media(self.name, self.known, (variant.known for variant in variants))

    @property
    def deeper(self) -> bool:
        """Whether there is more below that is not read, see `raw`: too deep, or the same again."""
        return self.recurs or (self._place.depth >= DEEPEST and self.nested)

    @property
    def nested(self) -> bool:
        """Whether anything is in it. Cheaper than to ask for `fields`, `items` and `variants`, which most lack."""
        return not _NESTING.isdisjoint(self.known)

    @cached_property
    def searched(self) -> str:
        """What a filter looks in, folded to one case: its words and values, not those of its children."""
        values = (*self.enum, *(value for value in (self.default, self.const) if value is not NOTHING))
        words = [self.name, self.title, self.description, *self.types, self.format]
        words.extend(value if isinstance(value, str) else compact_json(value) for value in values)
        words.extend(word for word, said in (("enum", self.enum), ("nullable", self.nullable)) if said)
        if self.media is not None:
            words.append(self.media.kind)
        return " ".join(words).casefold()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Of an object, in the order of a form."""
        if self.deeper:
            return ()
        place = self._place.below(self._place.trail)
        return read_fields(self.known.get("properties"), strings(self.known.get("required")), (), place, self.path)

    @cached_property
    def items(self) -> Field | None:
        """What each entry of an array is."""
        if self.deeper or "items" not in self.known:
            return None
        place = self._place.below(self._place.trail)
        return Field("items", self.known["items"], place, (*self.path, ITEMS))

    @cached_property
    def variants(self) -> tuple[Field, ...]:
        """The forms of `oneOf` and `anyOf`."""
        forms = [
            form for key in ("oneOf", "anyOf") if isinstance(found := self.known.get(key), list) for form in found
        ]
        if not forms or self.deeper:
            return ()
        place = self._place.below(self._place.trail)
        return tuple(
            Field("", form, place, (*self.path, f"{VARIANT}{index}"), position=index)
            for index, form in enumerate(forms)
        )

    @cached_property
    def alternatives(self) -> tuple[Field, ...]:
        """The forms it may take, one to be chosen: `variants`, or one for each of several types."""
        if self.variants or len(self.types) < 2:
            return self.variants
        place = self._place
        return tuple(
            Field(self.name, {**self.known, **self.additional, "type": kind}, place, self.path, position=index)
            for index, kind in enumerate(self.types)
        )

    @cached_property
    def shape(self) -> Shape:
        if self.deeper:
            return Shape.RAW
        if self.choices:
            return Shape.CHOICE
        if self.media is not None:
            return Shape.MEDIA
        if self.variants or len(self.types) > 1:
            return Shape.UNION
        kind = self.types[0] if self.types else "object" if self.fields else "array" if self.items else ""
        if kind == "object":
            return Shape.GROUP if self.fields else Shape.RAW
        if kind == "array":
            return Shape.LIST if self.items is not None else Shape.RAW
        return _SHAPES.get(kind, Shape.RAW)


class _Read(NamedTuple):
    """What stands in a field."""

    known: Mapping[str, object]
    additional: Mapping[str, object]
    ref: str
    recurs: bool
    place: Place


_NESTING = frozenset({"properties", "items", "oneOf", "anyOf"})
_SHAPES = {
    "string": Shape.TEXT,
    "integer": Shape.NUMBER,
    "number": Shape.NUMBER,
    "boolean": Shape.SWITCH,
}


def read_fields(
    properties: object, required: Iterable[str], basic: Iterable[str], place: Place, path: Path
) -> tuple[Field, ...]:
    """The fields of an object in the order of a form: required and basic first, then by `x-order`, hidden last.

    A required name without a description is a field all the same: a request without it would be refused.
    """
    described = properties if is_mapping(properties) else {}
    needed, shown_first = dict.fromkeys(required), frozenset(basic)
    names = [*described, *(name for name in needed if name not in described)]
    found = [
        Field(
            name,
            described.get(name, {}),
            place,
            (*path, name),
            required=name in needed,
            basic=name in shown_first,
            position=position,
        )
        for position, name in enumerate(names)
    ]
    return tuple(sorted(found, key=lambda entry: entry.form_order))
