"""The columns of the list of models: which of them fit, and what stands in each cell."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from oxen_tui.api.model import ModelKind
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span, cut, cut_middle, span_cells
from oxen_tui.widgets.wording import short_count

MARKS = 4
"""Cells before the name: bar, marked to compare, favourite, a space."""

_GAP = 2
_EDGE = 2
_PRICE = 18
"""`$2.80 · $14.00 / M`."""
_CONTEXT = 7
_KIND_WORDS, _KIND_SIGN = 7, 1
_TAKES_WORDS, _TAKES_SIGNS = 13, 5
_LONG_NAME = 24
"""A name that is cut to no less than this is told from its neighbours still, as the end is kept too."""

_SHORT_NAME = 16
"""Short names have this much too: what changed stands behind them."""

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
    "deactivating": ("running", "dozing", "accent"),
    "error": ("failed", "failed", "err"),
}


def state_words(status: str) -> tuple[str, str, str]:
    """Glyph, word and tone for the state of a custom model's deployment (contract section 10)."""
    name, word, tone = _STATES.get(status, ("unknown", status or "unknown", "warn"))
    return glyph(name), word, tone


@dataclass(frozen=True, slots=True)
class ModelRow:
    """What a row says of a model."""

    id: str
    kind: ModelKind = ModelKind.OTHER
    takes: Container[str] = ()
    """text, image, video, audio."""
    needs_picture: bool = False
    context: int | None = None
    """Tokens."""
    price: str = ""
    """In words, as for a column."""
    favourite: bool = False
    marked: bool = False
    """To be compared."""
    change: str = ""
    """`new`, `cheaper`, `dearer`, `gone`: since the last visit. Empty where nothing changed."""
    deployment: str = ""
    """State of a custom model (contract section 10); empty for others."""
    elapsed: str = ""
    """How long it is in this state already, while it is on the way to another."""


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


_SIGN_CHOICES = ((_KIND_SIGN, _TAKES_WORDS, 0), *_CHOICES[-2:])


def columns(width: int, usual: int, *, kind_words: bool = True) -> Columns:
    """The richest columns that leave the names their room.

    Args:
        width: Cells of the whole row.
        usual: Cells of the names that are to be whole, if there is the room.
        kind_words: Whether kinds may have words beside their signs.
    """
    wanted = max(_SHORT_NAME, min(usual, _LONG_NAME))
    for kind, takes, context in _CHOICES if kind_words else _SIGN_CHOICES:
        others = sum(cells + _GAP for cells in (kind, takes, context, _PRICE) if cells)
        name = width - MARKS - _EDGE - others
        if name >= wanted:
            break
    return Columns(max(name, 4), kind, takes, context)


def head(layout: Columns) -> tuple[list[Span], list[Span]]:
    """The titles of the columns."""
    left = [" " * MARKS + _padded("Model", layout.name), _padded("Kind", layout.kind) if layout.kind_words else " "]
    if layout.takes:
        left.append(_padded("Takes", layout.takes))
    if layout.context:
        left.append("Context".rjust(layout.context))
    return [((" " * _GAP).join(left), "faint")], [("Price", "faint")]


def name_cell(row: ModelRow, cells: int) -> list[Span]:
    """A name and what changed, in these cells."""
    note, gone = row.change, row.change == "gone"
    room = cells - (cell_len(note) + 1 if note else 0)
    spans: list[Span] = [(cut_middle(row.id, max(4, room)), "faint" if gone else "text")]
    if note:
        spans.append((" " + note, "warn" if note in ("gone", "dearer") else "accent"))
    return [*spans, (" " * max(0, cells - span_cells(spans)), "faint")]


def kind_cell(kind: ModelKind, layout: Columns) -> str:
    sign = glyph(KIND_SIGNS[kind])
    return _padded(f"{sign} {kind.value}", layout.kind) if layout.kind_words else sign


def takes_cell(row: ModelRow, layout: Columns) -> list[Span]:
    """What goes into a model; for one's own, how it stands."""
    cells = layout.takes
    if not cells:
        return []
    if row.deployment:
        sign, word, tone = state_words(row.deployment)
        said = f"{sign} {word} {row.elapsed}".rstrip()
        if cell_len(said) > cells:
            said = f"{sign} {row.elapsed}"
        return cut([(_padded(said.rstrip(), cells), tone)], cells)
    takes = [word for word in _MEDIA_SIGNS if word in row.takes]
    if layout.takes_words:
        return [(_padded("needs image" if row.needs_picture else _listed(takes, cells), cells), "muted")]
    signs = [glyph(_MEDIA_SIGNS[word]) for word in takes if word != "image" or not row.needs_picture]
    if row.needs_picture:
        return [(glyph("image") + "!", "text"), (_padded("".join(signs), cells - 2), "muted")]
    return [(_padded("".join(signs), cells), "muted")]


def _listed(words: list[str], cells: int) -> str:
    """As many words as fit, and how many more there are."""
    text = " ".join(words)
    for kept in range(len(words) - 1, 0, -1):
        if len(text) <= cells:
            break
        text = f"{' '.join(words[:kept])} +{len(words) - kept}"
    return text


def context_cell(row: ModelRow, layout: Columns) -> str:
    return (short_count(row.context) if row.context else "").rjust(layout.context)


def _padded(text: str, cells: int) -> str:
    return set_cell_size(text, cells) if cell_len(text) < cells else text
