"""Paints what a widget has marked at once, instead of with Textual's next frame.

`refresh` takes five messages and up to 16 ms to reach the terminal, which is most of what stands between a key and
its echo, and between the end of an answer and its last line. This asks the compositor directly. The attributes it
needs are not public: where one is missing, or where more than painting is due (a layout, a scroll, another screen on
top), nothing is done here, and the frame that `refresh` asked for paints a little later.
"""

from __future__ import annotations

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

_OF_SCREEN = ("_compositor", "_dirty_widgets", "_layout_required", "_scroll_required", "_repaint_required")


def draw_promptly(widget: Widget) -> None:
    """Paint the regions that `widget.refresh` marked. To be called right after it, from the app's own thread."""
    if not widget.is_attached:
        return
    app, screen = widget.app, widget.screen
    if not _is_known(app, screen) or screen is not app.screen or app._batch_count:
        return
    if screen._layout_required or screen._scroll_required or screen._repaint_required:
        return
    screen._compositor.update_widgets(screen._dirty_widgets | {widget})
    screen._compositor_refresh()


def _is_known(app: App[object], screen: Screen[object]) -> bool:
    """Whether this version of Textual has what is needed here."""
    return hasattr(app, "_batch_count") and all(hasattr(screen, name) for name in _OF_SCREEN)
