"""The list of models: grouped, in columns, and made of nothing but what is in view.

The list holds groups of models as they are handed in; a row comes into being when it is drawn. So a key in the filter
costs the same drawing for 200 models and for 50,000.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.model_columns import (
    Columns,
    ListedModel,
    columns,
    context_cell,
    head,
    kind_cell,
    name_cell,
    state_cell,
    takes_cell,
)
from oxen_tui.widgets.one_line import OneLine, Span, cut
from oxen_tui.widgets.row_list import Row, RowList


@dataclass(frozen=True, slots=True)
class ModelGroup:
    """Models under one title."""

    title: str
    models: Sequence[ListedModel]


@dataclass(frozen=True, slots=True)
class ModelNote:
    """What the list says of a model beside what the model says of itself."""

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


class ModelList(RowList):
    """Models with a cursor. Says what `RowList` says; the keys of rows are ids of models."""

    def __init__(
        self,
        describe: Callable[[ListedModel], ModelNote],
        *,
        empty: Sequence[str] = (),
        id: str | None = None,  # noqa: A002
    ) -> None:
        """
        Args:
            describe: Asked for each row that is drawn.
            empty: What to say where there are no models.
            id: For stylesheets.
        """
        super().__init__(empty=empty, id=id)
        self._describe = describe
        self._groups: list[ModelGroup] = []
        self._starts: list[int] = []
        """Where the models of each group begin."""
        self._count = 0
        self._longest = 0

    # What is shown

    def show_groups(
        self, groups: Sequence[ModelGroup], *, highlight: str | None = None, empty: Sequence[str] | None = None
    ) -> None:
        """Show these; the cursor stays on its model, or goes to `highlight`, else to what stands in its place."""
        key = highlight if highlight is not None else self.highlighted
        self._groups = [group for group in groups if group.models]
        self._starts, self._count = [], 0
        for group in self._groups:
            self._count += 2 if self._starts else 1  # the title, and a blank line between groups
            self._starts.append(self._count)
            self._count += len(group.models)
        if empty is not None:
            self._empty = list(empty)
        self.stand_on(key)

    def measure(self, models: Sequence[ListedModel]) -> None:
        """Give the names the room that these need: all there are, so that columns stay while the filter changes."""
        self._longest = max((cell_len(model.id) for model in models), default=0)
        self.refresh()

    @property
    def columns(self) -> Columns:
        """What fits now."""
        return columns(self.size.width, self._longest)

    @property
    def models(self) -> Iterator[ListedModel]:
        """Those that are listed, in order."""
        return (model for group in self._groups for model in group.models)

    @property
    def model(self) -> ListedModel | None:
        """The one under the cursor."""
        return self._model_at(self.cursor) if self.cursor is not None else None

    # As `RowList` asks

    @property
    def row_count(self) -> int:
        return self._count

    def key_at(self, index: int) -> str:
        model = self._model_at(index)
        return model.id if model else ""

    def find(self, key: str) -> int | None:
        for start, group in zip(self._starts, self._groups, strict=True):
            for offset, model in enumerate(group.models):
                if model.id == key:
                    return start + offset
        return None

    def row_at(self, index: int) -> Row:
        if (model := self._model_at(index)) is not None:
            return self._row(model)
        place = bisect_right(self._starts, index + 1) - 1
        if place >= 0 and self._starts[place] == index + 1:
            return Row("", ((f"   {self._groups[place].title}", "faint"),))
        return Row("")

    def under_cursor(self, left: Sequence[Span]) -> list[Span]:
        star = glyph("favourite")
        return [(text, "bold" if tone == "text" else "accent" if text == star else tone) for text, tone in left]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter is left to who holds the list: what it does hangs on the model and on the room there is."""
        return False if action == "choose" else super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        # The first click looks, the second opens: opening leaves the pane. The base would open at once.
        event.prevent_default()
        index = event.y + self.scroll_offset.y
        if index < self.row_count and self.key_at(index):
            if index == self.cursor:
                self.action_choose()
            self.cursor = index

    # What a row is made of

    def _model_at(self, index: int) -> ListedModel | None:
        place = bisect_right(self._starts, index) - 1
        if place < 0:
            return None
        offset = index - self._starts[place]
        models = self._groups[place].models
        return models[offset] if offset < len(models) else None

    def _row(self, model: ListedModel) -> Row:
        note, layout = self._describe(model), self.columns
        gone = note.change == "gone"
        left: list[Span] = [
            (glyph("marked") if note.marked else " ", "accent"),
            (glyph("favourite") if note.favourite else " ", "muted"),
            (" ", "text"),
            *name_cell(
                model.id,
                note.change,
                "warn" if gone or note.change == "dearer" else "accent",
                "faint" if gone else "text",
                layout.name,
            ),
            ("  ", "text"),
            (kind_cell(model.kind, layout), "muted"),
        ]
        takes = state_cell(note.deployment, note.elapsed, layout) if note.deployment else takes_cell(model, layout)
        if takes:
            left += [("  ", "text"), *takes]
        if layout.context:
            left += [("  ", "text"), (context_cell(model, layout), "muted")]
        tone = "text" if any(sign.isdigit() for sign in note.price) and not gone else "faint"
        return Row(model.id, tuple(left), tuple(cut([(note.price, tone)], layout.price)))


class ColumnTitles(OneLine):
    """Titles over the columns of a list."""

    def __init__(self, models: ModelList, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._models = models

    def draw(self) -> None:
        """Say the titles that fit now."""
        left, right = head(self._models.columns)
        self.say(left, [*right, ("  ", "text")])

    def on_resize(self) -> None:
        # After the list has its new size.
        self.call_after_refresh(self.draw)
