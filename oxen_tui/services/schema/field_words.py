"""What is said about one field of a request schema: the words beside its name, and the lines under it."""

from __future__ import annotations

from collections.abc import Iterator

from oxen_tui.safe_text import clean_line
from oxen_tui.services.schema.fields import NOTHING, Field, Shape
from oxen_tui.services.schema.lines import Tone, Word, Words
from oxen_tui.services.schema.words import limit_words, media_words, value_text

_LISTED_VALUES = 8
"""Values of a folded enum that are named in the field's line."""

_LONGEST_WORD = 48
"""Characters of a default or an example in the field's line; a longer one gets a line to be wrapped."""

_LONGEST_TEXT = 10_000
"""Characters of a description."""


def field_words(entry: Field, opened: bool) -> Words:
    """The words beside name and type: default, whether it is needed, limits, what it takes, and remarks."""
    return tuple(Word(tone, text) for tone, text in _said(entry, opened))


def value_words(entry: Field, value: object, price: str) -> Words:
    """One value of an enum: whether it is the default, and what it costs."""
    words = [Word(Tone.VALUE, value_text(value))]
    if _is_default(entry, value):
        words.append(Word(Tone.NOTE, "default"))
    if price:
        words.append(Word(Tone.PRICE, price))
    return tuple(words)


def title_words(entry: Field) -> Words:
    """Title, where it says more than the name, and description."""
    return tuple(
        Word(Tone.TEXT, clean_line(part, _LONGEST_TEXT))
        for part in (entry.title if has_own_title(entry) else "", entry.description)
        if part
    )


def has_own_title(entry: Field) -> bool:
    """Whether the title is not just the name in other letters: "Aspect Ratio" of `aspect_ratio`."""
    title = entry.title
    return title.replace(" ", "_").lower() != entry.name and _letters(title) != _letters(entry.name)


def long_values(entry: Field) -> Iterator[Words]:
    """Values too long to stand beside the name, a line each."""
    for label, value in (("default", entry.default), ("const", entry.const), ("example", entry.example)):
        if _is_long(value):
            yield (Word(Tone.NOTE, label), Word(Tone.VALUE, value_text(value)))


def worth_a_line(item: Field | None) -> bool:
    """Whether there is more to say of the entries of an array than their type and limits."""
    return item is not None and bool(
        item.nested
        or item.enum
        or item.additional
        or item.deeper
        or item.description
        or item.default is not NOTHING
        or item.const is not NOTHING
        or item.example is not NOTHING
    )


def is_plain_object(item: Field) -> bool:
    """Whether nothing but its fields is said of it."""
    rest = {key for key in item.known if key not in ("type", "title", "properties", "required")}
    return bool(item.fields) and not rest and not item.additional and not item.deeper


def _said(entry: Field, opened: bool) -> Iterator[tuple[Tone, str]]:
    for value in (entry.default, entry.const):
        if value is not NOTHING and not _is_long(value):
            yield Tone.VALUE, value_text(value)
            break
    if entry.required:
        yield Tone.STRONG, "required"
    if entry.nullable:
        yield Tone.NOTE, "nullable"
    if entry.media is not None:
        # The number of items is said with the limits; one that only the description gives is said here.
        most = entry.media.most if entry.max_items is None else None
        yield Tone.NOTE, media_words(entry) if most is None else f"{media_words(entry)}, up to {most}"
    for limit in limit_words(entry):
        yield Tone.NOTE, limit
    if entry.items is not None and not worth_a_line(entry.items):
        for limit in limit_words(entry.items):
            yield Tone.NOTE, f"each {limit}"
    if not opened:
        yield from _folded(entry)
    if entry.shape is Shape.RAW and not entry.deeper:
        yield Tone.NOTE, "raw JSON"
    yield from _remarks(entry)


def _folded(entry: Field) -> Iterator[tuple[Tone, str]]:
    """What is in it, as much as fits a line."""
    others = [value for value in entry.enum if not _is_default(entry, value)]
    if others:
        listed = (clean_line(value_text(value), _LONGEST_WORD) for value in others[:_LISTED_VALUES])
        yield Tone.NOTE, " ".join(listed)
    if len(others) > _LISTED_VALUES:
        yield Tone.NOTE, f"+{len(others) - _LISTED_VALUES}"
    if entry.fields:
        yield Tone.NOTE, "1 field" if len(entry.fields) == 1 else f"{len(entry.fields)} fields"


def _remarks(entry: Field) -> Iterator[tuple[Tone, str]]:
    if entry.ref and not entry.recurs:
        yield Tone.NOTE, f"as {clean_line(entry.ref.rsplit('/', 1)[-1], 100)}"
    if entry.example is not NOTHING and not _is_long(entry.example):
        yield Tone.NOTE, f"example {value_text(entry.example)}"
    for reference in entry.references:
        pattern = "@" + reference.pattern.replace(" ", "")
        yield Tone.NOTE, clean_line(f"{pattern} from {reference.field}", 200)
    if entry.beside:
        yield Tone.NOTE, f"beside {clean_line(entry.beside, 200)}"
    if entry.hidden:
        yield Tone.NOTE, "hidden"
    elif entry.basic and not entry.required:
        yield Tone.NOTE, "basic"


def _is_default(entry: Field, value: object) -> bool:
    return type(value) is type(entry.default) and value == entry.default


def _is_long(value: object) -> bool:
    if isinstance(value, str | list | dict):
        return len(value_text(value)) > _LONGEST_WORD
    return False  # NOTHING, numbers and truth values


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
