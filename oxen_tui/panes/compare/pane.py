"""The comparison: one question, the answers of several models beside each other, one of which is gone on with."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.binding import BindingType

from oxen_tui.panes.compare.keys import COMPARE_BINDINGS, COMPARE_COMMANDS
from oxen_tui.panes.compare.page import ComparePage
from oxen_tui.widgets.chat.compare_column import CompareColumn
from oxen_tui.widgets.driver.keys_in_order import act_in_turn
from oxen_tui.widgets.transcript.view import Transcript
from oxen_tui.widgets.wording import counted


class ComparePane(ComparePage):
    """What is done with the answer that the keys act on."""

    BINDINGS: ClassVar[list[BindingType]] = COMPARE_BINDINGS
    COMMANDS = COMPARE_COMMANDS

    async def _on_key(self, event: events.Key) -> None:
        await act_in_turn(self, event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only shown, and only work, where they do something."""
        return not self.is_mounted or self.may(action)

    def may(self, action: str) -> bool:
        """Whether it does something now."""
        match action:
            case "stop_all":
                return self.comparison.is_running
            case "close":
                return not self.comparison.is_running
            case "stop_one":
                return self.column.is_running
            case "again":
                return not self.column.is_running
            case "copy":
                return bool(self.column.text)
            case _:
                return True

    # --- which one -------------------------------------------------------------------------------------------------

    def action_other(self, step: int) -> None:
        self.go_to((self.here + step) % len(self.comparison.columns))

    def action_choose(self, number: int) -> None:
        if number < len(self.comparison.columns):
            self.go_to(number)

    @on(CompareColumn.Touched)
    def _go_to_touched(self, event: CompareColumn.Touched) -> None:
        event.stop()
        if event.number != self.here:
            self.go_to(event.number)

    # --- reading it ------------------------------------------------------------------------------------------------

    def action_scroll(self, rows: int) -> None:
        self.shown.transcript.scroll_lines(rows)

    def action_page(self, pages: int) -> None:
        self.shown.transcript.action_page(pages)

    def action_edge(self, end: int) -> None:
        (self.shown.transcript.action_end if end else self.shown.transcript.action_top)()

    def action_fold(self) -> None:
        self.shown.fold()

    def action_copy(self) -> None:
        text = self.column.text
        self.app.copy_to_clipboard(text)
        self.say(f"Copied the answer: {counted(len(text.splitlines()), 'line')}")

    def action_copy_code(self) -> None:
        self.shown.transcript.action_copy_code()

    @on(Transcript.Copied)
    def _say_copied(self, event: Transcript.Copied) -> None:
        event.stop()
        self.app.copy_to_clipboard(event.text)
        self.say(f"Copied {event.what}: {counted(len(event.text.splitlines()), 'line')}")

    @on(Transcript.LinkChosen)
    def _copy_link(self, event: Transcript.LinkChosen) -> None:
        event.stop()
        self.app.copy_to_clipboard(event.href)
        self.say(f"Copied the link {event.href}")

    # --- going on --------------------------------------------------------------------------------------------------

    def action_pick(self) -> None:
        """Go on with this answer; others that still come are stopped."""
        if self.column.can_be_picked:
            self.post_message(self.Picked(self.here))
        else:
            again = "" if self.column.is_running else ": r asks again"
            self.in_trouble(f"{self.column.model} has said nothing to go on with{again}")

    def action_again(self) -> None:
        self.post_message(self.AgainWanted(self.here))

    def action_stop_one(self) -> None:
        self.comparison.stop(self.here)

    def action_stop_all(self) -> None:
        self.comparison.stop_all()

    def action_close(self) -> None:
        self.post_message(self.Closed())

    def action_leave(self) -> None:
        self.post_message(self.Left())
