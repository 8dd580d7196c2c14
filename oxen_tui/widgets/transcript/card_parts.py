"""Jobs as parts of a turn: each card with its result between its lines. Loaded with the first card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from oxen_tui.widgets.lines.line import ANSWER
from oxen_tui.widgets.markdown.insets import inset_rows
from oxen_tui.widgets.transcript.card import Card, card_lines
from oxen_tui.widgets.transcript.parts import Lines, Part

if TYPE_CHECKING:
    from oxen_tui.widgets.markdown.painter import Painter


def card_parts(cards: Sequence[Card], painter: Painter) -> Iterator[tuple[str, Part]]:
    """Their parts, with names that hold while the results change."""
    for number, card in enumerate(cards):
        above, below = card_lines(card, painter)
        yield f"card {number}", Lines([painter.blank, *above])
        pictures = [card.inset] if card.inset is not None else []
        for row, part in enumerate(inset_rows(pictures, painter, ANSWER)):
            yield f"result {number} {row}", part
        yield f"under card {number}", Lines(below)
