"""What is said of a picture that moves."""

from __future__ import annotations

from oxen_tui.widgets.picture.animated_words import animated


def test_a_picture_that_moves_says_how_much() -> None:
    assert animated(2.4, 10.0) == "animated, 24 frames, 2.4 s"
    assert animated(2.0, None) == "animated, 2 s"
