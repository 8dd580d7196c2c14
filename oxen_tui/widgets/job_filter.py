"""The line in which a list of jobs is narrowed, and the words that can be typed there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from rich.cells import cell_len, set_cell_size
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from oxen_tui.widgets.keys_in_order import act_in_turn
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.row_list import Row, RowList


class Completion(Protocol):
    """One way to go on with the word at the cursor."""

    @property
    def word(self) -> str:
        """Takes the place of the text from `start` to `end`."""
        ...

    @property
    def help(self) -> str:
        """What it means."""
        ...

    @property
    def goes_on(self) -> bool:
        """Whether more has to be typed behind it (`state:`), so that no space follows."""
        ...

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class JobWords(LineInput):
    """Hands the keys that are not for text to the line around it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "hand('escape')", "clear, then leave", id="filter.leave"),
        Binding("enter", "hand('enter')", "to the list", id="filter.done"),
        Binding("tab", "hand('tab')", "complete", id="filter.complete"),
        Binding("down", "hand('down')", "Next", show=False, id="filter.down"),
        Binding("up", "hand('up')", "Previous", show=False, id="filter.up"),
    ]

    def __init__(self, hand: Callable[[str], None], changed: Callable[[], None]) -> None:
        super().__init__(placeholder="words, or state:failed, kind:video, today", select_on_focus=False)
        self._hand, self._changed = hand, changed

    def watch_value(self) -> None:
        self._changed()

    async def _on_key(self, event: events.Key) -> None:
        if not self.has_focus:  # typed behind the key that left
            await act_in_turn(self, event)

    def action_hand(self, key: str) -> None:
        self._hand(key)


class JobFilter(Vertical):
    """A query and its completions. The query is only text here: what it means is the caller's affair."""

    DEFAULT_CSS = """
    JobFilter {
        height: auto;
        & > #job-filter-line { height: 2; padding: 0; margin: 0 2; border-bottom: solid $line; }
        & #job-filter-sign { width: 2; height: 1; }
        & #job-filter-count { width: 14; height: 1; }
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
        complete: Callable[[str, int], Sequence[Completion]],
        changed: Callable[[], None],
        left: Callable[[], None],
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """
        Args:
            complete: The ways to go on with what is typed, the cursor being at this character.
            changed: Called when something else stands in the line.
            left: Called when the user is done typing and wants the list.
            id: For stylesheets.
        """
        super().__init__(id=id)
        self._complete, self._changed, self._left = complete, changed, left
        self._completions: Sequence[Completion] = ()

    def compose(self) -> ComposeResult:
        with Horizontal(id="job-filter-line"):
            yield OneLine(id="job-filter-sign")
            yield JobWords(self._press, self._changed)
            yield OneLine(id="job-filter-count")
        yield RowList(steered=True, id="job-filter-completions")

    def on_mount(self) -> None:
        self._field = self.query_one(JobWords)
        self._rows = self.query_one(RowList)
        self.query_one("#job-filter-sign", OneLine).say([("/ ", "text")])

    @property
    def query_text(self) -> str:
        """What stands in the line."""
        return self._field.value

    @property
    def has_keys(self) -> bool:
        """Whether something is being typed here."""
        return self.screen.focused is self._field

    def put(self, query: str) -> None:
        """Let this stand there, as if it had been typed."""
        self._field.value = query
        self._field.cursor_position = len(query)
        self._close()

    def say_count(self, words: str) -> None:
        """How many jobs are left, at the right end."""
        self.query_one("#job-filter-count", OneLine).say([], [(words, "faint")])

    def focus(self, scroll_visible: bool = True) -> JobFilter:
        # At once: what is typed behind the key that led here would go elsewhere.
        self.screen.set_focus(self._field, scroll_visible)
        return self

    # What the user does

    @on(Input.Changed)
    def _offer(self, event: Input.Changed) -> None:
        event.stop()
        typing = self.has_keys and bool(event.value.strip())
        self._open(self._complete(event.value, self._field.cursor_position) if typing else ())

    def on_descendant_blur(self) -> None:
        self._close()

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self._take()

    def _press(self, key: str) -> None:
        if key in ("up", "down") and self._completions:
            self._move(1 if key == "down" else -1)
        elif self._completions and (key == "tab" or (key == "enter" and self._rows.cursor is not None)):
            self._take()
        elif key == "escape" and self._completions:
            self._close()
        elif key == "escape" and self._field.value:
            self.put("")
        elif key != "up":
            self._close()
            self._left()

    # Completions

    def _open(self, completions: Sequence[Completion]) -> None:
        self._completions = completions
        self._rows.display = bool(completions)
        if completions:
            column = max(cell_len(each.word) for each in completions)
            self._rows.show(
                [
                    Row(each.word, ((f" {set_cell_size(each.word, column)}", "text"), (f"  {each.help}", "faint")))
                    for each in completions
                ]
            )
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
