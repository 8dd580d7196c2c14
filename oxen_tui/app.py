"""The app: theme, settings, keys, the session of the moment and its screen. Opens and closes them, no more."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import constants, on
from textual._context import active_message_pump
from textual.binding import Binding, BindingType
from textual.screen import Screen

from oxen_tui.app_dialogs import AppDialogs
from oxen_tui.panes.mistake import Mistake
from oxen_tui.paths import Paths
from oxen_tui.screens.main import MainScreen
from oxen_tui.screens.styled_once import Ground
from oxen_tui.services.server.connection import Place
from oxen_tui.services.session import Session, open_session
from oxen_tui.settings import Settings
from oxen_tui.setup_error import SetupError
from oxen_tui.terminal import display
from oxen_tui.terminal.display import PictureMode
from oxen_tui.terminal.picture_mode import Choice
from oxen_tui.terminal.probe import TerminalFacts
from oxen_tui.widgets import glyphs, motion, palette
from oxen_tui.widgets.driver import alt_digits, gone_widgets, harmless_paste, lost_terminal, terminal_answers
from oxen_tui.widgets.picture import terminal as picture_terminal

if TYPE_CHECKING:
    from oxen_tui.services.gallery.opened_files import OpenedFile

_log = logging.getLogger(__name__)

_SECOND_PRESS = 3.0
"""Seconds within which ctrl+c again quits."""

OpenSession = Callable[[Place], Awaitable[Session]]


class OxenTuiApp(AppDialogs):
    """One session at a time: `/connect` closes it and opens another."""

    TITLE = "oxen-tui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # ours is of one family with the other dialogs

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit"),
        Binding("ctrl+c", "interrupt", "Clear, then quit", show=False, priority=True, id="app.interrupt"),
        Binding("question_mark,f1", "help", "help", id="app.help"),
        Binding("ctrl+p,ctrl+k", "command_palette", "palette", priority=True, id="app.palette"),
    ]

    def __init__(self, place: Place, paths: Paths, settings: Settings, open_place: OpenSession | None = None) -> None:
        super().__init__()
        palette.install(self, theme_of(settings))
        alt_digits.install()
        harmless_paste.install()
        lost_terminal.install()
        gone_widgets.install()
        glyphs.use(glyphs.choose(settings.glyphs, sys.stdout.encoding or "ascii"))
        motion.reduce(settings.reduced_motion)
        if settings.reduced_motion:
            self.animation_level = "none"
        self.place, self.paths, self.settings = place, paths, settings
        self.session: Session | None = None
        self.mistakes: list[BaseException] = []
        """Exceptions that nobody named, newest last. Empty, or there is a bug."""
        self._open_place: OpenSession = open_place or partial(open_session, paths=paths)
        self.setup_error: SetupError | None = None
        """Why the app could not open; told on stderr once the terminal is free again."""
        self._interrupted = 0.0
        self.files: Sequence[OpenedFile] = ()
        """To be looked at first."""
        self.loud: bool | None = None
        """Whether a mistake of ours ends the app, so that tests hear of it; None is: without a terminal."""
        self._recovered: list[float] = []
        self.set_keymap({action: ",".join(keys) for action, keys in settings.keys.items()})

    def get_css_variables(self) -> dict[str, str]:
        return palette.with_tokens(super().get_css_variables())

    def refresh_css(self, animate: bool = True) -> None:
        """Style all screens anew, as after a change of the theme."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:  # the first theme is taken before there is a screen, which then parses all of it anyway
            self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        return Ground()

    async def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._take_signal, number)
        self.put_title()
        try:
            await self._enter(self.place)
        except SetupError as error:
            self.setup_error = error
            self.exit(2)
            return
        self.call_after_refresh(_collect_from_now_on)
        if self.files and self._main is not None:
            self._main.call_after_refresh(self._main.view_files, self.files)
        for warning in (*self.settings.warnings, *self.place.warnings):
            self.notify(warning, severity="warning", markup=False)

    def _take_signal(self, number: int) -> None:
        self.run_worker(self._end_from_outside(128 + number), group="end", exit_on_error=False)

    async def _end_from_outside(self, code: int) -> None:
        """A signal, or the terminal is gone: what was arriving is kept as cut off, nobody is asked."""
        if self.session is not None:
            await self.session.interrupt()
        await self.leave(code)

    async def leave(self, code: int = 0) -> None:
        """End the program with this exit code; what stands unsent is kept."""
        await self._put_away()
        await picture_terminal.quiet(self)
        self.exit(code)

    async def _put_away(self) -> None:
        if self._main is not None:
            await self._main.put_away()

    async def on_unmount(self) -> None:
        await picture_terminal.close(self)
        self.take_title_back()
        if self.session is not None:
            await self.session.close()

    async def _enter(self, place: Place) -> None:
        """Close the session that is open and show one of this place."""
        await self._put_away()
        old, self.session = self.session, await self._open_place(place)
        self.session.settings = self.settings
        self.place = place
        screen = MainScreen(self.session)
        if old is None:
            await self.push_screen(screen)
        else:
            await self._show_instead(screen)
            await old.close()

    async def _show_instead(self, screen: MainScreen) -> None:
        """Take this main screen for the one that there is, and what lies over that away."""
        while len(self.screen_stack) > 1 and not isinstance(self.screen, MainScreen):
            await self.pop_screen()
        await self.switch_screen(screen)

    # --- keys that work everywhere --------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Leave; first say what would be broken off."""
        from oxen_tui.screens.dialogs.confirm import Confirm

        stakes = self._main.at_stake if self._main else []
        if not stakes or isinstance(self.screen, Confirm):
            await self.leave()
            return
        self.push_screen(Confirm("Quit now?", " ".join(stakes), "quits"), self._quit_if)

    async def _quit_if(self, yes: bool | None) -> None:
        if yes:
            await self.leave()

    async def action_interrupt(self) -> None:
        """Copy what is selected; else clear the composer; else ask, and quit on the second press."""
        if selected := self.screen.get_selected_text():
            self.copy_to_clipboard(selected)
            self.screen.clear_selection()
            self.notify("Copied", timeout=2, markup=False)
        elif self._main and self.screen is self._main and self._main.clear_composer():
            return
        elif time.monotonic() - self._interrupted < _SECOND_PRESS:
            await self.leave()
        else:
            self._interrupted = time.monotonic()
            self.notify("ctrl+c again quits", timeout=_SECOND_PRESS, markup=False)

    # --- mistakes of ours -----------------------------------------------------------------------------------------

    @on(Mistake)
    def _take_mistake(self, event: Mistake) -> None:
        self.mistakes.append(event.error)
        # Without locals: a traceback must not print what the user wrote, nor where a key is.
        _log.error("A mistake in the program", exc_info=event.error)
        self.notify(
            f"{glyphs.glyph('failed')} A mistake in the program: {type(event.error).__name__}. Your text is kept; "
            f"{self.paths.log_file} says more.",
            severity="error",
            markup=False,
        )

    def _handle_exception(self, error: Exception) -> None:
        """A mistake of ours in a handler of some widget, whose message loop ends with it.

        Textual would end the app. What the user sees is thrown away and made anew from the store instead: the
        conversation, the draft and what came of running answers are all there. Tests are told at once.
        """
        now = time.monotonic()
        self._recovered = [moment for moment in self._recovered if now - moment < 60]
        loud = self.is_headless if self.loud is None else self.loud
        if loud or self._main is None or active_message_pump.get() is self or len(self._recovered) >= 3:
            super()._handle_exception(error)
            return
        self._recovered.append(now)
        self.post_message(Mistake(error))
        self.call_later(self._start_over)

    async def _start_over(self) -> None:
        if self.session is not None:
            await self._put_away()
            await self.session.interrupt()
            await self._show_instead(MainScreen(self.session))


def _collect_from_now_on() -> None:
    """Turn collections on again (`__main__`). What is there stays for good: looking through it takes 30 ms a time."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def theme_of(settings: Settings) -> str:
    """The name of a registered theme for the setting; an unknown one falls back to dark."""
    names = {"auto": palette.OXEN_DARK.name, "dark": palette.OXEN_DARK.name, "light": palette.OXEN_LIGHT.name}
    return names.get(settings.theme, settings.theme)


def run_app(
    place: Place,
    paths: Paths,
    settings: Settings,
    facts: TerminalFacts,
    choice: Choice,
    files: Sequence[OpenedFile] = (),
) -> int:
    """Run until the user quits; the exit code of the program.

    Args:
        place: Where to open.
        paths: Of this user.
        settings: Of this user.
        facts: What the terminal said of itself.
        choice: How pictures are shown in it.
        files: To be looked at first.

    Raises:
        SetupError: The store cannot be opened.
    """
    logging.getLogger("oxen_tui").addHandler(logging.FileHandler(paths.log_file, delay=True))
    logging.captureWarnings(True)  # libraries warn of damaged files on stderr, where the screen is drawn
    display.use(choice.display)
    if facts.truecolour or choice.display.mode is PictureMode.TGP:
        # Over ssh nothing says so, and the numbers of pictures travel as colours.
        constants.COLOR_SYSTEM = "truecolor"  # type: ignore[misc]
    app = OxenTuiApp(place, paths, settings)
    app.terminal = facts, choice
    app.files = files
    terminal_answers.install(facts.answers.typed)
    code = app.run()
    if app.setup_error is not None:
        raise app.setup_error
    return code if code is not None else app.return_code or 0
