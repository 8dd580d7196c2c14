"""What is new in the catalogue, gone from it, or changed in price since the user last looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from oxen_tui.api.model import Pricing
from oxen_tui.services.catalogue.index import CatalogueIndex
from oxen_tui.services.catalogue.listing import pricing_from_text


@dataclass(frozen=True, slots=True)
class New:
    """The model was not listed then."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The model was listed then, and is not now."""


@dataclass(frozen=True, slots=True)
class PriceChanged:
    """Another price; None is an unknown one."""

    old: Pricing | None
    new: Pricing | None


Change: TypeAlias = New | Gone | PriceChanged
Seen: TypeAlias = Mapping[str, str]
"""Models that were listed, by id, with their price as `pricing_text` writes it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed."""

    since: datetime | None = None
    """When the user looked last; None if this is the first time: then nothing counts as new."""
    by_id: Mapping[str, Change] = field(default_factory=dict)

    def count(self, kind: type[New] | type[Gone] | type[PriceChanged]) -> int:
        """How many changes are of a kind."""
        return sum(isinstance(change, kind) for change in self.by_id.values())


def seen_in(index: CatalogueIndex) -> dict[str, str]:
    """What a user who looks at this catalogue has seen. Models that the server does not list do not count."""
    columns = index.columns
    listed = zip(columns.id, columns.pricing, columns.start, strict=True)
    return {model_id: pricing for model_id, pricing, start in listed if start >= 0}


def changes_between(before: Seen, now: Seen) -> dict[str, Change]:
    """The changes by id: new models, gone ones, and other prices."""
    changes: dict[str, Change] = {model_id: New() for model_id in now.keys() - before.keys()}
    changes.update((model_id, Gone()) for model_id in before.keys() - now.keys())
    if before is not now:
        changes.update(
            (model_id, PriceChanged(pricing_from_text(before[model_id]), pricing_from_text(price)))
            for model_id, price in now.items()
            if before.get(model_id, price) != price
        )
    return changes
