"""What the facets of a query mean: the set of models that each lets through.

Values of words are prefixes, so that a list narrows while its facet is still being typed. A value that no model has
finds nothing and says so; one that cannot be read filters nothing and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from oxen_tui.api.model import ModelKind
from oxen_tui.services.catalogue.changes import New, PriceChanged
from oxen_tui.services.catalogue.index import CatalogueIndex, spaced
from oxen_tui.services.catalogue.listing import trait
from oxen_tui.services.catalogue.query import MARK_NAMES, Facet
from oxen_tui.services.catalogue.rows import Standing
from oxen_tui.services.catalogue.value_ranges import Range, is_unfinished, numbers, read_dates, read_range

_MEDIA = {
    "picture": "image",
    "photo": "image",
    "sound": "audio",
    "speech": "audio",
    "movie": "video",
    "clip": "video",
}
_KINDS = {"text": "chat", "llm": "chat", "language": "chat", **_MEDIA}
_STATUSES = {"awake": "active", "asleep": "inactive", "waking": "deploying", "sleeping": "deactivating"}
_PARTS = {
    "sound": ("audio", "sound"),
    "first_frame": ("first_frame", "start_image"),
    "last_frame": ("last_frame", "tail_image", "end_image"),
    "picture": ("image", "picture"),
    "4k": ("4k", "2160p"),
}
"""Other names under which a schema has what is asked for."""

_UNKNOWN_PRICE = ("unknown", "varies")


@dataclass(frozen=True, slots=True)
class Passed:
    """What a facet lets through."""

    mask: int
    notice: str = ""
    """What is wrong with it; "" if nothing is."""


def passed(facet: Facet, index: CatalogueIndex, standing: Standing, now: datetime) -> Passed:
    """The models that a facet lets through. `now` is what ages are counted from."""
    if not facet.values:
        return Passed(index.all)
    mask, always, notices, filters = 0, 0, [], False
    for value in facet.values:
        found = _value(facet.name, value, index, standing, now)
        if isinstance(found, str):
            notices.append(found)
            continue
        filters = filters or found is not None
        if found is not None:
            mask |= found
    if facet.name == "price" and not {"known", *_UNKNOWN_PRICE} & set(facet.values):
        always = _without_price(index)
    if not filters:
        # Nothing that could be read: a word that no model has finds nothing, a number that is none hides nothing.
        mask = (
            0 if notices and facet.name not in ("price", "context", "released") and not facet.negated else index.all
        )
        return Passed(mask, "; ".join(notices))
    return Passed((index.all & ~mask if facet.negated else mask) | always, "; ".join(notices))


def _value(name: str, value: str, index: CatalogueIndex, standing: Standing, now: datetime) -> int | str | None:
    """The models of one value; a notice where there can be none; None where it is not typed to the end."""
    columns, word = index.columns, value.casefold()
    match name:
        case "kind":
            wanted = _KINDS.get(word, word)
            kinds = [kind for kind in ModelKind if kind.value.startswith(wanted)]
            if not kinds:
                return f"there is no kind “{value}”: {', '.join(ModelKind)}"
            return _any(index.of_kind(kind) for kind in kinds)
        case "input" | "output":
            wanted = _MEDIA.get(word, word)
            column = columns.inputs if name == "input" else columns.outputs
            return _words(index, (name, wanted), column, lambda words: _starts(words.split(), wanted)) or (
                f"no model {'takes' if name == 'input' else 'makes'} “{value}”"
            )
        case "developer":
            wanted = spaced(value).replace(" ", "")
            return _words(
                index, (name, wanted), columns.developer, lambda maker: wanted in spaced(maker).replace(" ", "")
            ) or (f"no developer is called “{value}”")
        case "has":
            return has(index, value) or f"no model has “{value}”"
        case "needs":
            if not _starts(("picture", "image"), word):
                return "needs: knows only needs:picture"
            return index.mask_where("needs", lambda: columns.needs_picture)
        case "status":
            wanted = _STATUSES.get(word, word)
            return _words(index, (name, wanted), columns.deployment, lambda status: status.startswith(wanted)) or (
                f"no model is “{value}”"
            )
        case "is":
            return _mark(index, word, standing)
        case "price":
            return _price(index, word)
        case "context":
            return _number(index, name, word, read_range(word, numbers, ">="), columns.context, "context:>100k")
        case _:
            return _number(
                index, name, word, read_dates(word, now), columns.released, "released:2026 or released:<30d"
            )


def has(index: CatalogueIndex, value: str) -> int:
    """Models with a parameter, a part of one's name, or a choice that begins like this."""
    wanted = trait(value)
    starts = tuple(f"\n{part}" for part in _PARTS.get(wanted, (wanted,)))
    return _words(index, ("has", wanted), index.columns.traits, lambda traits: any(part in traits for part in starts))


def _mark(index: CatalogueIndex, mark: str, standing: Standing) -> int | str | None:
    names = [name for name in MARK_NAMES if name.startswith(mark)]
    if not names:
        return f"is: knows {', '.join(MARK_NAMES)}"
    return _any(mark_mask(index, name, standing) for name in names)


def mark_mask(index: CatalogueIndex, mark: str, standing: Standing) -> int:
    """The models of one of `MARK_NAMES`."""
    if mark == "custom":
        return index.mask_where("custom", lambda: index.columns.custom)
    if mark == "fav":
        return index.mask_of_ids(standing.favourites)
    if mark == "used":
        return index.mask_of_ids(standing.used)
    kind = New if mark == "new" else PriceChanged
    return index.mask_of_ids(model_id for model_id, change in standing.changes.items() if isinstance(change, kind))


def _price(index: CatalogueIndex, word: str) -> int | str | None:
    if word in _UNKNOWN_PRICE:
        return _without_price(index)
    if word == "known":
        return index.all & ~_without_price(index)
    wanted = Range(-1.0, 1e-15) if word == "free" else read_range(word, numbers, "<=")
    if wanted is None:
        return None if is_unfinished(word) else "price: wants a number, such as price:<0.10"
    spans = zip(index.columns.low, index.columns.high, strict=True)
    return index.mask_where(
        ("price", word),
        lambda: [low is not None and high is not None and wanted.meets(low, high) for low, high in spans],
    )


def _without_price(index: CatalogueIndex) -> int:
    return index.mask_where("no price", lambda: [low is None for low in index.columns.low])


def _number(
    index: CatalogueIndex,
    name: str,
    word: str,
    wanted: Range | None,
    column: Iterable[float | None],
    example: str,
) -> int | str | None:
    if wanted is None:
        return None if is_unfinished(word) else f"{name}: wants something like {example}"
    # By the range and not by what was typed: an age means another moment each time.
    return index.mask_where((name, wanted), lambda: [value is not None and value in wanted for value in column])


def _words(index: CatalogueIndex, key: tuple[str, str], column: list[str], fits: Callable[[str], bool]) -> int:
    """The models whose word fits, of which few differ."""

    def flags() -> list[bool]:
        good = {value for value in set(column) if value and fits(value)}
        return [value in good for value in column]

    return index.mask_where(key, flags)


def _any(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _starts(words: Iterable[str], start: str) -> bool:
    return any(word.startswith(start) for word in words)
