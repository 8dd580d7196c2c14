"""Puts the filter for pastes before Textual's reader of keys, which takes an ESC within a paste for the end of it."""

from __future__ import annotations

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.message import Message

from oxen_tui.terminal.paste_filter import PasteFilter


def install() -> None:
    """Let no paste press a key, in this process. Call it before the terminal is read."""
    linux_driver.XTermParser = HarmlessPastes  # type: ignore[attr-defined]


class HarmlessPastes(XTermParser):
    """Textual's reader of keys, with a filter before it."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._filter = PasteFilter()

    def feed(self, data: str) -> Iterable[Message]:
        if not data:  # the end of the input
            return super().feed(data)
        passed = self._filter.pass_on(data)
        return super().feed(passed) if passed else ()
