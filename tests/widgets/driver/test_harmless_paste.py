"""Textual reads a paste as one paste, whatever is in it."""

from __future__ import annotations

from textual import events
from textual.drivers import linux_driver

from oxen_tui.widgets.driver import harmless_paste


def test_a_paste_with_escape_sequences_is_one_paste_and_no_key() -> None:
    harmless_paste.install()
    parser = vars(linux_driver)["XTermParser"](False)
    read = [
        *parser.feed("\x1b[200~one\x1b[A\x1b\rtwo\x1b"),
        *parser.feed("[20"),
        *parser.feed("1~"),
        *parser.feed("x"),
    ]
    assert [type(event) for event in read] == [events.Paste, events.Key]
    assert read[0].text == "one[A\rtwo"
