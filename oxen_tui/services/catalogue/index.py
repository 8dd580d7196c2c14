"""The catalogue made ready for searching: 50,000 models answer a key within a frame or two.

A set of models is an integer with a bit for each (`mask`), so that facets are joined, negated and counted at the
speed of arithmetic. An index never changes; a catalogue that learns of a model makes the next one from it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from itertools import compress
from typing import Self

from oxen_tui.api.json_values import moment
from oxen_tui.api.model import Model, ModelKind
from oxen_tui.services.catalogue.columns import Columns
from oxen_tui.services.catalogue.listing import Listing, pricing_from_text

_MOST_MASKS = 256
"""Sets that are remembered; at 50,000 models each takes 7 kB."""

_BITS = bytes.maketrans(b"01", b"\x00\x01")
_DIGITS = bytes.maketrans(b"\x00\x01", b"01")
_SEPARATORS = str.maketrans(dict.fromkeys("-_/:.,()[]+|", " "))
_KIND_ORDER = {kind.value: place for place, kind in enumerate(ModelKind)}
_LAST = float("inf")


class CatalogueIndex:
    """All models at one moment. A model is meant by its position in the order of the ids."""

    def __init__(self, columns: Columns, near: list[str] | None = None, far: list[str] | None = None) -> None:
        """`near` and `far` are what `near_text` and `far_text` make of the columns, where somebody has them."""
        self.columns = columns
        self.near = near if near is not None else list(map(near_text, columns.id, columns.name))
        """Names of each model in every spelling, for plain words."""
        self.far = far if far is not None else list(map(far_text, columns.developer, columns.summary))
        """Developer and summary."""
        self.all = (1 << len(columns)) - 1
        """The mask of all models."""
        self._masks: dict[Hashable, int] = {}

    def __len__(self) -> int:
        return len(self.columns)

    # --- single models

    @cached_property
    def position(self) -> dict[str, int]:
        """Where a model is, by its id."""
        return {model_id: position for position, model_id in enumerate(self.columns.id)}

    @cached_property
    def in_list_order(self) -> list[int]:
        """Positions in the server's order; models that it does not list come last."""
        start = self.columns.start
        return sorted(range(len(self)), key=lambda position: start[position] if start[position] >= 0 else _LAST)

    def short_model(self, position: int) -> Model:
        """The model as far as it is listed: without schema, description and showcase."""
        listing = self.columns.listing(position)
        return Model(
            id=listing.id,
            display_name=listing.name,
            summary=listing.summary,
            developer=listing.developer,
            model_type="custom" if listing.custom else "base",
            endpoint=listing.endpoint,
            inputs=frozenset(listing.inputs.split()),
            outputs=frozenset(listing.outputs.split()),
            pricing=pricing_from_text(listing.pricing),
            deployment=listing.deployment or None,
            context_length=listing.context,
            released_at=moment(listing.released),
        )

    def updated(self, listings: Iterable[Listing]) -> Self:
        """The next index, with models added or changed."""
        columns, near, far = self.columns.copy(), self.near.copy(), self.far.copy()
        for listing in listings:
            position, more = columns.put(listing)
            words = near_text(listing.id, listing.name), far_text(listing.developer, listing.summary)
            for texts, text in zip((near, far), words, strict=True):
                if more:
                    texts.insert(position, text)
                else:
                    texts[position] = text
        return type(self)(columns, near, far)

    @cached_property
    def names(self) -> list[str]:
        """The names of each model as words only: a line of `near`."""
        return [text.split("\n ", 1)[1].split("\n", 1)[0] for text in self.near]

    # --- sets of models

    def positions(self, mask: int) -> list[int]:
        """The models of a set, in the order of their ids."""
        return list(compress(range(len(self)), self.flags(mask)))

    def flags(self, mask: int) -> bytes:
        """A 1 for each model in the set, a 0 for each that is not."""
        size = len(self)
        return format(mask, f"0{size}b").encode().translate(_BITS) if size else b""

    def mask_of(self, positions: Iterable[int]) -> int:
        """The set of some models."""
        flags = bytearray(len(self))
        for position in positions:
            flags[position] = 1
        return _mask(flags)

    def mask_of_ids(self, ids: Iterable[str]) -> int:
        """The set of those models that are in the catalogue."""
        return self.mask_of(self.position[model_id] for model_id in ids if model_id in self.position)

    def mask_where(self, key: Hashable, flags: Callable[[], Iterable[bool]]) -> int:
        """The set for which `flags` says so, in the order of the models; remembered under `key`."""
        return self.remembered(key, lambda: _mask(bytes(flags())))

    def remembered(self, key: Hashable, work: Callable[[], int]) -> int:
        """A set that is worked out once."""
        found = self._masks.get(key)
        if found is None:
            if len(self._masks) >= _MOST_MASKS:
                self._masks.pop(next(iter(self._masks)))
            found = self._masks[key] = work()
        return found

    def known(self, key: Hashable) -> int | None:
        """A set that was worked out before."""
        return self._masks.get(key)

    def of_kind(self, kind: ModelKind) -> int:
        """The models of a kind."""
        return self.mask_where(("kind", kind), lambda: [value == kind.value for value in self.columns.kind])

    # --- orders

    @cached_property
    def price_rank(self) -> Sequence[int]:
        """The place of each model by kind, unit and price; unknown prices last among their kind."""
        columns = self.columns
        return _ranks(
            list(
                zip(
                    (_KIND_ORDER.get(kind, 9) for kind in columns.kind),
                    (low is None for low in columns.low),
                    columns.unit,
                    (low or 0.0 for low in columns.low),
                    strict=True,
                )
            )
        )

    @cached_property
    def release_rank(self) -> Sequence[int]:
        """The place of each model by its release, newest first; unknown last."""
        return _ranks([_LAST if released is None else -released for released in self.columns.released])


def prepare(index: CatalogueIndex) -> CatalogueIndex:
    """Works out what the first search would have to wait for. For the thread in which an index is made."""
    _ = index.position, index.names, index.price_rank, index.release_rank
    for kind in ModelKind:
        index.of_kind(kind)
    return index


def empty_index() -> CatalogueIndex:
    """Of a catalogue that has not come yet."""
    return CatalogueIndex(Columns.of(()))


def searchable(text: str) -> str:
    """Text as words are compared: without case, in single spaces."""
    return " ".join(text.casefold().split())


def spaced(text: str) -> str:
    """A name as words: `flux-2-pro` is `flux 2 pro`."""
    return searchable(text.translate(_SEPARATORS))


def near_text(model_id: str, name: str) -> str:
    """Lines: the id, the name, both as words (a space before each), the id in one word."""
    plain, shown, words, name_words = searchable(model_id), searchable(name), spaced(model_id), spaced(name)
    lines = [plain]
    if shown != plain:
        lines.append(shown)
    lines.append(f" {words}" if name_words == words else f" {words} {name_words}")
    lines.append(words.replace(" ", ""))
    return "\n".join(("", *lines, ""))


def far_text(developer: str, summary: str) -> str:
    """Developer and summary in every spelling, for plain words."""
    return f" {spaced(developer)} {searchable(developer)}\n {searchable(summary)}"


def _mask(flags: bytes | bytearray) -> int:
    return int(flags.translate(_DIGITS), 2) if flags else 0


def _ranks(keys: Sequence[object]) -> list[int]:
    ranks = [0] * len(keys)
    for rank, position in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):  # type: ignore[arg-type]
        ranks[position] = rank
    return ranks
