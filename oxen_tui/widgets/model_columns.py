"""The columns of the list of models: which of them fit, and what stands in each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from rich.cells import cell_len, set_cell_size

from oxen_tui.api.model import ModelKind
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span, cut, span_cells
from oxen_tui.widgets.wording import short_count

MARKS = 4
"""Cells before the name: bar, marked to compare, favourite, a space."""

_GAP = 2
_EDGE = 2
_PRICE = 17
"""`$1.20 · $6.00 / M`."""
_CONTEXT = 7
_KIND_WORDS, _KIND_SIGN = 7, 1
_TAKES_WORDS, _TAKES_SIGNS = 13, 5
_LONG_NAME = 24
"""A name that is cut to no less than this is told from its neighbours still, as the end is kept too."""

KIND_SIGNS = {
    ModelKind.CHAT: "chat",
    ModelKind.IMAGE: "image",
    ModelKind.VIDEO: "video",
    ModelKind.AUDIO: "audio",
    ModelKind.OTHER: "other",
}
"""Names of the glyphs."""

_MEDIA_SIGNS = {"text": "chat", "image": "image", "video": "video", "audio": "audio"}

_STATES = {
    "active": ("done", "awake", "muted"),
    "inactive": ("waiting", "asleep", "muted"),
    "deploying": ("running", "waking", "accent"),
    "deactivating": ("running", "sleeping", "accent"),
    "error": ("failed", "failed", "err"),
}


def state_words(status: str) -> tuple[str, str, str]:
    """Glyph, word and tone for the state of a custom model's deployment (contract section 10)."""
    name, word, tone = _STATES.get(status, ("unknown", status or "unknown", "warn"))
    return glyph(name), word, tone


class ListedModel(Protocol):
    """What a row says of a model; `api.model.Model` has all of it, and so may something leaner."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> ModelKind: ...
    @property
    def inputs(self) -> frozenset[str]: ...
    @property
    def needs_picture(self) -> bool: ...
    @property
    def context_length(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells of each column; 0 where there is no room for it."""

    name: int
    kind: int
    takes: int
    context: int
    price: int = _PRICE

    @property
    def kind_words(self) -> bool:
        return self.kind > _KIND_SIGN

    @property
    def takes_words(self) -> bool:
        return self.takes > _TAKES_SIGNS


_CHOICES = (
    (_KIND_WORDS, _TAKES_WORDS, _CONTEXT),
    (_KIND_WORDS, _TAKES_WORDS, 0),
    (_KIND_WORDS, _TAKES_SIGNS, 0),
    (_KIND_SIGN, _TAKES_SIGNS, 0),
    (_KIND_SIGN, 0, 0),
)
"""Kind, takes and context, from the richest to the leanest."""


def columns(width: int, longest: int) -> Columns:
    """The richest columns that leave the names their room.

    Args:
        width: Cells of the whole row.
        longest: Cells of the longest name there is.
    """
    wanted = min(longest, _LONG_NAME)
    for kind, takes, context in _CHOICES:
        others = sum(cells + _GAP for cells in (kind, takes, context, _PRICE) if cells)
        name = width - MARKS - _EDGE - others
        if name >= wanted:
            break
    return Columns(max(name, 4), kind, takes, context)


def cut_middle(text: str, cells: int) -> str:
    """The text, with its middle left out where it is too long: versions and variants stand at the end of names."""
    if cell_len(text) <= cells:
        return text
    if cells < 12:
        return set_cell_size(text, max(0, cells - 1)).rstrip() + "…"
    tail = (cells - 1) // 2
    head = set_cell_size(text, cells - 1 - tail)
    end = text[-tail:]
    while cell_len(end) > tail:
        end = end[1:]
    return head + "…" + end


def head(layout: Columns) -> tuple[list[Span], list[Span]]:
    """The titles of the columns."""
    left = [" " * MARKS + _padded("Model", layout.name), _padded("Kind", layout.kind) if layout.kind_words else " "]
    if layout.takes:
        left.append(_padded("Takes", layout.takes))
    if layout.context:
        left.append("Context".rjust(layout.context))
    return [((" " * _GAP).join(left), "faint")], [("Price", "faint")]


def name_cell(name: str, note: str, note_tone: str, tone: str, cells: int) -> list[Span]:
    """A name and what is to be said of it (`new`, `gone`), in these cells."""
    room = cells - (cell_len(note) + 1 if note else 0)
    spans: list[Span] = [(cut_middle(name, max(4, room)), tone)]
    if note:
        spans.append((" " + note, note_tone))
    return [*spans, (" " * max(0, cells - span_cells(spans)), "faint")]


def kind_cell(kind: ModelKind, layout: Columns) -> str:
    sign = glyph(KIND_SIGNS[kind])
    return _padded(f"{sign} {kind.value}", layout.kind) if layout.kind_words else sign


def takes_cell(model: ListedModel, layout: Columns) -> list[Span]:
    """What goes into a model, or how it stands with one's own."""
    cells = layout.takes
    if not cells:
        return []
    if layout.takes_words:
        if model.needs_picture:
            text = "needs image" if len(model.inputs) <= 2 else "needs image …"
            return [(_padded(text, cells), "muted")]
        words = [word for word in _MEDIA_SIGNS if word in model.inputs]
        return [(_padded(" ".join(words), cells), "muted")]
    signs = [glyph(sign) for word, sign in _MEDIA_SIGNS.items() if word in model.inputs]
    if model.needs_picture:
        picture = glyph("image")
        others = "".join(sign for sign in signs if sign != picture)
        return [(picture + "!", "text"), (_padded(others, cells - 2), "muted")]
    return [(_padded("".join(signs), cells), "muted")]


def state_cell(status: str, elapsed: str, layout: Columns) -> list[Span]:
    """How a custom model stands, in the place of what it takes; `elapsed` while it wakes or falls asleep."""
    if not layout.takes:
        return []
    sign, word, tone = state_words(status)
    if not layout.takes_words:
        return [(_padded(f"{sign} {elapsed}".rstrip(), layout.takes), tone)]
    return cut([(_padded(f"{sign} {word} {elapsed}".rstrip(), layout.takes), tone)], layout.takes)


def context_cell(model: ListedModel, layout: Columns) -> str:
    words = short_count(model.context_length) if model.context_length else ""
    return words.rjust(layout.context)


def _padded(text: str, cells: int) -> str:
    return set_cell_size(text, cells) if cell_len(text) < cells else text
