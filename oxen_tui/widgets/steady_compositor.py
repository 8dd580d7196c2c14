"""A compositor that a widget out of sight cannot unsettle.

Textual 8.2 takes a refreshed widget that has no place on the screen for a new one, and marks its map as out of date,
also where the widget is only hidden: the side list on a narrow terminal, a scroll bar of no width. The next look at
any widget's size then makes a new map. If that falls between the removal of a widget and the layout that follows, the
layout finds nothing changed and paints nothing: toasts stayed on the screen for good.
"""

from __future__ import annotations

from textual._compositor import Compositor
from textual.widget import Widget


class SteadyCompositor(Compositor):
    """Paints what has its place. What is new gets its place from the layout that its mounting asks for."""

    def update_widgets(self, widgets: set[Widget]) -> None:
        super().update_widgets(widgets & self.visible_widgets.keys())
