"""What a comparison has on screen: the question, and as many of the answers side by side as there is room for."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from oxen_tui.panes.compare.words import head_of, said_of, tabs_of, turn_of
from oxen_tui.panes.pane import Pane
from oxen_tui.services.comparison.column import Column, ColumnState
from oxen_tui.services.comparison.comparison import Comparison
from oxen_tui.services.conversation.events import (
    AnswerBegun,
    AnswerEnded,
    AnswerGrew,
    ConversationEvent,
    ReasoningGrew,
)
from oxen_tui.widgets import motion
from oxen_tui.widgets.chat.compare_column import CompareColumn
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.one_line import OneLine

NARROWEST = 36
"""Cells of a column that can be read."""
_GUTTER = 2
_LOW = 24
"""Rows under which nothing is left empty."""


class ComparePage(Pane, can_focus=True):
    """Follows the comparison. Asks nothing."""

    DEFAULT_CSS = """
    ComparePage {
        height: 1fr; padding: 1 0 0 0;
        & > #compare-question { height: auto; max-height: 4; margin: 1 0; padding: 0 2; background: $panel; }
        & > #compare-tabs { display: none; margin: 0 0 1 0; }
        & > #compare-columns { height: 1fr; margin: 0 0 1 0; }
        &.-tabs > #compare-tabs { display: block; }
        &.-low { padding: 0; }
        &.-low > #compare-question { margin: 0; max-height: 2; }
        &.-low > #compare-tabs, &.-low > #compare-columns { margin: 0; }
    }
    """

    class Picked(Message):
        """The conversation is to go on with the answer of this column."""

        number: int

    class AgainWanted(Message):
        """The model of this column is to be asked again."""

        number: int

    class Closed(Message):
        """The user has seen enough; nothing runs."""

    class Left(Message):
        """The user goes back to the conversation, whatever runs."""

    def __init__(self, comparison: Comparison, monotonic: Callable[[], float]) -> None:
        super().__init__(id="compare")
        self.comparison = comparison
        self.here = 0
        """The column that keys act on."""
        self._monotonic = monotonic
        self._states: list[ColumnState] = [column.state for column in comparison.columns]
        self._first_shown = 0

    def compose(self) -> ComposeResult:
        yield OneLine(id="compare-head")
        yield Static(id="compare-question")
        yield OneLine(id="compare-tabs")
        with Horizontal(id="compare-columns"):
            for column in self.comparison.columns:
                yield CompareColumn(column.number)

    def on_mount(self) -> None:
        self._head = self.query_one("#compare-head", OneLine)
        self._tabs = self.query_one("#compare-tabs", OneLine)
        self._columns = list(self.query(CompareColumn))
        carried = [each.name for each in self.comparison.asked.attachments]
        words = "\n".join([self.comparison.asked.text, *([" · ".join(carried)] if carried else [])])
        self.query_one("#compare-question", Static).update(Content(words))
        self._ticking = self.set_interval(motion.tick(), self._tell, pause=True)
        self.listen(self.comparison.subscribe, self._hear)
        for column in self.comparison.columns:
            self._show(column)
        self._tell()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < _LOW, "-low")
        for column in self._columns:
            column.set_class(event.size.height < _LOW, "-low")
        self._place()
        self._tell()

    # --- what is told of the answers -------------------------------------------------------------------------------

    def _hear(self, column: Column, event: ConversationEvent | None) -> None:
        transcript = self._columns[column.number].transcript
        before, self._states[column.number] = self._states[column.number], column.state
        match event:
            case AnswerGrew(message_id=message_id, text=text):
                if before is ColumnState.THINKING:
                    transcript.update_turn(message_id, reasoning_seconds=column.reasoning_seconds)
                transcript.grow(message_id, text)
            case ReasoningGrew(message_id=message_id, text=text):
                transcript.grow_reasoning(message_id, text)
            case AnswerEnded(message=message):
                turn = turn_of(column)
                transcript.update_turn(
                    *(message.id,),
                    streaming=False,
                    note=turn.note,
                    trouble=turn.trouble,
                    reasoning_seconds=turn.reasoning_seconds,
                )
            case AnswerBegun() | None:
                self._show(column)
            case _:
                pass
        if before is not column.state or event is None or isinstance(event, AnswerBegun):
            self._tell()
            self.refresh_bindings()

    def _show(self, column: Column) -> None:
        """Put all of an answer that there is into its column."""
        shown = [] if column.message is None and column.is_running else [turn_of(column)]
        self._columns[column.number].transcript.show(shown)

    def _tell(self) -> None:
        """Bring what stands round the answers up to date; costs nothing where it is what is shown already."""
        (self._ticking.resume if self.comparison.is_running else self._ticking.pause)()
        columns, now = self.comparison.columns, self._monotonic()
        self._head.say(*head_of(self.comparison))
        for column, widget in zip(columns, self._columns, strict=True):
            widget.tell(said_of(column, columns, now), here=column.number == self.here)
        self._tabs.say(tabs_of(columns, self.here, self.size.width))

    # --- which are seen --------------------------------------------------------------------------------------------

    @property
    def column(self) -> Column:
        """The one that keys act on."""
        return self.comparison.columns[self.here]

    @property
    def shown(self) -> CompareColumn:
        """The same on screen."""
        return self._columns[self.here]

    def go_to(self, number: int) -> None:
        """Let keys act on this column, and have it in view."""
        self.here = number
        self._place()
        self._tell()
        self.refresh_bindings()

    def _place(self) -> None:
        """Show as many columns as have room, this one among them."""
        count = len(self._columns)
        fit = max(1, min(count, (self.size.width + _GUTTER) // (NARROWEST + _GUTTER)))
        self._first_shown = max(min(self._first_shown, self.here, count - fit), self.here - fit + 1)
        for column in self._columns:
            column.display = self._first_shown <= column.number < self._first_shown + fit
            column.set_class(column.number == self._first_shown + fit - 1, "-last")
        self.set_class(fit < count, "-tabs")
