"""Code on a page: highlighted, and broken where a line is too long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper
from oxen_tui.widgets.lines.wrapping import wrap
from oxen_tui.widgets.markdown.blocks import Fence
from oxen_tui.widgets.markdown.highlight import Highlighter


def code_lines(text: str, lexer: str, paper: Paper) -> Iterator[PageLine]:
    """The lines of a program or a command; what goes on in the next line is indented."""
    lines = text.rstrip("\n").split("\n")
    fence = Fence(lexer, lines, closed=True)
    highlighter = Highlighter()
    for number, line in enumerate(lines):
        line = line.expandtabs(4)
        indent = min(len(line) - len(line.lstrip(" ")), paper.inner // 2)
        pieces = _without_indent(highlighter.line(fence, number, line))
        for at, part in enumerate(wrap(pieces, max(8, paper.inner - indent - 2))):
            yield PageLine((Piece(" " * (indent + (2 if at else 0)), "text"), *part.pieces))


def _without_indent(pieces: Sequence[Piece]) -> list[Piece]:
    """The text of a line: what stands before it is no place to break it."""
    while pieces and not pieces[0].text.strip(" "):
        pieces = pieces[1:]
    return [Piece(pieces[0].text.lstrip(" "), pieces[0].ink), *pieces[1:]] if pieces else []
