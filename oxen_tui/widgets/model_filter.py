"""The filter over a list: one line to type in, how many rows are left, and the words that can be typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from rich.cells import cell_len, set_cell_size
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from oxen_tui.widgets.keys_in_order import act_in_turn
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.row_list import Row, RowList

_WORD_COLUMNS = 16, 32
"""The least and the most cells of the words that can be typed; what they mean stands behind."""


class Completion(Protocol):
    """One way to go on with the word at the cursor; `services.model_completion.Completion` is one."""

    @property
    def word(self) -> str:
        """Takes the place of the text from `start` to `end`."""
        ...

    @property
    def help(self) -> str:
        """What it means, or how many models it finds."""
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


class FilterInput(LineInput):
    """Hands the keys that are not for text to the filter around it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "hand('escape')", "clear, then leave", id="filter.leave"),
        Binding("enter", "hand('enter')", "to the list", id="filter.done"),
        Binding("tab", "hand('tab')", "complete", id="filter.complete"),
        Binding("down", "hand('down')", "Next", show=False, id="filter.down"),
        Binding("up", "hand('up')", "Previous", show=False, id="filter.up"),
        Binding("pagedown", "hand('pagedown')", "To the list", show=False, id="filter.page"),
    ]

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)
    """As of every widget, but the field is as wide as it is: a letter need not lay out the screen."""

    def __init__(self, hand: Callable[[str], None], changed: Callable[[str], None], *, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, select_on_focus=False, id="filter-field")
        self._hand = hand
        self._changed = changed

    def watch_value(self, value: str) -> None:
        self._changed(value)

    async def _on_key(self, event: events.Key) -> None:
        if self.screen.focused is not self:  # typed behind the key that left
            await act_in_turn(self, event)

    def action_hand(self, key: str) -> None:
        self._hand(key)


class ModelFilter(Vertical):
    """A query and its completions. The query is only text here: what it means is the caller's affair."""

    DEFAULT_CSS = """
    ModelFilter {
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
        id: str | None = None,  # noqa: A002
    ) -> None:
        """
        Args:
            complete: Asked at every key.
            changed: Called with what stands in the filter whenever that is something else. Not told by a message:
                a list that follows within the same call is painted together with the letter, not a frame later.
            left: Called when the user is done typing and wants the list. A focus that moves within the same call
                has the keys that were typed behind.
            id: For stylesheets.
        """
        super().__init__(id=id)
        self._complete = complete
        self._tell, self._leave = changed, left
        self._completions: Sequence[Completion] = ()
        self._stale = False
        """Whether the completions are still those of an earlier text."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="filter-line"):
            yield OneLine(id="filter-sign")
            yield FilterInput(self._press, self._take_text, placeholder="words, or output:video, under:$1")
            yield OneLine(id="filter-count")
        yield RowList(steered=True, id="filter-completions")

    def on_mount(self) -> None:
        self._field = self.query_one(FilterInput)
        self._rows = self.query_one(RowList)
        self.query_one("#filter-sign", OneLine).say([("/ ", "text")])

    @property
    def query_text(self) -> str:
        """What stands in the filter."""
        return self._field.value

    def put(self, query: str) -> None:
        """Let this stand there, as if it had been typed."""
        self._field.value = query
        self._field.cursor_position = len(query)
        self._close()

    def say_count(self, words: str, tone: str = "faint") -> None:
        """How many rows are left, at the right end."""
        self.query_one("#filter-count", OneLine).say([], [(words, tone)])

    def focus(self, scroll_visible: bool = True) -> ModelFilter:
        # At once: what is typed behind the key that led here would go elsewhere.
        self.screen.set_focus(self._field, scroll_visible)
        return self

    @property
    def is_completing(self) -> bool:
        return bool(self._completions)

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
        typing = self._field.has_focus and bool(self._field.value.strip())
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
            least, most = _WORD_COLUMNS
            column = min(most, max(least, *(cell_len(each.word) for each in completions)))
            rows = [
                Row(each.word, ((f" {set_cell_size(each.word, column)}", "text"), (f"  {each.help}", "faint")))
                for each in completions
            ]
            self._rows.show(rows)
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
