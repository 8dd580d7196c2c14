"""What the chat tells of comparisons, and what comes of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.panes.chat.compare import ChatCompare
    from oxen_tui.screens.compare import Compared
    from oxen_tui.screens.dialogs.command_palette import Command
    from oxen_tui.services.comparison.comparison import Comparison


class ChatCompareMessages(PaneScreen, part=True):
    """Opens the dialog in which models are marked, and the screen on which their answers stand side by side."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        return [*super().commands(), *(Command(*command) for command in self.query_one(ChatPane).compare_commands)]

    def on_chat_compare_compare_wanted(self, event: ChatCompare.CompareWanted) -> None:
        from oxen_tui.screens.dialogs.pick_compared import PickCompared

        chat = self.query_one(ChatPane)
        catalogue = self.session.catalogue
        dialog = PickCompared(event.comparing, catalogue.chat_models, catalogue.get)
        self.app.push_screen(dialog, lambda chosen: chat.compare_with(dialog.marked if chosen else ()))

    def on_chat_compare_compare_begun(self, event: ChatCompare.CompareBegun) -> None:
        from oxen_tui.screens.compare import Compare

        chat, comparison = self.query_one(ChatPane), event.comparison
        screen = Compare(comparison, self.session.clock.monotonic, partial(chat.ask_column_again, comparison))
        self.app.push_screen(screen, partial(self._take_comparison, comparison))

    def _take_comparison(self, comparison: Comparison, compared: Compared | None) -> None:
        from oxen_tui.screens.compare import How

        chat = self.query_one(ChatPane)
        if compared is not None and compared.how is How.PICKED:
            chat.go_on_with(comparison, compared.number)
        else:
            chat.leave_comparison(comparison, for_good=compared is None or compared.how is How.CLOSED)
        if compared is not None and compared.pane != self.pane:
            self.pane = compared.pane
