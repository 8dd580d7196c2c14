"""The dialog in which everything ever said is searched; the pane in it asks the store."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from oxen_tui.panes.search import Place, SearchPane
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.session import Session


class Search(Dialog[Place]):
    """Answers the place to go to, or None."""

    DEFAULT_CSS = "Search > .dialog { width: 110; } Search > .dialog Input:focus { border-left: inner $field; }"

    def __init__(self, session: Session, words: str = "", within: int | None = None) -> None:
        """
        Args:
            session: Whose conversations.
            words: To begin with.
            within: Only in this conversation.
        """
        super().__init__()
        self._session, self._words, self._within = session, words, within

    def compose(self) -> ComposeResult:
        yield SearchPane(self._session, self._words, self._within)

    @on(SearchPane.Chosen)
    def _answer(self, event: SearchPane.Chosen) -> None:
        self.dismiss(event.place)
