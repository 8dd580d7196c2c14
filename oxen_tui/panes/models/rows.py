"""What the catalogue finds, in the words of the list and of the line of facets."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from oxen_tui.api.model import ModelKind
from oxen_tui.services.catalogue.changes import Change, Gone, New, PriceChanged
from oxen_tui.services.catalogue.query import parse, with_facet
from oxen_tui.services.catalogue.rows import Rows
from oxen_tui.services.catalogue.selection import SearchResult
from oxen_tui.services.price.comparable_price import price_span
from oxen_tui.services.price.words import short_price
from oxen_tui.widgets.facet_line import Facet
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.models.columns import KIND_SIGNS, ModelRow

ALL_KINDS = "kind:"
"""The key of the word that takes every kind."""


class ListedRows:
    """Rows of the catalogue as the list draws them, each made when it is drawn."""

    def __init__(
        self,
        rows: Rows,
        marked: Container[str],
        vanished: Container[str],
        under_way: Callable[[str], tuple[str, str]],
    ) -> None:
        """
        Args:
            rows: What was found.
            marked: Ids of the models that are to be compared.
            vanished: Ids of those that the server does not know any more.
            under_way: For a model on its way from one state to another the state and how long; else "" twice.
        """
        self._rows = rows
        self._marked, self._vanished, self._under_way = marked, vanished, under_way

    def __len__(self) -> int:
        return len(self._rows)

    def row_at(self, index: int) -> ModelRow:
        row = self._rows[index]
        status, elapsed = self._under_way(row.id)
        return ModelRow(
            id=row.id,
            kind=row.kind,
            takes=row.inputs,
            needs_picture=row.needs_picture,
            context=row.context_length,
            price=short_price(row.pricing),
            favourite=row.favourite,
            marked=row.id in self._marked,
            change="gone" if row.id in self._vanished else change_word(row.change),
            deployment=status or row.deployment or "" if row.custom else "",
            elapsed=elapsed,
        )

    def key_at(self, index: int) -> str:
        return self._rows.key_at(index)

    def find(self, key: str) -> int | None:
        return self._rows.find(key)


def change_word(change: Change | None) -> str:
    """What changed since the last visit, in a word."""
    match change:
        case New():
            return "new"
        case Gone():
            return "gone"
        case PriceChanged(old, new):
            before, now = price_span(old), price_span(new)
            if before is None or now is None or before.unit is not now.unit:
                return "repriced"
            if (before.low, before.high) == (now.low, now.high):
                return "repriced"
            return "dearer" if (now.high, now.low) > (before.high, before.low) else "cheaper"
        case _:
            return ""


def kind_facets(result: SearchResult) -> list[Facet]:
    """All kinds with what there would be of each."""
    chosen = chosen_kinds(result.text)
    facets = [Facet(ALL_KINDS, "all", number=sum(result.kinds.values()), chosen=not chosen)]
    facets += [
        Facet(f"kind:{kind}", kind.value, glyph(KIND_SIGNS[kind]), result.kinds[kind], kind in chosen)
        for kind in ModelKind
    ]
    return facets


def quick_facets(result: SearchResult) -> list[Facet]:
    """The words that are often wanted."""
    return [Facet(each.term, each.label, chosen=each.chosen) for each in result.quick]


def chosen_kinds(text: str) -> Sequence[str]:
    """The kinds that the filter asks for."""
    return [
        value for facet in parse(text).facets if facet.name == "kind" and not facet.negated for value in facet.values
    ]


def kind_beside(text: str, step: int) -> str:
    """The filter with the next kind in place of its own, or the one before; after the last come all."""
    terms = ["", *(f"kind:{kind}" for kind in ModelKind)]
    chosen = chosen_kinds(text)
    here = f"kind:{chosen[0]}" if chosen else ""
    at = terms.index(here) if here in terms else 0
    return with_facet(text, "kind", terms[(at + step) % len(terms)])
