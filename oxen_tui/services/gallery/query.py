"""What is typed into the filter of the gallery, as terms. Any text is a query; nothing here ever fails.

Plain words are looked for, `"words together"` too, `-word` must not be there. `model:tern`, `kind:clip` and
`date:2026-11` are facets; a comma between values means either, a minus before it means not. Dates and some words
(`today`, `7d`, `2026-11`, `fav`) are facets by themselves; in quotes they are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from oxen_tui.services.gallery.days import Days, read_days

_TOKEN = re.compile(r'-?(?:[A-Za-z]+:(?:"[^"]*"?|[^\s"])*|"[^"]*"?|\S+)')
_FACET = re.compile(r"([A-Za-z]+):(.*)", re.DOTALL)
_VALUE = re.compile(r'"([^"]*)"?|([^,"]+)')

_NAMES = {
    "model": ("by", "from"),
    "kind": ("type",),
    "date": ("made", "on"),
    "is": (),
}
"""Facets, each with other words for it."""
_FACETS = {spelling: name for name, others in _NAMES.items() for spelling in (name, *others)}

_KINDS = {
    "image": ("picture", "pictures", "images", "photo", "photos"),
    "video": ("clip", "clips", "videos", "movie", "movies"),
    "audio": ("sound", "sounds", "music"),
}
KINDS = {spelling: kind for kind, others in _KINDS.items() for spelling in (kind, *others)}
"""Values of `kind:`, by every spelling."""

_MARKS = {
    "fav": ("favourite", "favorite", "favourites", "favorites", "starred"),
    "marked": (),
    "missing": ("gone",),
    "opened": ("uploaded",),
}
MARKS = {spelling: mark for mark, others in _MARKS.items() for spelling in (mark, *others)}
"""Values of `is:`, by every spelling."""
_BARE = ("fav", "favourite", "favorite", "favourites", "favorites", "marked")
"""Words that are a mark without `is:` before them: no prompt is looked for by them."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must hold, or must not."""

    name: str
    """"word", or the name of a facet."""
    values: tuple[str, ...]
    """Any of these, in lower case; kinds and marks in our own words."""
    negated: bool = False
    days: tuple[Days, ...] = ()
    """Of `date`."""
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    """Where it stands in what was typed."""


@dataclass(frozen=True, slots=True)
class GalleryQuery:
    """All terms must hold."""

    terms: tuple[Term, ...] = ()
    notice: str = ""
    """What was typed and means nothing, in words."""

    def without(self, name: str) -> GalleryQuery:
        """The same without the facets of that name: for counting what each of its values would leave."""
        return GalleryQuery(tuple(term for term in self.terms if term.name != name), self.notice)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that are asked for; empty for all."""
        return frozenset(
            value for term in self.terms if term.name == "kind" and not term.negated for value in term.values
        )


def parse(text: str, today: date) -> GalleryQuery:
    """Reads what is typed.

    Args:
        today: In the reader's time zone: what `7d` is counted from.
    """
    terms: list[Term] = []
    notices: list[str] = []
    for found in _TOKEN.finditer(text):
        term = _term(found[0], found.span(), today, notices)
        if term is not None:
            terms.append(term)
    return GalleryQuery(tuple(terms), next(iter(notices), ""))


def with_kind(text: str, kind: str) -> str:
    """What is typed with every `kind:` replaced by this one; "" takes it out. The rest stays as it was typed."""
    spans = [term.span for term in parse(text, date.today()).terms if term.name == "kind"]
    return f"{_without(text, spans)} {f'kind:{kind}' if kind else ''}".strip()


def _term(token: str, span: tuple[int, int], today: date, notices: list[str]) -> Term | None:
    negated = token.startswith("-") and len(token) > 1
    rest = token[1:] if negated else token
    if rest.startswith('"'):
        phrase = " ".join(rest.strip('"').split())
        return Term("word", (phrase.casefold(),), negated, span=span) if phrase else None
    lower = rest.casefold()
    if lower in _BARE:
        return Term("is", (MARKS[lower],), negated, span=span)
    if not lower.isdigit() and (days := read_days(lower, today)) is not None:
        return Term("date", (lower,), negated, (days,), span)
    found = _FACET.fullmatch(rest)
    name = _FACETS.get(found[1].casefold()) if found else None
    if found is None or name is None:
        return Term("word", (lower,), negated, span=span)
    values = [(quoted or plain).strip().casefold() for quoted, plain in _VALUE.findall(found[2])]
    return _facet(name, [value for value in values if value], negated, span, today, notices)


def _facet(
    name: str, values: list[str], negated: bool, span: tuple[int, int], today: date, notices: list[str]
) -> Term | None:
    """None while nothing that is understood stands behind the colon: such a facet filters nothing."""
    days: tuple[Days, ...] = ()
    if name == "date":
        read = [(value, read_days(value, today)) for value in values]
        notices += [f"{value} is no date: 2026-11, 7d, today" for value, found in read if found is None]
        days = tuple(found for _, found in read if found is not None)
        values = [value for value, found in read if found is not None]
    elif name in ("kind", "is"):
        known = KINDS if name == "kind" else MARKS
        one_of = "picture, clip or sound" if name == "kind" else "fav, marked, missing or opened"
        notices += [f"{value} is not one of {one_of}" for value in values if value not in known]
        values = [known[value] for value in values if value in known]
    return Term(name, tuple(values), negated, days, span) if values else None


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()
    return text
