"""A widget that was taken away is not kept by what it drew."""

from __future__ import annotations

import weakref

from textual._styles_cache import StylesCache
from textual.color import Color

from oxen_tui.widgets.driver import gone_widgets

_PAPER, _VEIL = Color(20, 22, 26), Color(255, 0, 0, 0.5)


def test_what_a_widget_drew_goes_with_it() -> None:
    gone_widgets.install()
    lines = StylesCache()
    inner, outer = lines.get_inner_outer(_PAPER, _VEIL)
    assert (inner.background, outer.background) == (_PAPER + _VEIL, _PAPER)
    kept = weakref.ref(lines)
    del lines
    assert kept() is None
