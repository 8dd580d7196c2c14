"""Chooses a model that a result is put into: to edit it, or to make a clip of it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from oxen_tui.panes.gallery.choices import InputChoice
from oxen_tui.screens.dialogs.pick import Pick
from oxen_tui.widgets.gallery.tile import kind_sign
from oxen_tui.widgets.row_list import Row

_LONGEST_ID = 36
_WITH_MAKERS = 80
"""Columns of the terminal from which there is room for them."""


class PickInputModel(Pick):
    """Answers the id of a model."""

    DEFAULT_CSS = "PickInputModel > .dialog { width: 88; }"

    HINT = "enter puts it into the form   esc leaves it"

    def __init__(self, choices: Sequence[InputChoice]) -> None:
        super().__init__(
            "A model for this", "a name, a maker, image or video", empty=["No model has these words", ""]
        )
        self._choices = choices

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        found = [
            choice
            for choice in self._choices
            if all(word in f"{choice.model_id} {choice.developer} {choice.kind}".casefold() for word in words)
        ]
        column = min(_LONGEST_ID, max([cell_len(choice.model_id) for choice in found], default=0))
        wide = self.app.size.width >= _WITH_MAKERS
        return [_row(choice, column if wide else None) for choice in found]


def _row(choice: InputChoice, column: int | None) -> Row:
    maker = "" if column is None else f"{' ' * max(0, column - cell_len(choice.model_id))}  {choice.developer}"
    kind = f" {kind_sign(choice.kind)} "
    return Row(
        choice.model_id, ((kind, "faint"), (choice.model_id, "text"), (maker, "faint")), ((choice.price, "muted"),)
    )
