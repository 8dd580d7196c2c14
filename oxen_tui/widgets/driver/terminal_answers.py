"""Puts the filter for the terminal's answers before Textual's reader of keys, and behind it what was typed ahead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual.drivers import linux_driver

from oxen_tui.terminal.late_answers import LateAnswers
from oxen_tui.widgets.message import Message

if TYPE_CHECKING:
    from textual._xterm_parser import XTermParser

answers = LateAnswers()
"""Of the one terminal that this process has."""

_typed = ""


def install(typed: bytes = b"") -> None:
    """Let no answer press a key, in this process. Call it before the terminal is read, and after other filters.

    Args:
        typed: Read from the terminal already, but meant for the app.
    """
    global _typed
    # The keys went through the system's own line editing, where Enter becomes a newline.
    _typed = typed.decode("utf-8", "ignore").replace("\n", "\r")
    reader = linux_driver.XTermParser  # type: ignore[attr-defined]
    if not getattr(reader, "takes_answers", False):
        linux_driver.XTermParser = _taking_answers(reader)  # type: ignore[attr-defined]


def _taking_answers(reader: type[XTermParser]) -> type[XTermParser]:
    class TakingAnswers(reader):  # type: ignore[valid-type, misc]
        takes_answers = True

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            self._is_held = False

        def feed(self, data: str) -> Iterable[Message]:
            if not data:  # the end of the input
                return super().feed(data)  # type: ignore[no-any-return]
            self._is_held = False
            passed = _typed_ahead() + answers.pass_on(data)
            return super().feed(passed) if passed else ()

        def tick(self) -> Iterable[Message]:
            """Comes after each read, and ten times a second without one."""
            if typed := _typed_ahead():
                yield from super().feed(typed)
            if self._is_held and (held := answers.let_go()):
                yield from super().feed(held)
            self._is_held = True
            yield from super().tick()

    return TakingAnswers


def _typed_ahead() -> str:
    global _typed
    typed, _typed = _typed, ""
    return typed
