"""Enters a server and a key, tests them, and says in words what came of it."""

from __future__ import annotations

from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from oxen_tui.api.errors import ApiError
from oxen_tui.panes.pane import Pane
from oxen_tui.services.error_words import in_words
from oxen_tui.services.server.base_url import OXEN_BASE_URL
from oxen_tui.services.server.connecting import Connected, Connecting
from oxen_tui.setup_error import SetupError
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.message import Message


class ConnectPane(Pane):
    """Two fields and a line that says how far it is. The key is never shown."""

    class Succeeded(Message):
        """The server answered and the place is kept."""

        connected: Connected

    def __init__(self, connecting: Connecting, base_url: str) -> None:
        super().__init__(classes="dialog")
        self._connecting = connecting
        self._base_url = base_url

    def compose(self) -> ComposeResult:
        yield Static("Connect", classes="title")
        with Vertical(classes="field"):
            yield Static("Server", classes="label")
            yield LineInput(self._base_url or OXEN_BASE_URL, id="address", select_on_focus=False)
        with Vertical(classes="field"):
            yield Static("API key", classes="label")
            yield LineInput(password=True, id="key", placeholder="paste it here; empty where the server needs none")
        yield Static("", id="outcome")
        yield Static("enter tests and keeps it   tab next field   esc stays where you are", classes="hint")

    @on(events.DescendantFocus)
    def _name_field(self) -> None:
        for field in self.query(".field"):
            field.set_class(field.has_focus_within, "-here")

    @on(Input.Submitted)
    def _test(self, event: Input.Submitted) -> None:
        event.stop()
        self._say("asking the server", "label")
        address, key = self.query_one("#address", Input).value, self.query_one("#key", Input).value
        self._work(partial(self._connect, address, key), "connect", exclusive=True)

    async def _connect(self, address: str, key: str) -> None:
        try:
            connected = await self._connecting.connect(address, key)
        except ApiError as error:
            self._say(in_words(error), "trouble")
        except SetupError as error:
            self._say(f"{error.title}. {error.advice}", "trouble")
        else:
            self._say(connected.check.words, "good")
            self.post_message(self.Succeeded(connected))

    def show_mistake(self) -> None:
        # Else the dialog would ask the server for ever.
        self._say("This went wrong within the program, not at the server", "trouble")

    def _say(self, words: str, tone: str) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.set_classes(tone)
        outcome.update(Content(words))
