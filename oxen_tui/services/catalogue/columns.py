"""All listings, field by field: a list of ids, a list of names, and so on, in the order of the ids.

Filtering walks one field of every model; so it is quick, and can be kept on disk in a form that is read in a blink.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

from oxen_tui.services.catalogue.listing import Listing

_REPEATED = frozenset(
    ("developer", "kind", "inputs", "outputs", "endpoint", "traits", "deployment", "pricing", "unit", "context")
)
"""Fields in which models are alike: kept once each, with numbers that point to them."""


@dataclass(slots=True)
class Columns:
    """See `Listing` for the fields. Never changed once an index is made of them."""

    id: list[str]
    name: list[str]
    developer: list[str]
    summary: list[str]
    kind: list[str]
    inputs: list[str]
    outputs: list[str]
    endpoint: list[str]
    traits: list[str]
    needs_picture: list[bool]
    custom: list[bool]
    deployment: list[str]
    pricing: list[str]
    unit: list[str]
    low: list[float | None]
    high: list[float | None]
    context: list[int | None]
    released: list[float | None]
    start: list[int]
    end: list[int]

    @classmethod
    def of(cls, listings: Iterable[Listing]) -> Self:
        """Of two listings with one id, the later counts."""
        unique = {listing.id: listing for listing in listings}
        ordered = sorted(unique.values(), key=lambda listing: order(listing.id))
        if not ordered:
            return cls(*([] for _ in NAMES))
        columns = [list(column) for column in zip(*ordered, strict=True)]
        for at, name in enumerate(NAMES):
            if name in _REPEATED:
                same: dict[Any, Any] = {}
                columns[at] = [same.setdefault(value, value) for value in columns[at]]
        return cls(*columns)

    def __len__(self) -> int:
        return len(self.id)

    def listing(self, position: int) -> Listing:
        """One model."""
        return Listing(*(column[position] for column in self.lists()))

    def lists(self) -> list[list[Any]]:
        """All fields in their order."""
        return [getattr(self, name) for name in NAMES]

    def copy(self) -> Self:
        """With lists of its own."""
        return type(self)(*(column.copy() for column in self.lists()))

    def put(self, listing: Listing) -> tuple[int, bool]:
        """Puts a model in its place: its position, and whether it is one more."""
        position = bisect_left(self.id, order(listing.id), key=order)
        more = position == len(self) or self.id[position] != listing.id
        for column, value in zip(self.lists(), listing, strict=True):
            if more:
                column.insert(position, value)
            else:
                column[position] = value
        return position, more

    def to_lines(self) -> list[bytes]:
        """A line of JSON for each field."""
        return [_line(name, column) for name, column in zip(NAMES, self.lists(), strict=True)]

    @classmethod
    def from_lines(cls, lines: Sequence[bytes]) -> Self:
        """Reads `to_lines` back.

        Raises:
            ValueError: They are of another version of this program.
        """
        columns = [_column(name, text) for name, text in zip(NAMES, lines, strict=True)]
        if len({len(column) for column in columns}) != 1:
            raise ValueError("fields of different lengths")
        return cls(*columns)


NAMES = tuple(field.name for field in fields(Columns))
assert Listing._fields == NAMES


def order(model_id: str) -> tuple[str, str]:
    """By what models are sorted where nothing else is asked."""
    return model_id.casefold(), model_id


def _line(name: str, column: list[Any]) -> bytes:
    value: Any = column
    if name in _REPEATED:
        codes: dict[Any, int] = {}
        numbers = [codes.setdefault(entry, len(codes)) for entry in column]
        value = [list(codes), numbers]
    return json.dumps(value, separators=(",", ":")).encode()


def _column(name: str, text: bytes) -> list[Any]:
    value: list[Any] = json.loads(text)
    if name not in _REPEATED:
        return value
    values, numbers = value
    return [values[number] for number in numbers]
