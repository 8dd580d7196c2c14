"""What the chat tells of its tools, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen
from oxen_tui.widgets.glyphs import glyph

if TYPE_CHECKING:
    from oxen_tui.panes.chat.tools import Asked, ChatTools
    from oxen_tui.screens.dialogs.command_palette import Command
    from oxen_tui.services.tools.tool import Answered


class ChatToolsMessages(PaneScreen, part=True):
    """Opens the dialogs of tools: one at a time, and only over the conversation that it is about."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        return [*super().commands(), *(Command(*command) for command in self.query_one(ChatPane).tool_commands)]

    def on_chat_tools_tools_wanted(self, event: ChatTools.ToolsWanted) -> None:
        from oxen_tui.screens.dialogs.pick_tools import PickTools

        def take(names: tuple[str, ...] | None) -> None:
            if names is not None:
                self.query_one(ChatPane).switch_tools(names)

        self.app.push_screen(PickTools(event.choices, event.chosen), take)

    def on_screen_resume(self) -> None:
        # A dialog has closed: what waited behind it is asked now.
        if self.query(ChatPane):
            self.query_one(ChatPane).ask_next()

    def on_chat_tools_word_wanted(self, event: ChatTools.WordWanted) -> None:
        asked = event.asked
        if asked.answer.done():
            return
        if self.pane != "chat":
            self._say_once(asked)
        elif self.app.screen is self:
            self._ask(asked)

    def on_chat_tools_word_unneeded(self, event: ChatTools.WordUnneeded) -> None:
        from oxen_tui.screens.dialogs.confirm_tool import ConfirmTool

        dialog = self.app.screen
        if isinstance(dialog, ConfirmTool) and dialog.question is event.asked.question:
            dialog.dismiss(None)

    def _ask(self, asked: Asked) -> None:
        from oxen_tui.screens.dialogs.confirm_tool import ConfirmTool
        from oxen_tui.services.tools.tool import Answered, Verdict

        def take(answered: Answered | None) -> None:
            if not asked.answer.done():
                asked.answer.set_result(answered or Answered(Verdict.NO))

        self.app.push_screen(ConfirmTool(asked.question), take)

    def _say_once(self, asked: Asked) -> None:
        if not asked.announced:
            asked.announced = True
            self.say(f"A tool waits for your word {glyph('dot')} alt+1 shows it")
