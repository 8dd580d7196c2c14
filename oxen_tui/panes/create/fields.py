"""How one field of a request looks in a form, by the shape of its value."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from oxen_tui.panes.create.chips import chip_of
from oxen_tui.panes.create.places import Part, Place
from oxen_tui.safe_text import clean_line
from oxen_tui.services.form.entry import Entry
from oxen_tui.services.inputs.media_inputs import MediumFacts
from oxen_tui.services.media_addresses import path_of
from oxen_tui.services.schema.field_words import has_own_title
from oxen_tui.services.schema.fields import NOTHING, Field, Shape
from oxen_tui.services.schema.media import MediaKind
from oxen_tui.services.schema.words import limit_words, range_words, value_text
from oxen_tui.widgets.form.row import Control, FormRow, Option
from oxen_tui.widgets.wording import counted

_SHORT = 40
"""Characters of a text that a line has room for."""

_LONGEST_DEFAULT = 2_000
"""Characters of a default that are shown."""

_KINDS = {
    MediaKind.IMAGE: "a picture",
    MediaKind.MASK: "a mask",
    MediaKind.VIDEO: "a clip",
    MediaKind.AUDIO: "a sound",
}


def field_rows(entry: Entry, media: Mapping[str, MediumFacts], is_open: bool) -> Iterator[FormRow]:
    """The rows of a field; those of what is in it are entries of their own.

    Args:
        entry: Of the form.
        media: What is known of the media in it, by address.
        is_open: Whether what is in it is shown.
    """
    base = _base(entry)
    if entry.variants:
        options = tuple(Option(words) for words in entry.variants)
        key = Place(Part.VARIANT, entry.path).key
        yield replace(
            base, key=key, control=Control.CHOICE, options=options, chosen=entry.variant, problem="", text=""
        )
        base = replace(base, label="", follows=True)
    if entry.shape is Shape.MEDIA and entry.field.media is not None:
        yield from _media_rows(entry, base, media)
        return
    match entry.shape:
        case Shape.TEXT:
            yield _text_row(entry, base)
        case Shape.NUMBER:
            yield _number_row(entry, base)
        case Shape.SWITCH if not entry.nullable:
            yield _switch_row(entry, base)
        case Shape.SWITCH | Shape.CHOICE:
            yield _choice_row(entry, base)
        case Shape.GROUP:
            said = counted(len(entry.field.fields), "field")
            yield replace(base, control=Control.GROUP, hint=said, is_open=is_open, text="", placeholder="")
        case Shape.LIST:
            yield _list_row(entry, base, is_open)
        case _:
            yield replace(base, control=Control.TEXT, placeholder=base.placeholder or "JSON")


def _base(entry: Entry) -> FormRow:
    """What all kinds have in common."""
    has_default = entry.default is not NOTHING and entry.default not in ("", None)
    place = Place(Part.VALUE, entry.path)
    shown = value_text(entry.default)[:_LONGEST_DEFAULT] if has_default else ""
    return FormRow(
        key=place.key,
        label=clean_line(entry.label, 200),
        control=Control.LINE,
        depth=entry.depth,
        text=entry.text,
        is_set=entry.is_set,
        placeholder=shown or ("required" if entry.required else ""),
        problem=entry.problem,
        help=_help(entry),
        follows=entry.depth > 0,
        in_list=bool(place.entry_path),
        is_entry=place.is_entry,
        nullable=entry.nullable,
        hint="not in the schema" if entry.unknown else "",
    )


def _help(entry: Entry) -> str:
    limits = [] if entry.shape is Shape.NUMBER else list(limit_words(entry.field))
    needed = "required" if entry.required else ""
    named = [
        f"@{each.pattern.replace(' ', '').replace('{n}', '1')} is {each.field}" for each in entry.field.references
    ]
    facts = [words for words in (needed, *limits, ", ".join(named)) if words]
    said = " ".join(entry.description.split()) or (entry.title if has_own_title(entry.field) else "")
    return clean_line(" · ".join([*([said] if said else []), *facts]), 600)


def _text_row(entry: Entry, base: FormRow) -> FormRow:
    field, most = entry.field, entry.field.max_length
    example = value_text(entry.example) if isinstance(entry.example, str) and not entry.is_set else ""
    if field.shape is Shape.UNION:  # numbers and words: what is typed decides
        words = [*map(range_words, _numbers(field)), *map(value_text, entry.suggestions)]
        hint = " or ".join(word for word in words if word)
        return replace(base, hint=clean_line(hint, 100), digits=True)
    if most is not None and most <= _SHORT:
        return replace(base, most=most)
    keys = "x takes the example" if example else ""
    return replace(
        base,
        control=Control.TEXT,
        most=most,
        example=example,
        keys=keys,
        placeholder=base.placeholder if base.placeholder != "required" or not example else f"such as: {example}",
    )


def _numbers(field: Field) -> list[Field]:
    return [form for form in field.alternatives if form.shape is Shape.NUMBER]


def _number_row(entry: Entry, base: FormRow) -> FormRow:
    hint = " · ".join(words for words in (range_words(entry.field), base.hint) if words)
    if entry.dice:
        empty = base.placeholder or "random"
        return replace(base, hint=hint, digits=True, dice=True, keys="r random", placeholder=empty)
    placeholder = "" if base.placeholder == "required" else base.placeholder
    return replace(base, control=Control.STEPPER, hint=hint, digits=True, placeholder=placeholder)


def _switch_row(entry: Entry, base: FormRow) -> FormRow:
    shown = entry.shown
    chosen = int(shown) if isinstance(shown, bool) else None
    return replace(base, control=Control.SWITCH, options=(Option("no"), Option("yes")), chosen=chosen)


def choices_of(entry: Entry) -> tuple[object, ...]:
    """The values that a field with options has, in the order of its options."""
    values: tuple[object, ...] = (False, True) if entry.shape is Shape.SWITCH else entry.field.choices
    return (*values, None) if entry.nullable and None not in values else values


def _choice_row(entry: Entry, base: FormRow) -> FormRow:
    values, shown = choices_of(entry), entry.shown
    same = (
        index
        for index, value in enumerate(values)
        if value == shown and isinstance(value, bool) is isinstance(shown, bool)
    )
    names = {False: "no", True: "yes"} if entry.shape is Shape.SWITCH else {}
    options = tuple(
        Option(names[value] if isinstance(value, bool) and value in names else value_text(value)) for value in values
    )
    placeholder = base.placeholder or "not set"
    if entry.typed is not None:
        placeholder = entry.typed
    return replace(
        base, control=Control.CHOICE, options=options, chosen=next(same, None), placeholder=placeholder, text=""
    )


def _list_row(entry: Entry, base: FormRow, is_open: bool) -> FormRow:
    number = entry.count or 0
    most = f" of {entry.most}" if entry.most is not None else ""
    said = f"{number}{most} entries" if most else counted(number, "entry").replace("entrys", "entries")
    keys = "a adds" if entry.may_add else ""
    return replace(
        base, control=Control.LIST, hint=said, keys=keys, is_open=is_open and number > 0, text="", placeholder=""
    )


def _media_rows(entry: Entry, base: FormRow, media: Mapping[str, MediumFacts]) -> Iterator[FormRow]:
    assert entry.field.media is not None
    base = replace(base, control=Control.MEDIUM, text="")
    kind = _KINDS[entry.field.media.kind]
    empty = f"{kind}, required" if entry.required else kind
    ways = "enter a path or URL · f file · p result"
    if not entry.field.media.many:
        address = entry.media[0] if entry.media else ""
        chip = chip_of(address, media.get(address), entry.field.media) if address else None
        keys = "del removes" if chip else ways
        yield replace(base, text=typed_address(address), chip=chip, keys=keys, placeholder=empty)
        return
    for number, address in enumerate(entry.media):
        yield replace(
            base,
            key=Place(Part.MEDIUM, (*entry.path, number)).key,
            label="" if number else base.label,
            text=typed_address(address),
            chip=chip_of(address, media.get(address), entry.field.media),
            keys="del removes",
            problem="",
            in_list=len(entry.media) > 1 or base.in_list,
            is_entry=True,
            follows=bool(number) or base.follows,
        )
    if entry.may_add or not entry.media or base.problem:
        most = f" · {len(entry.media)} of {entry.most}" if entry.most is not None else ""
        yield replace(
            base,
            key=Place(Part.SLOT, entry.path).key,
            label="" if entry.media else base.label,
            is_set=False,
            keys=ways,
            placeholder=f"one more{most}" if entry.media else f"{empty}{most}",
            follows=bool(entry.media) or base.follows,
            is_entry=False,
        )


def typed_address(address: str) -> str:
    """An address as it would be typed: a file by its path."""
    path, home = path_of(address), str(Path.home())
    if path is None:
        return address
    text = str(path)
    return f"~{text.removeprefix(home)}" if text.startswith(f"{home}/") else text


def stepped(entry: Entry, by: int) -> float | None:
    """The number after or before the one that is shown, on the field's steps and within its range."""
    field = entry.field
    low, high = field.minimum, field.maximum
    shown = entry.shown
    if isinstance(shown, bool) or not isinstance(shown, int | float):
        first = low if low is not None else 0
        return first if high is None or first <= high else high
    step = step_of(field)
    target = shown + by * step
    places = max(0, -math.floor(math.log10(step))) + 1 if step < 1 else 6
    target = round(target, places)
    target = max(low, target) if low is not None else target
    target = min(high, target) if high is not None else target
    whole = "number" not in field.types or float(target).is_integer()
    return int(target) if whole and float(target).is_integer() else target


def step_of(field: Field) -> float:
    """How far one key goes: the schema's step, or a round part of the range."""
    if field.step is not None and field.step > 0:
        return field.step
    whole = "number" not in field.types
    low, high = field.minimum, field.maximum
    if low is None or high is None or high <= low:
        return 1 if whole else 0.1
    part = (high - low) / 20
    rounded: float = 10 ** math.floor(math.log10(part))
    rounded *= 5 if part / rounded >= 5 else 2 if part / rounded >= 2 else 1
    return max(1, round(rounded)) if whole and high - low > 200 else 1 if whole else rounded
