"""A request schema as a readable tree: without loss, folded where it is long, filtered by words.

Every property, default, enum value and limit is in the lines when all is open; what is not understood stands there
as raw JSON. Nothing is opened or searched without end: see `_MOST_FIELDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from oxen_tui.safe_text import clean_line
from oxen_tui.services.json_text import compact_json, json_lines
from oxen_tui.services.schema.field_words import (
    field_words,
    has_own_title,
    is_plain_object,
    long_values,
    title_words,
    value_words,
    worth_a_line,
)
from oxen_tui.services.schema.fields import ITEMS, Field, Path
from oxen_tui.services.schema.lines import LineKind, SchemaLine, Tone, Word, Words
from oxen_tui.services.schema.request_schema import RequestSchema

_MOST_FIELDS = 12_000
"""Fields that are looked at for one drawing: definitions that refer to one another twice over have no end."""

_OPEN_VALUES = 4
"""Values of an enum that stand below one another without being asked for; more are listed in the field's line."""

_OPEN_FIELDS = 12
"""Fields of an object likewise."""

_ROOMY = 200
"""Fields up to which a schema is opened that far; a larger one would be endless to scroll."""

_LONGEST_JSON = 100
"""Characters of raw JSON in one line; longer values are laid out."""

PriceNotes = Mapping[str, Mapping[str, str]]
"""By the name of a field and a value in lower case: what the value costs, in words (`$0.10 / s`)."""


@dataclass(slots=True)
class _Node:
    """A line that does not know its place yet."""

    kind: LineKind
    path: Path
    say: Callable[[], Words]
    name: str = ""
    fold: bool | None = None
    entry: Field | None = None
    texts: list[Callable[[], Words]] = field(default_factory=list)
    """Lines that belong to it and are shown with it."""
    children: list[_Node] = field(default_factory=list)


def schema_lines(
    schema: RequestSchema,
    *,
    toggled: frozenset[Path] = frozenset(),
    hidden: bool = False,
    filter_words: str = "",
    open_all: bool = False,
    prices: PriceNotes | None = None,
) -> Iterator[SchemaLine]:
    """The lines to show, top to bottom. Work is done for those that are taken.

    Args:
        toggled: Paths whose folding the reader has changed.
        hidden: Whether to show fields that forms leave out; else a note counts them.
        filter_words: Shows only fields that have all these words in name, title, description, type or values, and
            what they are in. They are unfolded.
        open_all: Unfold everything.
        prices: What single values cost.
    """
    drawing = _Drawing(
        toggled,
        hidden,
        filter_words.casefold().split(),
        open_all,
        prices or {},
        roomy=len(schema.fields) <= _ROOMY,
        left=[_MOST_FIELDS],
    )
    if schema.description and not drawing.terms:
        about = Word(Tone.TEXT, clean_line(schema.description, 10_000))
        yield from _placed([_Node(LineKind.TEXT, (), _saying(about))], (), top=True)
    yield from _placed(drawing.fields(schema.fields, ()), (), top=True)
    if not drawing.terms:
        yield from _placed(drawing.raw_words(schema.additional, ("$",)), (), top=True)
    if drawing.left[0] <= 0:
        yield from _placed([_note(("…",), "… the rest stands in the raw JSON")], (), top=True)


@dataclass(slots=True)
class _Drawing:
    toggled: frozenset[Path]
    hidden: bool
    terms: list[str]
    open_all: bool
    prices: PriceNotes
    roomy: bool
    left: list[int]
    """Fields that may still be looked at: one number, shared by all that draw together."""

    def fields(self, fields: tuple[Field, ...], path: Path) -> Iterator[_Node]:
        unseen = 0
        for entry in fields:
            if entry.hidden and not self.hidden:
                unseen += 1
            elif (node := self.field(entry)) is not None:
                yield node
        if unseen and not self.terms:
            yield _note((*path, "…"), f"{unseen} hidden field{'s' if unseen > 1 else ''}")

    def field(self, entry: Field) -> _Node | None:
        """The field with what is in it, or None where the filter leaves nothing of it."""
        if self.left[0] <= 0:
            return None
        self.left[0] -= 1
        found = all(term in entry.searched for term in self.terms)
        inner = self.inner(entry) if self.terms and entry.nested else []
        if self.terms and not (found or inner):
            return None
        foldable = bool(
            entry.additional
            or entry.recurs
            or entry.enum
            or (entry.nested and (entry.fields or entry.variants or entry.deeper or worth_a_line(entry.items)))
        )
        opened = foldable and self.opened(entry, bool(inner))
        node = _Node(LineKind.FIELD, entry.path, partial(field_words, entry, opened), name=entry.name, entry=entry)
        if entry.description or (entry.title and has_own_title(entry)):
            node.texts.append(partial(title_words, entry))
        node.texts.extend(_saying(*words) for words in long_values(entry))
        if foldable:
            node.fold = not opened
        if opened:
            # A field that was found by itself is shown with all that is in it.
            if not inner and entry.nested:
                inner = self.without_filter().inner(entry)
            node.children = [*self.values(entry), *inner, *self.deeper(entry)]
            node.children.extend(self.raw_words(entry.additional, entry.path))
        return node

    def inner(self, entry: Field) -> list[_Node]:
        """The fields of an object, of the objects in an array, or the forms of a union."""
        nodes = list(self.fields(entry.fields, entry.path))
        nodes.extend(node for form in entry.variants if (node := self.field(form)) is not None)
        item = entry.items
        if item is not None and worth_a_line(item) and (node := self.field(item)) is not None:
            # The objects of an array are described in place; only what is said of the entries themselves needs
            # a line of its own.
            if is_plain_object(item):
                nodes.extend(node.children or self.inner(item))
            else:
                nodes.append(node)
        return nodes

    def without_filter(self) -> _Drawing:
        if not self.terms:
            return self
        return _Drawing(self.toggled, self.hidden, [], self.open_all, self.prices, self.roomy, self.left)

    def opened(self, entry: Field, found_inside: bool) -> bool:
        if self.open_all:
            return True
        if found_inside:
            usual = True
        elif entry.deeper or not self.roomy:
            usual = False
        elif entry.enum:
            usual = len(entry.enum) <= _OPEN_VALUES or entry.name in self.prices
        else:
            children = len(entry.fields) + len(entry.variants) + (entry.items is not None)
            depth = sum(part != ITEMS for part in entry.path)
            usual = 0 < children <= _OPEN_FIELDS and depth <= 2
        return usual != (entry.path in self.toggled)

    def values(self, entry: Field) -> Iterator[_Node]:
        prices = self.prices.get(entry.name, {}) if len(entry.path) == 1 else {}
        for value in entry.enum:
            price = prices.get(str(value).casefold(), "") if prices else ""
            yield _Node(LineKind.VALUE, entry.path, partial(value_words, entry, value, price), entry=entry)

    def deeper(self, entry: Field) -> Iterator[_Node]:
        if not entry.deeper:
            return
        path = (*entry.path, "…")
        shown = self.open_all or path in self.toggled
        note = _note(path, clean_line(f"… deeper: {entry.ref} again" if entry.recurs else "… deeper", 300))
        note.fold = not shown
        if shown:
            note.children = list(_json(path, entry.raw))
        yield note

    def raw_words(self, additional: Mapping[str, object], path: Path) -> Iterator[_Node]:
        """Words nobody knows, with what stands in them; long ones folded."""
        for key, value in additional.items():
            name, short = clean_line(str(key), 1000), compact_json(value)
            if len(short) <= _LONGEST_JSON:
                yield _raw(path, name, short)
                continue
            own = (*path, "$", name)
            shown = self.open_all or own in self.toggled
            node = _raw(own, name, "" if shown else _opening(value))
            node.fold = not shown
            if shown:
                node.children = list(_json(own, value))
            yield node


def _placed(nodes: Iterable[_Node], rails: tuple[bool, ...], *, top: bool = False) -> Iterator[SchemaLine]:
    """Lines with their place in the tree. At the top there is no twig, so the nodes are taken one by one."""
    listed = nodes if top else list(nodes)
    last = len(listed) - 1 if isinstance(listed, list) else 0
    for index, node in enumerate(listed):
        own = () if top else (*rails, index != last)
        yield SchemaLine(node.kind, node.path, node.name, own, not top, node.fold, node.entry, node.say)
        for say in node.texts:
            yield SchemaLine(LineKind.TEXT, node.path, "", own, False, None, node.entry, say)
        if node.children:
            yield from _placed(node.children, own)


def _saying(*words: Word) -> Callable[[], Words]:
    return lambda: words


def _note(path: Path, text: str) -> _Node:
    return _Node(LineKind.NOTE, path, _saying(Word(Tone.NOTE, text)))


def _raw(path: Path, name: str, text: str) -> _Node:
    return _Node(LineKind.RAW, path, _saying(*([Word(Tone.RAW, text)] if text else [])), name=name)


def _json(path: Path, value: object) -> Iterator[_Node]:
    return (_raw(path, "", "  " * depth + line) for depth, line in json_lines(value))


def _opening(value: object) -> str:
    """A sign of what is folded away."""
    return (
        "{…}" if isinstance(value, Mapping) else "[…]" if isinstance(value, list) else compact_json(value)[:40] + "…"
    )
