"""A job within the transcript: what it is, how it stands, what it costs, and where its result is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from oxen_tui.safe_text import clean_line
from oxen_tui.widgets.jobs.bar import bar
from oxen_tui.widgets.jobs.row import JobRow, kind_sign, state_sign, state_tone
from oxen_tui.widgets.lines.line import ANSWER, Line, Piece
from oxen_tui.widgets.lines.wrapping import wrap
from oxen_tui.widgets.one_line import Span, cut, span_cells

if TYPE_CHECKING:
    from oxen_tui.widgets.markdown.insets import Inset
    from oxen_tui.widgets.markdown.painter import Painter

_BAR: Final = 24
_LEAST_BAR: Final = 6


@dataclass(slots=True, frozen=True)
class Card:
    """One job."""

    job_id: int
    row: JobRow
    """As the queue shows it; what it was asked for is left out where that stands above."""
    inset: Inset | None = None
    """Its result."""
    file: str = ""
    """Where that is, for the user."""
    keys: str = ""
    """What can be done now: `x cancels`."""


def card_lines(card: Card, painter: Painter) -> tuple[list[Line], list[Line]]:
    """What stands above the result, and below it."""
    row = card.row
    state: Span = (f"{state_sign(row.state)} {row.state.value}", state_tone(row.state))
    kind = kind_sign(row.kind) if painter.room.narrow else f"{kind_sign(row.kind)} {row.kind}"
    left: list[Span] = [state, ("  ", "text"), (row.model + (f" {row.part}" if row.part else ""), "bold")]
    left.append((f"  {kind}", "faint"))
    right: list[Span] = []
    if row.time and row.time != "-":
        right += [(row.time, "text" if row.state.is_active else "faint"), ("  ", "text")]
    right.append((row.price, row.price_tone))
    above = [_spread(left, right, painter)]
    if row.prompt:
        above.append(_spread([(row.prompt, "muted")], [], painter))
    below: list[Line] = []
    if row.share is not None:
        room = min(_BAR, painter.inner - cell_len(row.note) - 2)
        passed = [*bar(row.share, room, row.bar_tone), ("  ", "text")] if room >= _LEAST_BAR else []
        above.append(_spread([*passed, (row.note, row.note_tone)], [], painter))
    elif row.note and not card.file:
        above += _wrapped(row.note, row.note_tone, painter)
    file = card.file.rpartition("/")[2] if painter.room.narrow else card.file
    for words in (file, card.keys):
        if words:
            below += _wrapped(words, "faint", painter)
    return above, below


def _wrapped(words: str, tone: str, painter: Painter) -> list[Line]:
    lines = wrap([Piece(clean_line(words, 2000), _INKS.get(tone, tone))], painter.measure)
    return [painter.line(ANSWER, [], line.pieces, line.goes_on) for line in lines]


def _spread(left: Sequence[Span], right: Sequence[Span], painter: Painter) -> Line:
    """One line with a left and a right end; the left one is cut where there is too little room."""
    room = painter.inner - span_cells(right) - (2 if right else 0)
    left = cut([(clean_line(text), tone) for text, tone in left], max(0, room))
    spare = painter.inner - span_cells(left) - span_cells(right)
    after = [Piece(" " * max(0, spare), "text"), *_pieces(right)] if right else []
    return painter.line(ANSWER, [], _pieces(left), after=after)


_INKS: Final = {"bold": "strong"}
"""Tones of lists by their names in the transcript, where those differ."""


def _pieces(spans: Sequence[Span]) -> list[Piece]:
    return [Piece(text, _INKS.get(tone, tone)) for text, tone in spans]
