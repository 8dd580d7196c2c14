"""Rows of the list of models, made when they are asked for: a list of 50,000 draws thirty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import overload

from oxen_tui.api.json_values import moment
from oxen_tui.api.model import ModelKind, Pricing
from oxen_tui.services.catalogue.changes import Change
from oxen_tui.services.catalogue.index import CatalogueIndex
from oxen_tui.services.catalogue.listing import pricing_from_text
from oxen_tui.services.price.comparable_price import PriceSpan, PriceUnit


@dataclass(frozen=True, slots=True)
class Standing:
    """What models are to this user."""

    favourites: frozenset[str] = frozenset()
    used: tuple[str, ...] = ()
    """Used lately, the last one first."""
    changes: Mapping[str, Change] = field(default_factory=dict)
    """Since the last visit, by id."""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model in the list."""

    id: str
    name: str
    developer: str
    summary: str
    kind: ModelKind
    inputs: tuple[str, ...]
    """text, image, video, audio; empty where the server does not say."""
    needs_picture: bool
    custom: bool
    deployment: str | None
    """Of custom models; see `Model.deployment`."""
    pricing: Pricing | None
    price: PriceSpan | None
    """What it is sorted and filtered by; None where the price is not known or varies."""
    context_length: int | None
    released_at: datetime | None
    listed: bool
    """Whether it is in the server's list; else a search or its own address found it."""
    favourite: bool
    used: bool
    change: Change | None


class Rows(Sequence[ModelRow]):
    """Models in some order."""

    def __init__(self, index: CatalogueIndex, positions: Sequence[int], standing: Standing) -> None:
        self._index = index
        self._positions = positions
        self._standing = standing

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, at: int) -> ModelRow: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> ModelRow | Rows:
        if isinstance(at, slice):
            return Rows(self._index, self._positions[at], self._standing)
        return _row(self._index, self._positions[at], self._standing)

    def key_at(self, at: int) -> str:
        """The id of a row, without making the row."""
        return self._index.columns.id[self._positions[at]]

    def find(self, model_id: str) -> int | None:
        """Where a model is among these; None if it is not."""
        position = self._index.position.get(model_id)
        if position is None:
            return None
        try:
            return self._positions.index(position)
        except ValueError:
            return None

    @property
    def ids(self) -> list[str]:
        """All of them."""
        return [self._index.columns.id[position] for position in self._positions]


class GroupTitle(StrEnum):
    """The groups of the list, in their order."""

    FAVOURITES = "Favourites"
    USED = "Used lately"
    ALL = "All"
    YOURS = "Yours"
    BEST = "Best first"
    """The only one when words are looked for."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a title. A model is in one group only."""

    title: GroupTitle
    rows: Rows


def _row(index: CatalogueIndex, position: int, standing: Standing) -> ModelRow:
    listing = index.columns.listing(position)
    price = None
    if listing.low is not None and listing.high is not None:
        price = PriceSpan(listing.low, listing.high, PriceUnit(listing.unit))
    return ModelRow(
        id=listing.id,
        name=listing.name,
        developer=listing.developer,
        summary=listing.summary,
        kind=ModelKind(listing.kind),
        inputs=tuple(listing.inputs.split()),
        needs_picture=bool(listing.needs_picture),
        custom=bool(listing.custom),
        deployment=listing.deployment or None,
        pricing=pricing_from_text(listing.pricing),
        price=price,
        context_length=listing.context,
        released_at=moment(listing.released),
        listed=listing.start >= 0,
        favourite=listing.id in standing.favourites,
        used=listing.id in standing.used,
        change=standing.changes.get(listing.id),
    )
