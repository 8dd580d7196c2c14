"""What opens over the screen: help, the palette, colours, the connection.

Dialogs are loaded by the action that opens them: all of them together would cost the start a tenth of its time.
"""

from __future__ import annotations

from abc import abstractmethod
from contextlib import AbstractAsyncContextManager
from inspect import isawaitable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from oxen_tui.app_terminal import AppTerminal
from oxen_tui.paths import Paths
from oxen_tui.screens.main import MainScreen
from oxen_tui.services.server.connection import Place
from oxen_tui.settings import SettingsError, change_settings
from oxen_tui.widgets import glyphs, palette

if TYPE_CHECKING:
    from oxen_tui.api.secret import Secret
    from oxen_tui.screens.dialogs.command_palette import Command
    from oxen_tui.screens.dialogs.pick import Pick
    from oxen_tui.services.server.connecting import Connected
    from oxen_tui.services.server.key_check import KeyClient


@runtime_checkable
class Tells(Protocol):
    """A screen that says what its keys do, and what can be done there by name."""

    def help_of_focus(self) -> tuple[str, list[tuple[str, str]]]: ...
    def commands(self) -> list[Command]: ...


class AppDialogs(AppTerminal, part=True):
    """An app whose actions open dialogs."""

    place: Place
    paths: Paths

    @abstractmethod
    async def _enter(self, place: Place) -> None:
        """Close the session that is open and show one of this place."""

    @property
    def _main(self) -> MainScreen | None:
        return next((screen for screen in self.screen_stack if isinstance(screen, MainScreen)), None)

    def action_help(self) -> None:
        """Say what the keys do where the focus is."""
        from oxen_tui.screens.dialogs.help import Help

        if not isinstance(self.screen, Help):
            asked = self.screen if isinstance(self.screen, Tells) else self._main
            where, notes = asked.help_of_focus() if asked else ("", [])
            self.push_screen(Help(where, list(self.screen.active_bindings.values()), notes))

    def action_connect(self) -> None:
        """Ask for a server and a key, and go there."""
        from oxen_tui.screens.dialogs.connect import Connect
        from oxen_tui.services.server.connecting import Connecting
        from oxen_tui.services.server.credentials import Credentials

        connecting = Connecting(
            Credentials(self.paths.credentials_file), self.settings, self.paths.settings_file, _make_client
        )
        self.push_screen(Connect(connecting, self.place.base_url), self._connected)

    def _connected(self, connected: Connected | None) -> None:
        # Not from here: the screen that waits for the dialog's answer ends when another session is entered, and
        # whatever is still to be done in its name is never done.
        if connected is not None:
            self.call_later(self._go_to, connected)

    async def _go_to(self, connected: Connected) -> None:
        await self._enter(connected.place)
        self.notify(f"{glyphs.glyph('done')} {connected.check.words}", markup=False)
        if connected.not_kept:
            self.notify(f"{glyphs.glyph('failed')} {connected.not_kept}", severity="error", markup=False)

    def action_command_palette(self) -> None:
        """Offer everything by name."""
        from oxen_tui.screens.dialogs.command_palette import Command, CommandPalette

        if isinstance(self.screen, CommandPalette):
            return
        commands = [
            Command("Connect to a server", "/connect", self.action_connect),
            Command("Keys and help", "F1", self.action_help),
            Command("Theme", "/theme", self.action_change_theme),
            Command("Quit", "ctrl+q", self.action_quit),
        ]
        asked = self.screen if isinstance(self.screen, Tells) else self._main
        if asked is not None:
            commands = [*asked.commands(), *commands]

        async def run(name: str | None) -> None:
            for command in commands:
                if command.name == name and isawaitable(outcome := command.run()):
                    await outcome

        self.push_screen(CommandPalette(commands), run)

    def action_change_theme(self, name: str = "") -> None:
        """Wear the colours of this name and keep them, or choose some, seen at once."""
        if name in self.available_themes:
            self.theme = name
            self._keep_setting(theme=name)
            return
        from oxen_tui.screens.dialogs.pick_theme import PickTheme

        before = self.theme
        ours = [theme.name for theme in palette.THEMES]
        others = sorted(name for name in self.available_themes if name not in ours)

        def keep(name: str | None) -> None:
            self.theme = name or before
            if name:
                self._keep_setting(theme=name)

        self.push_screen(PickTheme([*ours, *others], before), keep)

    def on_pick_looked(self, event: Pick.Looked) -> None:
        """The bar is on another row of a dialog; where colours are chosen they are worn at once."""
        if event.key in self.available_themes and self.screen.name == "themes":
            self.theme = event.key

    def _keep_setting(self, **changes: object) -> None:
        try:
            self.settings = change_settings(self.paths.settings_file, **changes)
        except SettingsError as error:
            self.notify(f"{error.title}. {error.advice}", severity="error", markup=False)


def _make_client(base_url: str, key: Secret | None) -> AbstractAsyncContextManager[KeyClient]:
    from oxen_tui.api.client import Client  # loads the network library: not before it is needed

    return Client(base_url, key)
