"""An app of a few lines that holds one widget, and keeps what the widget says."""

from __future__ import annotations

from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from oxen_tui.widgets import palette


class Host(App[None]):
    """Shows a widget in our theme; `heard` are its messages, oldest first."""

    CSS = "Screen { background: $bg; color: $text; }"

    def __init__(self, *widgets: Widget, hears: tuple[type[Message], ...] = ()) -> None:
        super().__init__()
        palette.install(self)
        self._widgets, self._hears = widgets, hears
        self.heard: list[Any] = []

    def compose(self) -> ComposeResult:
        yield from self._widgets

    async def _dispatch_message(self, message: Message) -> None:
        if isinstance(message, self._hears):
            self.heard.append(message)
        await super()._dispatch_message(message)


def lines(widget: Widget) -> list[str]:
    """What the widget draws, row by row, without colours."""
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]
