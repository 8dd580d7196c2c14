"""A field of one line."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from oxen_tui.safe_text import clean_line
from oxen_tui.widgets.driver.keys_in_order import FocusedAtOnce, act_in_order

_LONGEST = 100_000
"""Characters of a paste that are taken: more than any key or address has."""


class LineInput(FocusedAtOnce, Input):
    """Textual's, but nothing pasted into it can act on the terminal, keys act in their order, and nothing blinks."""

    # Textual lays the whole screen out, and paints all of it, whenever this changes: at every key. Nothing round a
    # field of one line moves with what stands in it.
    virtual_size = Reactive(Size(0, 0), layout=False)

    def on_mount(self) -> None:
        self.cursor_blink = False

    async def _on_key(self, event: events.Key) -> None:
        await act_in_order(self, event)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        said = next((line for line in event.text.splitlines() if line.strip()), "")
        self.replace(clean_line(said, _LONGEST), *self.selection)
