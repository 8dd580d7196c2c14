"""The filter over a list: one line to type in, how many rows are left, and the words that can be typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from oxen_tui.widgets.filter_field import FilterField
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.row_list import Row, RowList

_HELP_COLUMNS = 16, 32
"""The least and the most cells before what a word means; a longer word has it closer behind."""


class Completion(Protocol):
    """One way to go on with the word at the cursor."""

    @property
    def word(self) -> str:
        """Takes the place of the text from `start` to `end`."""
        ...

    @property
    def help(self) -> str:
        """What it means, or how many rows it finds."""
        ...

    @property
    def goes_on(self) -> bool:
        """Whether more has to be typed behind it (`developer:`), so that no space follows."""
        ...

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Complete = Callable[[str, int], Sequence[Completion]]
"""The ways to go on with what is typed, the cursor being at this character."""


class QueryFilter(Vertical):
    """A query and its completions. The query is only text here: what it means is the caller's affair."""

    DEFAULT_CSS = """
    QueryFilter {
        height: auto;
        & > #filter-line { height: 2; padding: 0; margin: 0 2; border-bottom: solid $line; }
        & #filter-sign { width: 2; height: 1; }
        & #filter-count { width: 18; height: 1; }
        & Input, & Input:focus {
            width: 1fr; height: 1; border: none; padding: 0; background: $bg; color: $text;
            background-tint: $bg 0%;
        }
        & Input > .input--placeholder { color: $faint; }
        & > RowList {
            overlay: screen; constrain: none inside; display: none; width: 56; max-width: 100%;
            height: auto; max-height: 9; margin: 0 2; background: $field;
        }
    }
    """

    def __init__(
        self,
        complete: Complete,
        changed: Callable[[str], None],
        left: Callable[[], None],
        *,
        placeholder: str,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """
        Args:
            complete: Asked at every key.
            changed: Called with what stands in the filter whenever that is something else.
            left: Called when the user is done typing and wants the list.
            placeholder: What can be typed, as long as nothing is.
            id: For stylesheets.
        """
        super().__init__(id=id)
        self._complete, self._tell, self._leave = complete, changed, left
        self._placeholder = placeholder
        self._completions: Sequence[Completion] = ()
        self._stale = False
        """Whether the completions are still those of an earlier text."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="filter-line"):
            yield OneLine(id="filter-sign")
            yield FilterField(self._press, self._take_text, placeholder=self._placeholder, id="filter-field")
            yield OneLine(id="filter-count")
        yield RowList(steered=True, id="filter-completions")

    def on_mount(self) -> None:
        self._field = self.query_one(FilterField)
        self._rows = self.query_one(RowList)
        self.query_one("#filter-sign", OneLine).say([("/ ", "text")])

    @property
    def query_text(self) -> str:
        """What stands in the filter."""
        return self._field.value

    @property
    def has_keys(self) -> bool:
        """Whether something is being typed here."""
        return self.screen.focused is self._field

    @property
    def is_completing(self) -> bool:
        return bool(self._completions)

    def put(self, query: str) -> None:
        """Let this stand there, as if it had been typed."""
        self._field.value = query
        self._field.cursor_position = len(query)
        self._close()

    def say_count(self, words: str, tone: str = "faint") -> None:
        """How many rows are left, at the right end."""
        self.query_one("#filter-count", OneLine).say([], [(words, tone)])

    def focus(self, scroll_visible: bool = True) -> QueryFilter:
        # At once: what is typed behind the key that led here would go elsewhere.
        self.screen.set_focus(self._field, scroll_visible)
        return self

    # What the user does

    def _take_text(self, text: str) -> None:
        self._stale = True
        self._tell(text)

    @on(Input.Changed)
    def _offer(self, event: Input.Changed) -> None:
        event.stop()
        if self._stale:
            self._offer_now()

    def on_descendant_blur(self) -> None:
        self._close()

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self._take()

    def _offer_now(self) -> None:
        self._stale = False
        typing = self.has_keys and bool(self._field.value.strip())
        self._open(self._complete(self._field.value, self._field.cursor_position) if typing else ())

    def _press(self, key: str) -> None:
        if self._stale and key in ("tab", "down"):
            self._offer_now()  # the keys came faster than what can be chosen with them
        if key in ("up", "down") and self.is_completing:
            self._move(1 if key == "down" else -1)
        elif self.is_completing and (key == "tab" or (key == "enter" and self._rows.cursor is not None)):
            self._take()
        elif key == "escape" and self.is_completing:
            self._close()
        elif key == "escape" and self._field.value:
            self.put("")
        elif key != "up":
            self._close()
            self._leave()

    # Completions

    def _open(self, completions: Sequence[Completion]) -> None:
        self._completions = completions
        self._rows.display = bool(completions)
        if completions:
            least, most = _HELP_COLUMNS
            column = min(most, max(least, *(cell_len(each.word) for each in completions)))
            self._rows.show([_row(each, column) for each in completions])
            # No row until one is chosen by key: Enter then still means the words that were typed.
            self._rows.set_reactive(RowList.cursor, None)

    def _move(self, step: int) -> None:
        if self._rows.cursor is None:
            self._rows.cursor = 0 if step > 0 else len(self._completions) - 1
        else:
            self._rows.action_move(step)

    def _close(self) -> None:
        if self._completions:
            self._open(())

    def _take(self) -> None:
        """Write the row under the bar in the place of the word."""
        taken = self._completions[self._rows.cursor or 0]
        value = self._field.value
        written = taken.word if taken.goes_on else taken.word + " "
        self._close()
        self._field.value = value[: taken.start] + written + value[taken.end :].lstrip()
        self._field.cursor_position = taken.start + len(written)


def _row(completion: Completion, column: int) -> Row:
    padding = " " * (column - cell_len(completion.word))
    return Row(completion.word, ((f" {completion.word}{padding}", "text"), (f"  {completion.help}", "faint")))
