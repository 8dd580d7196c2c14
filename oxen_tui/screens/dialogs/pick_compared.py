"""Marks two to four models that are asked the same: Space on a row, Enter asks them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.api.model import Model
from oxen_tui.money import money
from oxen_tui.panes.chat.compare import Comparing
from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.pick import Pick
from oxen_tui.services.comparison.comparison import FEWEST, MOST
from oxen_tui.services.comparison.price import ANSWER_TOKENS, in_all, question_cost
from oxen_tui.services.conversation.attachments import refusal
from oxen_tui.services.price.words import short_price
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.row_list import Row, RowList

_LONGEST_ID = 26
"""Cells; makers stand behind the ids in a column of their own, unless an id is longer than this."""
_WITH_PRICES = 80
"""Columns of the terminal from which there is room for makers and for prices by the token."""
_NO_QUESTION = "The question is written next, in the composer"
_LOW = 24
"""Rows of the terminal under which nothing is left empty."""
_MOST_ROWS = 400
"""That are drawn; more are found by typing."""


class NameInput(LineInput):
    """Leaves Space to the dialog: ids of models have none."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return key != "space" and super().check_consume_key(key, character)


class PickCompared(Pick):
    """Answers a word where models are to be asked: those in `marked`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "mark", id="compare.mark", priority=True),
    ]

    DEFAULT_CSS = """
    PickCompared > .dialog {
        width: 92;
        & #question { color: $muted; margin: 0 0 1 0; height: 1; }
        & #notice { color: $warn; }
        & #about { margin: 1 0 0 0; }
        &.-low .title, &.-low #question { margin: 0; }
    }
    """

    HINT = "space marks   enter asks them   esc leaves it"

    def __init__(self, comparing: Comparing, models: Sequence[Model], known: Callable[[str], Model | None]) -> None:
        """
        Args:
            comparing: What is to be asked.
            models: All that answer in text.
            known: Finds one by its id.
        """
        super().__init__(
            "Ask two to four models the same", "a name, or a part of one", empty=["No models known here"]
        )
        self._comparing = comparing
        self._models = models
        self._known = known
        self._lately = [self._model(each) for each in comparing.lately]
        fit = [each for each in comparing.marked if not self._refused(self._model(each))]
        self.marked: tuple[str, ...] = tuple(fit[:MOST])
        """In the order in which they were marked: that of the columns."""

    def compose(self) -> ComposeResult:
        question = clean_line(self._comparing.question, 400)
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="title")
            yield Static(Content(f"“{question}”" if question else _NO_QUESTION), id="question")
            yield NameInput(placeholder=self._placeholder)
            yield Static(id="notice")
            yield RowList(empty=self._empty, steered=True)
            yield Static(id="about", classes="label")
            yield Static(self.HINT, classes="hint")

    def on_mount(self) -> None:
        self._tell()

    def on_resize(self) -> None:
        self.query_one(".dialog").set_class(self._is_low, "-low")

    @property
    def around(self) -> int:
        return 12 if self._is_low else 15

    @property
    def _is_low(self) -> bool:
        return self.app.size.height < _LOW

    # --- rows ------------------------------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        return self._lately[0].id if self._lately else ""

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        if words:
            rows = self._rows(islice(self._found(words), _MOST_ROWS))
            name = clean_line(typed.strip())
            if all(row.key != name for row in rows):
                rows.append(Row(name, ((" use ", "faint"), (name, "text"), (" as typed", "faint"))))
            return rows
        lately = {model.id for model in self._lately}
        others = list(islice((model for model in self._models if model.id not in lately), _MOST_ROWS))
        rows = self._rows([*self._lately, *others])
        heads = "one question" + (f"{'in · out':>24}" if self._is_wide else "")
        if self._is_low:
            return [Row("", (("", "title"),), ((heads, "faint"),)), *rows]
        return [
            Row("", ((" Used lately", "title"),), ((heads, "faint"),)),
            *rows[: len(self._lately)],
            Row(""),
            Row("", ((" All others", "title"),)),
            *rows[len(self._lately) :],
        ]

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= _WITH_PRICES

    def _found(self, words: Sequence[str]) -> Iterator[Model]:
        known = {model.id for model in self._models}
        strangers = [model for model in self._lately if model.id not in known]
        for model in (*strangers, *self._models):
            if all(word in f"{model.id} {model.display_name} {model.developer}".casefold() for word in words):
                yield model

    def _rows(self, models: Iterable[Model]) -> list[Row]:
        models = list(models)
        column = min(_LONGEST_ID, max([cell_len(model.id) for model in models], default=0))
        return [self._row(model, column if self._is_wide else None) for model in models]

    def _row(self, model: Model, column: int | None) -> Row:
        """A row with maker and prices, or without both."""
        place = self.marked.index(model.id) + 1 if model.id in self.marked else 0
        refused = self._refused(model)
        mark: Span = (f" {place or ' '} ", "accent")
        name: Span = (model.id, "faint" if refused else "text")
        left: list[Span] = [mark, name]
        if column is not None:
            left.append((f"{' ' * max(0, column - cell_len(model.id))}  {model.developer}", "faint"))
        if refused:
            return Row(model.id, tuple(left), ((f"takes no {refused}", "warn"),))
        cost = self._cost(model)
        price = "" if column is None else f"{short_price(model.pricing):>24}"
        return Row(
            model.id,
            tuple(left),
            ((f"{'?' if cost is None else money(cost, estimate=True):>10}", "text"), (price, "muted")),
        )

    def _model(self, key: str) -> Model:
        """The model of this id, or all that can be said of one that no list has."""
        return self._known(key) or Model(key)

    def _refused(self, model: Model) -> str:
        return refusal(self._comparing.attachments, model.inputs)

    def _cost(self, model: Model) -> float | None:
        about = self._comparing
        return question_cost(model, about.question, about.context, about.attachments)

    # --- marking ---------------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the row under the bar, or no longer."""
        if key := self.query_one(RowList).highlighted:
            self._mark(key)

    def _mark(self, key: str) -> None:
        if key in self.marked:
            self.marked = tuple(each for each in self.marked if each != key)
        elif refused := self._refused(self._model(key)):
            self.say(f"{key} takes no {refused}, which are attached")
            return
        elif len(self.marked) == MOST:
            self.say(f"{MOST} are marked: space on one of them takes its mark away")
            return
        else:
            self.marked = (*self.marked, key)
        self.say("")
        here = self.query_one(RowList).highlighted
        self.redraw()
        self.query_one(RowList).highlight(here)
        self._tell()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A click marks."""
        event.stop()
        self._mark(event.key)

    def take(self, key: str) -> None:
        """Enter: ask those that are marked."""
        if len(self.marked) < FEWEST:
            self.say(f"Mark {FEWEST} to {MOST} models: space on a row")
        else:
            self.dismiss("ask")

    def _tell(self) -> None:
        """Who is asked, and what that costs."""
        names = "   ".join(f"{number} {name}" for number, name in enumerate(self.marked, 1)) or "none is marked"
        lines = [clean_line(names, 200)]
        if self.marked:
            media = [each for each in self._comparing.attachments if each.kind != "text"]
            costs = in_all([self._cost(self._model(each)) for each in self.marked])
            how = (
                "what is attached counts as its provider says" if media else f"with {ANSWER_TOKENS} tokens of answer"
            )
            lines.append(f"One question: {costs}, {how}")
        self.query_one("#about", Static).update(Content("\n".join(lines)))
