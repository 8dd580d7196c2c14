"""What two models have different, in sections of rows as `ModelDiff` shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One thing of two models."""

    label: str
    """`prompt`, `camera.motion`, `Context`."""
    left: str = ""
    """Of the first model, in words; empty where it has no such thing."""
    right: str = ""
    same: bool = False
    changes: Sequence[str] = ()
    """In place of both sides: what changes from the first to the second, `type integer → string`."""


@dataclass(frozen=True, slots=True)
class DiffSection:
    """Rows under a title."""

    title: str
    """`Price`, `Request`."""
    rows: Sequence[DiffRow]


class Fact(Protocol):
    """One fact of both."""

    @property
    def label(self) -> str: ...
    @property
    def first(self) -> str: ...
    @property
    def second(self) -> str: ...
    @property
    def same(self) -> bool: ...


class FieldSaid(Protocol):
    """A field, and what is to be said of it."""

    @property
    def name(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...


class Comparison(Protocol):
    """Two models compared; `services.model_diff.ModelDiff` is one."""

    @property
    def first(self) -> str:
        """Name of the first model."""
        ...

    @property
    def second(self) -> str: ...
    @property
    def facts(self) -> Sequence[Fact]: ...
    @property
    def prices(self) -> Sequence[Fact]: ...
    @property
    def only_first(self) -> Sequence[FieldSaid]: ...
    @property
    def only_second(self) -> Sequence[FieldSaid]: ...
    @property
    def changed(self) -> Sequence[FieldSaid]:
        """Fields of both, with the words of each change."""
        ...

    @property
    def same(self) -> int:
        """Fields that do not differ."""
        ...


def sections_of(comparison: Comparison) -> Iterator[DiffSection]:
    """The sections, differing or not."""
    for title, facts in (("Model", comparison.facts), ("Price", comparison.prices)):
        yield DiffSection(title, [DiffRow(fact.label, fact.first, fact.second, fact.same) for fact in facts])
    changed = [DiffRow(field.name, changes=field.words) for field in comparison.changed]
    yield DiffSection("Fields that differ", changed)
    first = [DiffRow(field.name, left=_joined(field.words)) for field in comparison.only_first]
    yield DiffSection(f"Only {comparison.first}", first)
    second = [DiffRow(field.name, right=_joined(field.words)) for field in comparison.only_second]
    yield DiffSection(f"Only {comparison.second}", second)


def _joined(words: Sequence[str]) -> str:
    return " · ".join(words) or "taken"
