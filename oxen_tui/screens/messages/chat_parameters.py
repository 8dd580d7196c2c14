"""What the chat tells of what is set for a conversation, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen

if TYPE_CHECKING:
    from oxen_tui.panes.chat.parameters import ChatParameters
    from oxen_tui.panes.chat.presets import ChatPresets
    from oxen_tui.screens.dialogs.command_palette import Command
    from oxen_tui.screens.dialogs.pick_preset import Choice


class ChatParametersMessages(PaneScreen, part=True):
    """Opens the dialogs; they are loaded when they open."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        chat = self.query_one(ChatPane)
        own = (*chat.parameter_commands, *chat.preset_commands)
        return [*super().commands(), *(Command(*command) for command in own)]

    def on_chat_parameters_parameters_wanted(self, event: ChatParameters.ParametersWanted) -> None:
        from oxen_tui.screens.dialogs.parameters import Parameters

        def take(parameters: Mapping[str, Any] | None) -> None:
            if parameters is not None:
                self.query_one(ChatPane).set_parameters(parameters)

        self.app.push_screen(Parameters(event.model, event.parameters), take)

    def on_chat_parameters_system_prompt_wanted(self, event: ChatParameters.SystemPromptWanted) -> None:
        from oxen_tui.screens.dialogs.system_prompt import SystemPrompt

        def take(text: str | None) -> None:
            if text is not None:
                self.query_one(ChatPane).set_system_prompt(text)

        self.app.push_screen(SystemPrompt(event.text), take)

    def on_chat_presets_presets_wanted(self, event: ChatPresets.PresetsWanted) -> None:
        from oxen_tui.screens.dialogs.ask_line import AskLine
        from oxen_tui.screens.dialogs.pick_preset import PickPreset

        chat = self.query_one(ChatPane)

        def take(choice: Choice | None) -> None:
            match choice:
                case ("use", preset) if preset is not None:
                    chat.action_preset(preset.name)
                case ("save", _):
                    self.app.push_screen(
                        AskLine("Name of the preset"), lambda name: chat.save_preset(name) if name else None
                    )
                case ("delete", preset) if preset is not None:
                    chat.delete_preset(preset)

        self.app.push_screen(PickPreset(event.presets), take)
