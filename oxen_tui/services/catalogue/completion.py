"""How the word at the cursor of the filter may go on: names of facets, and values that the models have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from oxen_tui.api.model import ModelKind
from oxen_tui.services.catalogue.index import CatalogueIndex, spaced
from oxen_tui.services.catalogue.query import parse
from oxen_tui.services.word_completion import Completion, word_at

MOST = 12
_MOST_TRAITS = 60

_FACETS = {
    "kind:": "chat, image, video, audio, other",
    "output:": "what it makes",
    "input:": "what it takes",
    "developer:": "who made it",
    "price:": "such as <0.10, of a million tokens, an image or a second",
    "under:": "cheaper than, such as $1",
    "has:": "a parameter or a choice, such as seed or 1080p",
    "context:": "at least so many tokens, such as 100k",
    "released:": "a year, a month, or <30d",
    "status:": "of your own models: active, inactive",
    "needs:": "needs:picture takes no request without one",
    "is:": "fav, used, new, changed, custom",
}
_MARKS = {
    "fav": "your favourites",
    "used": "used lately",
    "new": "new since your last visit",
    "changed": "another price since your last visit",
    "custom": "your own models",
}
_EXAMPLES = {
    "price": {
        "<0.01": "under a cent",
        "<0.10": "under ten cents",
        "<1": "under a dollar",
        ">1": "over a dollar",
        "known": "with a price",
        "unknown": "price varies, or is not said",
    },
    "under": {"$0.01": "", "$0.10": "", "$1": "", "$10": ""},
    "context": {">32k": "", ">100k": "", ">200k": "", ">1M": ""},
    "released": {"<30d": "in the last 30 days", "<6m": "in the last half year"},
    "needs": {"picture": "no request without one"},
    "is": _MARKS,
}


def complete(index: CatalogueIndex, text: str, cursor: int | None = None) -> list[Completion]:
    """The ways to go on with the word at the cursor, by default at the end; none where nothing fits."""
    cursor = len(text) if cursor is None else cursor
    start, end = word_at(text, cursor)
    typed = text[start:cursor]
    minus = "-" if typed.startswith("-") else ""
    bare = typed[len(minus) :]
    facet, colon, values = bare.partition(":")
    if colon:
        name = _canonical(facet)
        before, comma, last = values.rpartition(",")
        ways = _values(index, name, last.strip('"').casefold()) if name else ()
        head = f"{minus}{facet}:{before}{comma}"
        options: Iterable[tuple[str, str, bool]] = (
            (f"{head}{_quoted(value)}", about, False) for value, about in ways
        )
    else:
        options = ((f"{minus}{word}", about, word.endswith(":")) for word, about in _names(bare.casefold()))
    found = [Completion(word, about, more, start, end) for word, about, more in options if word != typed]
    return found[:MOST]


def facet_values(index: CatalogueIndex, name: str) -> list[tuple[str, int]]:
    """The values that models have for a facet of words, with how many models; the most frequent first."""
    columns = index.columns
    match name:
        case "kind":
            return [(kind.value, count) for kind in ModelKind if (count := index.of_kind(kind).bit_count())]
        case "input" | "output":
            column = columns.inputs if name == "input" else columns.outputs
            return _counted(_each(column))
        case "developer":
            return _counted({maker: count for maker, count in Counter(columns.developer).items() if maker})
        case "status":
            return _counted({state: count for state, count in Counter(columns.deployment).items() if state})
        case "has":
            return _counted(_each(columns.traits))[:_MOST_TRAITS]
        case _:
            return []


def _values(index: CatalogueIndex, name: str, start: str) -> Iterator[tuple[str, str]]:
    for value, about in _EXAMPLES.get(name, {}).items():
        if value.casefold().startswith(start):
            yield value, about
    if name == "released":
        for year in _years(index):
            if year.startswith(start):
                yield year, ""
    for value, count in facet_values(index, name):
        # Makers are known by any of their words, other values by their beginning.
        words = (value, *spaced(value).split()) if name == "developer" else (value,)
        if any(word.casefold().startswith(start) for word in words):
            yield value, "1 model" if count == 1 else f"{count:,} models"


def _names(start: str) -> Iterator[tuple[str, str]]:
    for words in (_FACETS, _MARKS):
        for word, about in words.items():
            if word.startswith(start) and start:
                yield word, about


def _canonical(facet: str) -> str:
    if facet.lower() in ("under", "below", "over", "above"):
        return "under"
    facets = parse(f"{facet}:x").facets
    return facets[0].name if facets else ""


def _each(column: Sequence[str]) -> dict[str, int]:
    """How often each word of a column is in it, where many models have the same words."""
    counts: Counter[str] = Counter()
    for words, count in Counter(column).items():
        for word in words.split():
            counts[word] += count
    return counts


def _counted(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def _years(index: CatalogueIndex) -> list[str]:
    known = [released for released in index.columns.released if released is not None]
    if not known:
        return []
    first, last = (datetime.fromtimestamp(when, UTC).year for when in (min(known), max(known)))
    return [str(year) for year in range(last, max(first, last - 5) - 1, -1)]


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value or "," in value else value
