"""Hears of jobs that ended and of money spent, whatever pane is on screen, and says what is to be told. Not seen."""

from __future__ import annotations

from collections.abc import Callable

from oxen_tui.panes.pane import Pane
from oxen_tui.services.announcements import Announcement, Announcements
from oxen_tui.services.session import Session
from oxen_tui.widgets.message import Message


class Announcer(Pane):
    """One for each session."""

    DEFAULT_CSS = "Announcer { display: none; }"

    class Announced(Message):
        """Something is to be told. The screen shows it; the app tells the terminal."""

        announcement: Announcement

    class SpendingChanged(Message):
        """What was spent is another sum."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="announcer")
        self._session = session

    def on_mount(self) -> None:
        self._announcements = Announcements(
            self._session.generations,
            self._tell,
            which=self._session.settings.announce_jobs,
            later=self._after,
        )
        self.listen(self._session.spending.subscribe, self._tell_of_money)

    def on_unmount(self) -> None:
        self._announcements.close()

    def _tell(self, announcement: Announcement) -> None:
        self.post_message(self.Announced(announcement))

    def _tell_of_money(self) -> None:
        self.post_message(self.SpendingChanged())

    def _after(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        return self.set_timer(seconds, call).stop
