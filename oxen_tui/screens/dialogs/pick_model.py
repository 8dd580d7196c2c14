"""Chooses a model for the next question, or takes a name that no list has."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from oxen_tui.api.errors import ApiError
from oxen_tui.api.model import Model
from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.pick import Pick
from oxen_tui.services.price.words import short_price
from oxen_tui.widgets.row_list import Row
from oxen_tui.widgets.wording import short_count

_LONGEST_ID = 24
"""Cells; makers stand behind the ids in a column of their own, unless an id is longer than this."""

_WITH_MAKERS = 80
"""Columns of the terminal from which there is room for them."""


class PickModel(Pick):
    """Answers the id of a model. The list may come, or come anew, while the dialog is open."""

    DEFAULT_CSS = "PickModel > .dialog { width: 88; }"

    def __init__(self, current: str, title: str = "Model for the next question") -> None:
        super().__init__(
            title,
            "a name, or a part of one",
            empty=["No models known here", "type the name of one"],
        )
        self._current = current
        self._models: Sequence[Model] = ()
        self._trouble: ApiError | None = None

    @property
    def current(self) -> str:
        return self._current

    def show_models(self, models: Sequence[Model], trouble: ApiError | None) -> None:
        """What can be chosen from; `trouble` is why a list is missing."""
        self._models, self._trouble = models, trouble
        self.redraw()

    def draw(self, typed: str) -> None:
        self.say(f"There is no list of models here: {self._trouble.title}" if self._trouble else "")
        super().draw(typed)

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        found = [
            model
            for model in self._models
            if all(word in f"{model.id} {model.display_name} {model.developer}".casefold() for word in words)
        ]
        column = min(_LONGEST_ID, max([cell_len(model.id) for model in found], default=0))
        wide = self.app.size.width >= _WITH_MAKERS
        rows = [_row(model, column if wide else None) for model in found]
        name = clean_line(typed.strip())
        if name and all(model.id != name for model in self._models):
            rows.append(Row(name, ((" use ", "faint"), (name, "text"), (" as typed", "faint"))))
        return rows


def _row(model: Model, column: int | None) -> Row:
    """A row with the maker in a column of its own, or without the maker."""
    context = short_count(model.context_length) if model.context_length else ""
    maker = "" if column is None else f"{' ' * max(0, column - cell_len(model.id))}  {model.developer}"
    return Row(
        model.id,
        ((f" {model.id}", "text"), (maker, "faint")),
        ((f"{context:>6}", "faint"), (f"{short_price(model.pricing):>20}", "muted")),
    )
