"""What stands above every page about a model: its name, its kind, a sentence. Always as high, so nothing jumps."""

from __future__ import annotations

from rich.cells import cell_len
from textual.strip import Strip
from textual.widget import Widget

from oxen_tui.api.model import Model
from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper
from oxen_tui.widgets.lines.wrapping import wrap
from oxen_tui.widgets.models.columns import KIND_SIGNS

_MEASURE = 88


class ModelHead(Widget):
    """Shows one model's name."""

    DEFAULT_CSS = """
    ModelHead { height: 5; background: $panel; }
    ModelHead.-short { height: 2; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._model: Model | None = None
        self._favourite = False
        self._note = ""
        self._drawn: tuple[Paper, list[Strip]] | None = None

    def show(self, model: Model | None, *, favourite: bool, note: str) -> None:
        """Show this model; the note says what is to be known of it now: `new`, `gone since Thursday`."""
        if (model, favourite, note) != (self._model, self._favourite, self._note):
            self._model, self._favourite, self._note = model, favourite, note
            self._drawn = None
            self.refresh()

    def render_line(self, y: int) -> Strip:
        paper = Paper.of(self.app, self.size.width)
        if self._drawn is None or self._drawn[0] != paper:
            short = self.size.height < 5
            lines = self._lines(self._model, paper, 1 if short else 2) if self._model else []
            self._drawn = (paper, [paper.line(line) for line in (lines if short else [PageLine(), *lines])])
        strips = self._drawn[1]
        return strips[y] if y < len(strips) else paper.blank

    def _lines(self, model: Model, paper: Paper, rows: int) -> list[PageLine]:
        glyphs = paper.glyphs
        sign: str = getattr(glyphs, KIND_SIGNS[model.kind])
        kind = [Piece(f"{sign} {model.kind.value}", "muted")]
        if self._favourite:
            kind.insert(0, Piece(f"{glyphs.favourite} ", "accent"))
        lines = [PageLine((Piece(model.display_name or model.id, "strong"),), tuple(kind))]
        width = min(paper.inner, _MEASURE)
        said = wrap([Piece(model.summary, "muted")], width) if model.summary else []
        for number, line in enumerate(said[:rows]):
            pieces = line.pieces
            if number == rows - 1 and len(said) > rows:
                # The width of the paper would not cut it: the rest stands on lines that are not shown.
                pieces = [Piece(_ended(pieces, width, glyphs.ellipsis), "muted")]
            lines.append(PageLine(tuple(pieces)))
        if self._note:
            note = Piece(self._note, "warn")
            if len(lines) <= rows:
                lines.append(PageLine((note,)))
            elif rows > 1:
                lines.append(PageLine((), (note,)))
            else:
                lines[-1] = PageLine(lines[-1].left, (note,))
        return lines


def _ended(pieces: list[Piece], width: int, ellipsis: str) -> str:
    text = "".join([piece.text for piece in pieces]).rstrip()
    while text and cell_len(text) + cell_len(ellipsis) > width:
        text = text[:-1]
    return text.rstrip() + ellipsis
