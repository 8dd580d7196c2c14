"""alt and a digit are keys, not the characters that a Mac would type."""

from __future__ import annotations

from textual import events
from textual._xterm_parser import XTermParser

from oxen_tui.widgets.driver import alt_digits


def test_esc_and_a_digit_in_one_go_are_alt_and_the_digit() -> None:
    alt_digits.install()
    read = list(XTermParser().feed("\x1b1\x1b2\x1b3\x1b4\x1b5"))
    assert [event.key for event in read if isinstance(event, events.Key)] == [f"alt+{digit}" for digit in range(1, 6)]
    assert not any(event.is_printable for event in read if isinstance(event, events.Key))
