"""What the app says to its terminal beside frames: a title, what is copied, that something has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.terminal import clipboard, title
from oxen_tui.widgets.driver.lasting_toasts import LastingToasts
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.in_parts import InParts

if TYPE_CHECKING:
    from oxen_tui.panes.jobs.announcer import Announcer
    from oxen_tui.settings import Settings
    from oxen_tui.terminal.picture_mode import Choice
    from oxen_tui.terminal.probe import TerminalFacts


class AppTerminal(InParts, LastingToasts, part=True):
    """An app in a terminal of which something is known."""

    settings: Settings
    terminal: tuple[TerminalFacts, Choice] | None = None
    """What was found out about it, and how pictures are shown; None where nobody looked."""

    def write_to_terminal(self, sequence: str) -> None:
        """Send a sequence that draws nothing; it goes the way of the frames, so it cannot fall into one."""
        if self._driver is not None:
            self._driver.write(sequence)

    def put_title(self) -> None:
        """Give the window ours."""
        if title.has_title():
            self.write_to_terminal(title.push_title() + title.set_title(self.TITLE or ""))

    def take_title_back(self) -> None:
        """Give it back the one it had."""
        if title.has_title():
            self.write_to_terminal(title.pop_title())

    def copy_to_clipboard(self, text: str) -> None:
        """Copy through the terminal, also over ssh and in tmux; no terminal says whether it did."""
        try:
            self.write_to_terminal(clipboard.copy_sequence(text))
        except clipboard.TooMuchToCopy as error:
            self.notify(f"{glyph('failed')} {error}", severity="error", markup=False)

    def on_announcer_announced(self, event: Announcer.Announced) -> None:
        """A job ended: tell the terminal too, unless the user looks here."""
        from oxen_tui.terminal import notification

        if self.settings.announce == "off" or (self.app_focus and notification.reports_focus()):
            return
        said, bell_only = event.announcement.sentence, self.settings.announce == "bell"
        name = self.terminal[0].name if self.terminal else ""
        self.write_to_terminal(notification.notification(self.TITLE or "", said, name=name, bell_only=bell_only))
