"""Which models the plain words of a query find, and how well.

All words must be found, each somewhere. A name that is or begins with a word comes before one that holds it, that
before a developer or summary that does, and all of them before names that are merely alike (a slip of the finger).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from oxen_tui.services.catalogue.index import CatalogueIndex, searchable
from oxen_tui.services.catalogue.query import Word

_FEW = 12
"""With so many found or more, nobody needs what is merely alike."""

_MOST_ALIKE = 30
_SHORTEST_ALIKE = 3
"""Letters. Two letters are like everything."""

_ALIKE_NAMES, _ALIKE_TEXTS = 76.0, 85.0
"""Of 100: letters in common with a part of a name; with a part of developer and summary, which are longer."""

_IS, _BEGINS, _WORD_BEGINS, _IN_NAME, _TEXT_WORD_BEGINS, _IN_TEXT = 0, 10, 20, 30, 40, 50
_TOGETHER = 25
"""How much better words are that stand together in a name as they were typed."""
_ALIKE = 1000
_SERVER = 2000
"""Found by the server only."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the words find."""

    mask: int
    scores: dict[int, int] = field(default_factory=dict)
    """By position, the best lowest; empty where no words are looked for."""

    def best_first(self, positions: Sequence[int]) -> list[int]:
        """Some of them by how well they fit, equal ones in the order of their ids."""
        return sorted(positions, key=self.scores.__getitem__)


def find(index: CatalogueIndex, words: Sequence[Word], within: int, server: Collection[str] = ()) -> Found:
    """The models of a set that hold the words.

    Args:
        index: Of the catalogue.
        words: Wanted and unwanted ones.
        within: The models to look among.
        server: The ids that a server's search gave for the same words.
    """
    wanted = [text for word in words if not word.negated and (text := searchable(word.text))]
    for word in words:
        if word.negated and (text := searchable(word.text)):
            within &= ~holding(index, text)
    if not wanted:
        return Found(within)
    mask = within
    for text in wanted:
        mask &= holding(index, text)
    scores = _scores(index, wanted, index.positions(mask))
    if len(scores) < _FEW:
        for position, score in _alike(index, wanted, within & ~mask).items():
            scores[position] = score
    for position in index.positions(index.mask_of_ids(server) & within) if server else ():
        scores.setdefault(position, _SERVER)
    if len(scores) > mask.bit_count():
        mask = index.mask_of(scores)
    return Found(mask, scores)


def load_matcher() -> None:
    """Loads the library for what is merely alike: 15 ms that the first slip of a finger would wait for."""
    from rapidfuzz import fuzz, process  # noqa: F401


def holding(index: CatalogueIndex, text: str) -> int:
    """The models with this text in a name, the developer or the summary. Quick if its beginning was asked for."""
    return index.remembered(("word", text), lambda: _search(index, text))


def _search(index: CatalogueIndex, text: str) -> int:
    near, far = index.near, index.far
    for end in range(len(text) - 1, 0, -1):
        wider = index.known(("word", text[:end]))
        if wider is not None:
            among = index.positions(wider)
            return index.mask_of([place for place in among if text in near[place] or text in far[place]])
    return index.mask_where(
        ("all", text), lambda: [text in names or text in texts for names, texts in zip(near, far, strict=True)]
    )


def _scores(index: CatalogueIndex, wanted: Sequence[str], positions: Sequence[int]) -> dict[int, int]:
    # Lists of text and not of pairs: the collector need not look at those.
    near, far = [index.near[place] for place in positions], [index.far[place] for place in positions]
    totals = [0] * len(near)
    for text in wanted:
        whole, start, word = f"\n{text}\n", f"\n{text}", f" {text}"
        # One expression: this runs for every model that a first letter finds.
        fits = [
            (_TEXT_WORD_BEGINS if word in other else _IN_TEXT)
            if text not in names
            else _IS
            if whole in names
            else _BEGINS
            if start in names
            else _WORD_BEGINS
            if word in names
            else _IN_NAME
            for names, other in zip(near, far, strict=True)
        ]
        totals = fits if len(wanted) == 1 else [total + fit for total, fit in zip(totals, fits, strict=True)]
    if len(wanted) > 1:
        together = " ".join(wanted)
        totals = [
            total - _TOGETHER if together in names else total for total, names in zip(totals, near, strict=True)
        ]
    return dict(zip(positions, totals, strict=True))


def _alike(index: CatalogueIndex, wanted: Sequence[str], among: int) -> dict[int, int]:
    """Models whose names or texts are like the words, by position with their scores."""
    if all(len(text) < _SHORTEST_ALIKE for text in wanted):
        return {}
    for text in wanted:
        if len(text) < _SHORTEST_ALIKE:
            among &= holding(index, text)
    likeness: dict[int, float] | None = None
    for text in (text for text in wanted if len(text) >= _SHORTEST_ALIKE):
        positions = index.positions(among) if likeness is None else list(likeness)
        found = _likeness(index, text, positions)
        likeness = {place: (likeness or {}).get(place, 0.0) + score for place, score in found.items()}
    best = sorted((likeness or {}).items(), key=lambda entry: (-entry[1], entry[0]))[:_MOST_ALIKE]
    most = 100.0 * len(wanted)
    return {place: _ALIKE + round(most - score) for place, score in best}


def _likeness(index: CatalogueIndex, text: str, positions: Sequence[int]) -> dict[int, float]:
    """Of 100, how much of a word is in each model, for those with enough of it."""
    from rapidfuzz import fuzz, process  # see `load_matcher`

    found: dict[int, float] = {}
    # What is like a name comes before what is like a text, however like it is.
    for texts, enough, less in ((index.names, _ALIKE_NAMES, 0.0), (index.far, _ALIKE_TEXTS, 50.0)):
        if len(found) >= _MOST_ALIKE:
            break
        choices = texts if len(positions) == len(index) else [texts[place] for place in positions]
        for _, score, at in process.extract(
            text, choices, scorer=fuzz.partial_ratio, score_cutoff=enough, limit=None
        ):
            found.setdefault(positions[at], score - less)
    return found
