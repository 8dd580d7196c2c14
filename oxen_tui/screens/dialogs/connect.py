"""The dialog in which a server and a key are entered; the pane in it tests them."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from oxen_tui.panes.connect import ConnectPane
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.server.connecting import Connected, Connecting


class Connect(Dialog[Connected]):
    """Answers the server that was tested and kept, or None."""

    # Not focused later by hand: what is typed meanwhile would land in the address.
    AUTO_FOCUS = "#key"

    def __init__(self, connecting: Connecting, base_url: str) -> None:
        super().__init__()
        self._connecting, self._base_url = connecting, base_url

    def compose(self) -> ComposeResult:
        yield ConnectPane(self._connecting, self._base_url)

    @on(ConnectPane.Succeeded)
    def _answer(self, event: ConnectPane.Succeeded) -> None:
        self.dismiss(event.connected)
