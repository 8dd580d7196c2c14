"""The dialog in which a conversation gets another title; the pane in it asks a model where that is wanted."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from oxen_tui.panes.title import TitlePane
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.session import Session


class Rename(Dialog[str]):
    """Answers the title as it is to be, or None."""

    def __init__(self, session: Session, conversation_id: int, title: str, *, ask: bool = False) -> None:
        """See `TitlePane`."""
        super().__init__()
        self._session, self._conversation_id, self._line, self._ask = session, conversation_id, title, ask

    def compose(self) -> ComposeResult:
        yield TitlePane(self._session, self._conversation_id, self._line, ask=self._ask)

    @on(TitlePane.Kept)
    def _keep(self, event: TitlePane.Kept) -> None:
        self.dismiss(event.title or None)

    @on(TitlePane.Left)
    def _leave(self) -> None:
        self.dismiss(None)
