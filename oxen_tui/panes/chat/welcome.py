"""What stands where the first message will: that this is the demo, and how to leave it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

_DEMO = "The demo: answers are made up, nothing leaves this machine, nothing is billed."
_LEAVE = "/connect enters a server and a key"


class Welcome(Vertical):
    """Two lines for who sees the app for the first time. Nothing of a place that is real."""

    DEFAULT_CSS = """
    Welcome {
        height: auto; padding: 1 3 1 2;
        & > Static { width: 1fr; height: auto; } & > .next { color: $faint; }
    }
    """

    def compose(self) -> ComposeResult:
        yield Static(Content(_DEMO))
        yield Static(Content(_LEAVE), classes="next")
