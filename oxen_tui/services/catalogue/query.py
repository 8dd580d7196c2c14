"""What is typed into the filter of the models, as terms. Any text is a query; nothing here ever fails.

Plain words are looked for, `"words together"` too, `-word` must not be there. `output:video` is a facet; a comma
between values means either, a minus before it means not. Some words are facets by themselves (`fav`, `new`); in
quotes they are words. A facet that is not known is a word, for ids have colons too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

_TOKEN = re.compile(r'-?(?:[A-Za-z]+:(?:"[^"]*"?|[^\s"])*|"[^"]*"?|\S+)')
_FACET = re.compile(r"([A-Za-z]+):(.*)", re.DOTALL)
_VALUE = re.compile(r'"([^"]*)"?|([^,"]+)')
_NEEDS_QUOTES = re.compile(r"[\s,]")

_NAMES = {
    "kind": ("type",),
    "input": ("accepts", "takes", "in"),
    "output": ("makes", "out"),
    "developer": ("by", "dev", "maker"),
    "price": ("cost",),
    "context": ("ctx", "window"),
    "released": ("release", "since"),
    "has": ("with",),
    "needs": (),
    "status": ("deployment",),
    "is": (),
}
"""Facets, each with other words for it."""

_FACETS = {spelling: name for name, others in _NAMES.items() for spelling in (name, *others)}
_BOUNDS = {"under": "<", "below": "<", "over": ">", "above": ">"}
"""`under:$1` is `price:<$1`."""

_MARKS = {
    "fav": ("favourite", "favorite", "favourites", "favorites", "starred", "star"),
    "used": ("recent", "lately"),
    "new": (),
    "changed": (),
    "custom": ("yours", "mine", "own"),
}
"""What a model can be, each with other words for it."""

MARKS = {spelling: name for name, others in _MARKS.items() for spelling in (name, *others)}
"""Values of `is:`, by every spelling."""

_BARE = {"fav": "fav", "favourite": "fav", "favorite": "fav", "used": "used", "new": "new", "changed": "changed"} | {
    "custom": "custom"
}
"""Words that are a mark without `is:` before them."""

FACET_NAMES = tuple(_NAMES)
MARK_NAMES = tuple(_MARKS)


@dataclass(frozen=True, slots=True)
class Word:
    """Text to be found in a model."""

    text: str
    """As typed, without quotes."""
    quoted: bool = False
    negated: bool = False
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    """Where it stands in what was typed."""

    @property
    def strange_facet(self) -> str:
        """What looks like the name of a facet and is none; "" for an ordinary word."""
        found = None if self.quoted else _FACET.fullmatch(self.text)
        return found[1] if found and found[2] else ""

    def __str__(self) -> str:
        return f"{'-' * self.negated}{_quoted(self.text) if self.quoted else self.text}"


@dataclass(frozen=True, slots=True)
class Facet:
    """One of several values of a property."""

    name: str
    """One of `FACET_NAMES`."""
    values: tuple[str, ...]
    """As typed; empty while the value is still to be typed: such a facet filters nothing."""
    negated: bool = False
    span: tuple[int, int] = field(default=(0, 0), compare=False)

    def __str__(self) -> str:
        minus = "-" * self.negated
        if self.name == "is" and len(self.values) == 1 and _BARE.get(self.values[0]) == self.values[0]:
            return f"{minus}{self.values[0]}"
        values = (_quoted(value) if _NEEDS_QUOTES.search(value) else value for value in self.values)
        return f"{minus}{self.name}:{','.join(values)}"


Term: TypeAlias = Word | Facet


@dataclass(frozen=True, slots=True)
class Query:
    """All terms must hold."""

    terms: tuple[Term, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(term for term in self.terms if isinstance(term, Word))

    @property
    def facets(self) -> tuple[Facet, ...]:
        return tuple(term for term in self.terms if isinstance(term, Facet))

    @property
    def wanted_text(self) -> str:
        """The words to be found, without facets: what a server's search understands."""
        return " ".join(word.text for word in self.words if not word.negated)

    def __str__(self) -> str:
        """Text that is parsed to the same terms."""
        return " ".join(map(str, self.terms))


def parse(text: str) -> Query:
    """Reads what is typed."""
    terms = (_term(found[0], found.span()) for found in _TOKEN.finditer(text))
    return Query(tuple(term for term in terms if term is not None))


def parse_term(text: str) -> Term | None:
    """Reads a single term; None if there is none in the text."""
    return next(iter(parse(text).terms), None)


def toggled(text: str, term_text: str) -> str:
    """What is typed with a term taken out if it is there, else put at the end. The rest stays as it was typed."""
    term = parse_term(term_text)
    there = [each.span for each in parse(text).terms if each == term]
    return _without(text, there) if there else _joined(text, term_text)


def with_facet(text: str, name: str, term_text: str = "") -> str:
    """What is typed with every facet of that name replaced by one term, or taken out."""
    spans = [facet.span for facet in parse(text).facets if facet.name == name]
    return _joined(_without(text, spans), term_text)


def _term(token: str, span: tuple[int, int]) -> Term | None:
    negated = token.startswith("-")
    rest = token[1:] if negated else token
    term = _positive(rest)
    return None if term is None else replace(term, negated=negated, span=span)


def _positive(token: str) -> Term | None:
    if token.startswith('"'):
        phrase = " ".join(token.strip('"').split())
        return Word(phrase, quoted=True) if phrase else None
    mark = _BARE.get(token.lower())
    if mark:
        return Facet("is", (mark,))
    found = _FACET.fullmatch(token)
    name = found[1].lower() if found else ""
    if found is None or (name not in _FACETS and name not in _BOUNDS):
        return Word(token) if token else None
    values = [(quoted or plain).strip() for quoted, plain in _VALUE.findall(found[2])]
    if name in _BOUNDS:
        bare = (value.lstrip("<>= ") for value in values)
        return Facet("price", tuple(f"{_BOUNDS[name]}{value}" for value in bare if value))
    if name == "is":
        values = [MARKS.get(value.lower(), value) for value in values]
    return Facet(_FACETS[name], tuple(value for value in values if value))


def _quoted(text: str) -> str:
    return f'"{text}"'


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()
    return text


def _joined(text: str, term_text: str) -> str:
    return f"{text.rstrip()} {term_text}".strip()
