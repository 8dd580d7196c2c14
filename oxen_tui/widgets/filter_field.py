"""The field in which a list is narrowed, alone: what the keys do that are not for text, what is around it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from oxen_tui.widgets.driver.keys_in_order import act_in_turn
from oxen_tui.widgets.line_input import LineInput


class FilterField(LineInput):
    """Tells what stands in it, and hands on the keys that are not for text.

    Not by messages: a list that follows within the same call is painted together with the letter, not a frame later,
    and a focus that moves within the same call has the keys that were typed behind.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "hand('escape')", "clear, then leave", id="filter.leave"),
        Binding("enter", "hand('enter')", "to the list", id="filter.done"),
        Binding("tab", "hand('tab')", "complete", id="filter.complete"),
        Binding("down", "hand('down')", "Next", show=False, id="filter.down"),
        Binding("up", "hand('up')", "Previous", show=False, id="filter.up"),
        Binding("pagedown", "hand('pagedown')", "To the list", show=False, id="filter.page"),
    ]

    def __init__(
        self,
        hand: Callable[[str], None],
        changed: Callable[[str], None],
        *,
        placeholder: str,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """
        Args:
            hand: Called with the name of a key.
            changed: Called with what stands in the field whenever that is something else.
            placeholder: What can be typed, as long as nothing is.
            id: For stylesheets.
        """
        super().__init__(placeholder=placeholder, select_on_focus=False, id=id)
        self._hand, self._changed = hand, changed

    def watch_value(self, value: str) -> None:
        self._changed(value)

    async def _on_key(self, event: events.Key) -> None:
        # Not `has_focus`: that is said by a message, and may come behind the key.
        if self.screen.focused is not self:
            await act_in_turn(self, event)

    def action_hand(self, key: str) -> None:
        self._hand(key)
