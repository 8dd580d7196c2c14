"""One answer to what stands in the filter: rows in groups, and how many models each facet would leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from oxen_tui.api.model import ModelKind
from oxen_tui.services.catalogue.facets import has, mark_mask, passed
from oxen_tui.services.catalogue.found_words import Found, find, holding
from oxen_tui.services.catalogue.index import CatalogueIndex
from oxen_tui.services.catalogue.query import Query, parse_term
from oxen_tui.services.catalogue.rows import Group, GroupTitle, Rows, Standing

_QUICK = (
    ("seed", "has:seed"),
    ("1080p", "has:1080p"),
    ("sound", "has:sound"),
    ("first frame", "has:first_frame"),
    ("mask", "has:mask"),
    ("tools", "has:tools"),
    ("4K", "has:4k"),
)
"""What people look for most, with the term each stands for."""


class Sort(StrEnum):
    """Orders of the list."""

    RELEVANCE = "relevance"
    """How well words fit; by name where there are none."""
    NAME = "name"
    PRICE = "price"
    """By kind and cheapest first, as prices of different kinds do not compare; unknown ones last in their kind."""
    RELEASE = "release"
    """Newest first."""


@dataclass(frozen=True, slots=True)
class QuickFacet:
    """A facet on offer."""

    label: str
    term: str
    """For `query.toggled`."""
    count: int
    """Rows there are with it, of those the rest of the filter leaves."""
    chosen: bool


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What is found."""

    text: str
    """What stood in the filter."""
    rows: Rows
    """All of them, in the order of the groups."""
    groups: tuple[Group, ...]
    """None of them empty."""
    total: int
    """Models in the catalogue."""
    kinds: Mapping[ModelKind, int]
    """Rows there would be of each kind without the filter's own `kind:`."""
    quick: tuple[QuickFacet, ...]
    notice: str
    """What is wrong with the filter, or with the server's search; "" if nothing is."""
    from_server: bool
    """Whether the server's search has had its say."""


@dataclass(frozen=True, slots=True)
class Say:
    """What the server's search says to the words of a query."""

    ids: Collection[str] = ()
    notice: str = ""


def select(
    index: CatalogueIndex,
    text: str,
    query: Query,
    standing: Standing,
    now: datetime,
    *,
    sort: Sort = Sort.RELEVANCE,
    server: Say | None = None,
) -> SearchResult:
    """Filters, sorts, groups and counts."""
    within, kinds_within, notices = index.all, index.all, []
    for facet in query.facets:
        let = passed(facet, index, standing, now)
        within &= let.mask
        if facet.name != "kind":
            kinds_within &= let.mask
        if let.notice:
            notices.append(let.notice)
    hits = server.ids if server else ()
    found = find(index, query.words, within, hits)
    around = found if kinds_within == within else find(index, query.words, kinds_within, hits)
    for word in query.words:
        if word.strange_facet and not holding(index, word.text.casefold()):
            notices.append(f"there is no facet “{word.strange_facet}:”, so it is looked for as words")
    if server and server.notice:
        notices.append(server.notice)
    groups = _groups(index, found, standing, sort)
    rows = Rows(index, [position for _, positions in groups for position in positions], standing)
    return SearchResult(
        text=text,
        rows=rows,
        groups=tuple(Group(title, Rows(index, positions, standing)) for title, positions in groups),
        total=len(index),
        kinds={kind: (around.mask & index.of_kind(kind)).bit_count() for kind in ModelKind},
        quick=tuple(_quick(index, query, found.mask)),
        notice="; ".join(notices),
        from_server=server is not None,
    )


def _groups(
    index: CatalogueIndex, found: Found, standing: Standing, sort: Sort
) -> list[tuple[GroupTitle, Sequence[int]]]:
    if found.scores:
        # Words ask for one model, not for a list to read: the best comes first, whatever group it is of.
        return [(GroupTitle.BEST, _sorted(index, found, index.positions(found.mask), sort))]
    favourites = found.mask & mark_mask(index, "fav", standing)
    used = found.mask & mark_mask(index, "used", standing) & ~favourites
    yours = found.mask & mark_mask(index, "custom", standing) & ~favourites & ~used
    rest = found.mask & ~favourites & ~used & ~yours
    lately = [index.position[model_id] for model_id in standing.used if model_id in index.position]
    groups: list[tuple[GroupTitle, Sequence[int]]] = [
        (GroupTitle.FAVOURITES, _sorted(index, found, index.positions(favourites), sort)),
        (GroupTitle.USED, [position for position in lately if used & _bit(index, position)]),
        (GroupTitle.ALL, _sorted(index, found, index.positions(rest), sort)),
        (GroupTitle.YOURS, _sorted(index, found, index.positions(yours), sort)),
    ]
    return [(title, positions) for title, positions in groups if positions]


def _sorted(index: CatalogueIndex, found: Found, positions: list[int], sort: Sort) -> list[int]:
    match sort:
        case Sort.PRICE:
            return sorted(positions, key=index.price_rank.__getitem__)
        case Sort.RELEASE:
            return sorted(positions, key=index.release_rank.__getitem__)
        case Sort.RELEVANCE if found.scores:
            return found.best_first(positions)
        case _:
            return positions


def _quick(index: CatalogueIndex, query: Query, mask: int) -> list[QuickFacet]:
    facets = []
    for label, term in _QUICK:
        models, chosen = has(index, term.partition(":")[2]), parse_term(term) in query.terms
        if models or chosen:
            facets.append(QuickFacet(label, term, (models & mask).bit_count(), chosen))
    return facets


def _bit(index: CatalogueIndex, position: int) -> int:
    return 1 << (len(index) - 1 - position)
