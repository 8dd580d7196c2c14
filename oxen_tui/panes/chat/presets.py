"""Presets in the chat: a conversation is begun with a prompt, a model and settings that have a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.message import Message

if TYPE_CHECKING:
    from oxen_tui.store.presets import Preset


class ChatPresets(AskingPage, part=True):
    """Begins conversations with presets, and keeps what is set as one."""

    class PresetsWanted(Message):
        """One is to be chosen, made or deleted."""

        presets: Sequence[Preset]

    def action_preset(self, name: str = "") -> None:
        """Begin a conversation with the preset of this name, or show all of them."""
        self._work(partial(self._preset, name), "presets")

    async def _preset(self, name: str) -> None:
        try:
            presets = await self.session.store.presets.all()
        except StoreError as error:
            self.in_trouble(str(error))
            return
        if not name:
            self.post_message(self.PresetsWanted(presets))
            return
        chosen = next((each for each in presets if each.name.casefold() == name.casefold()), None)
        if chosen is None:
            self.in_trouble(f"No preset is called {name}: /preset lists them")
        else:
            self._begin_with(chosen)

    def _begin_with(self, preset: Preset) -> None:
        self.show_conversation(None)
        self.model = preset.model or self.model
        self._system_prompt = preset.system_prompt
        self._settings = replace(preset.settings, preset=preset.name)
        self._draw_status()
        self.say(f"A new conversation with {preset.name}")

    def save_preset(self, name: str) -> None:
        """Keep the model and what is set for the conversation on screen under this name."""
        from oxen_tui.store.presets import Preset

        settings = replace(self.shown_settings, preset="", left_out=None)
        preset = Preset(name, self.model, self.shown_system_prompt, settings)
        self._work(partial(self._save_preset, preset), "presets")

    async def _save_preset(self, preset: Preset) -> None:
        try:
            await self.session.store.presets.save(preset)
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            self.say(f"Kept · /preset {preset.name} begins a conversation with it")

    def delete_preset(self, preset: Preset) -> None:
        """Take it away; `u` brings it back."""
        self._work(partial(self._delete_preset, preset), "presets")

    async def _delete_preset(self, preset: Preset) -> None:
        presets = self.session.store.presets
        try:
            await presets.delete(preset.name)
        except StoreError as error:
            self.in_trouble(str(error))
        else:
            self._bring_back = lambda: presets.save(preset)
            self.refresh_bindings()
            self.say(f"Preset {preset.name} deleted · u in the conversation brings it back")

    @property
    def preset_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [("Presets: begin with one, keep one", "/preset", self.action_preset)]
