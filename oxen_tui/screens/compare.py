"""The full screen on which the answers of several models are read beside each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar

from textual.binding import Binding, BindingType

from oxen_tui.panes.compare.pane import ComparePane
from oxen_tui.screens.full_screen import FullScreen
from oxen_tui.services.comparison.comparison import Comparison
from oxen_tui.widgets.pane_bar import PANES


class How(Enum):
    """How a comparison was left."""

    PICKED = auto()
    CLOSED = auto()
    LEFT = auto()
    """It may go on."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it."""

    how: How
    number: int = 0
    """The column that was picked."""
    pane: str = "chat"
    """Where to go."""


class Compare(FullScreen[Compared]):
    """Answers what came of it."""

    HELP_TITLE = "comparison"

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"alt+{number}", f"pane('{pane}')", pane.capitalize(), show=False, id=f"compare.pane_{pane}")
            for number, pane in enumerate(PANES, 1)
        ),
    ]

    def __init__(
        self, comparison: Comparison, monotonic: Callable[[], float], ask_again: Callable[[int], None]
    ) -> None:
        """
        Args:
            comparison: Begun, or about to be.
            monotonic: Its clock.
            ask_again: Asks the model of a column once more.
        """
        super().__init__(ComparePane(comparison, monotonic))
        self.comparison = comparison
        self._ask_again = ask_again

    # --- what the pane tells --------------------------------------------------------------------------------------

    def on_compare_page_picked(self, event: ComparePane.Picked) -> None:
        self.dismiss(Compared(How.PICKED, event.number))

    def on_compare_page_closed(self) -> None:
        self.dismiss(Compared(How.CLOSED))

    def on_compare_page_left(self) -> None:
        self.dismiss(Compared(How.LEFT))

    def action_pane(self, pane: str) -> None:
        self.dismiss(Compared(How.LEFT, pane=pane))

    def on_compare_page_again_wanted(self, event: ComparePane.AgainWanted) -> None:
        self._ask_again(event.number)
