"""Spans of Markdown become pieces in ink, with the targets of links written out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.markdown.inline import Span, parse_inline

if TYPE_CHECKING:
    from oxen_tui.widgets.glyphs import Glyphs
    from oxen_tui.widgets.markdown.blocks import Block

LONGEST_TARGET = 80
"""Characters of a link's target that are shown. The beginning says where it leads."""

_INKS = {"strong": "strong", "emphasis": "emphasis", "strike": "strike", "code": "fn", "link": "link"}


def pieces(block: Block, tone: str, glyphs: Glyphs) -> list[Piece]:
    """The text of a paragraph or a heading.

    Args:
        tone: Ink of plain words.
    """
    spans = parse_inline(block.text, block.references)
    shown: list[Piece] = []
    for href, group in groupby(spans, key=_href):
        linked = [Piece(span.text, _ink(tone, span.styles), href) for span in group]
        shown += linked
        if href and not _says("".join([piece.text for piece in linked]), href):
            target = href if len(href) <= LONGEST_TARGET else href[:LONGEST_TARGET] + glyphs.ellipsis
            shown.append(Piece(f" ({target})", "faint", href))
    return shown


def cell(text: str, tone: str, references: Mapping[str, str]) -> list[Piece]:
    """The text of one cell of a table. Targets of links have no room there."""
    return [Piece(span.text, _ink(tone, span.styles), span.href) for span in parse_inline(text, references)]


def literal(text: str, tone: str) -> list[Piece]:
    """Text as it is written."""
    return [Piece(text.expandtabs(4), tone)]


def _href(span: Span) -> str:
    return span.href


def _says(text: str, href: str) -> bool:
    """Whether a link's text is its target already."""
    bare = href.removeprefix("mailto:").removeprefix("https://").removeprefix("http://").rstrip("/")
    return text.removeprefix("https://").removeprefix("http://").rstrip("/") == bare


@lru_cache(maxsize=256)
def _ink(tone: str, styles: frozenset[str]) -> str:
    return "+".join([tone, *[_INKS[style] for style in sorted(styles)]])
