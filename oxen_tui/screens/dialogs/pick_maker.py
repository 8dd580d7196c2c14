"""Chooses a model that makes pictures, clips or sounds."""

from __future__ import annotations

from collections.abc import Sequence, Set

from oxen_tui.api.errors import ApiError
from oxen_tui.api.model import Model
from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.pick import Pick
from oxen_tui.services.price.words import short_price
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.row_list import Row


class PickMaker(Pick):
    """Answers the id of a model. The list may come while the dialog is open."""

    DEFAULT_CSS = "PickMaker > .dialog { width: 88; }"

    def __init__(self, current: str, favourites: Set[str]) -> None:
        super().__init__(
            "Model to create with",
            "a name, or a part of one; image, video, audio",
            empty=["No models known here", "type the name of one"],
        )
        self._current, self._favourites = current, favourites
        self._models: Sequence[Model] = ()
        self._trouble: ApiError | None = None

    @property
    def current(self) -> str:
        return self._current

    def show_models(self, models: Sequence[Model], trouble: ApiError | None) -> None:
        """What can be chosen from; `trouble` is why a list is missing. Favourites come first."""
        self._models = sorted(models, key=lambda model: model.id not in self._favourites)
        self._trouble = trouble
        self.redraw()

    def draw(self, typed: str) -> None:
        self.say(f"There is no list of models here: {self._trouble.title}" if self._trouble else "")
        super().draw(typed)

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        found = [model for model in self._models if all(word in _words(model) for word in words)]
        rows = [self._row(model) for model in found]
        name = clean_line(typed.strip())
        if name and all(model.id != name for model in self._models):
            rows.append(Row(name, ((" use ", "faint"), (name, "text"), (" as typed", "faint"))))
        return rows

    def _row(self, model: Model) -> Row:
        star = glyph("favourite") if model.id in self._favourites else " "
        return Row(
            model.id,
            ((f"{star} ", "accent"), (f"{glyph(model.kind.value)} ", "muted"), (model.id, "text")),
            ((f"{model.kind.value:<5}", "faint"), (f"{short_price(model.pricing):>22}", "muted")),
        )


def _words(model: Model) -> str:
    return f"{model.id} {model.display_name} {model.developer} {model.kind.value}".casefold()
