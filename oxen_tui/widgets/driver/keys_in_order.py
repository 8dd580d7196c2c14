"""Keys that act in the order in which they were pressed."""

from __future__ import annotations

from typing import Self, cast

from textual import events
from textual.widget import Widget


class FocusedAtOnce:
    """For a widget that others give the keys to. Textual gives them some turns of the loop later: by then what was
    typed behind the key that led here has gone elsewhere, and another pane may be on screen."""

    def focus(self, scroll_visible: bool = True) -> Self:
        widget = cast(Widget, self)
        if widget.is_attached:
            widget.screen.set_focus(widget, scroll_visible)
        else:
            Widget.focus(widget, scroll_visible)
        return self


async def act_in_order(field: Widget, event: events.Key) -> None:
    """Do what the key is bound to now, before the next key is looked at. For `_on_key` of a field that has the focus.

    Textual lets a bound key bubble up to the app, which acts on it some turns of the loop later, while letters are
    typed at once. In a burst (a slow link, a busy moment) `ab`, backspace, `c` became `ab`, and what was typed after
    Enter was sent with the question. Keys that are bound further up keep their turn too: else ctrl+n would come
    after the question that was typed behind it.
    """
    if event.is_printable:
        return
    active = field.screen.active_bindings.get(event.key)
    if active is not None and await field.app.run_action(active.binding.action, active.node):
        event.stop()
        event.prevent_default()


async def act_in_turn(listed: Widget, event: events.Key) -> None:
    """The same for `_on_key` of what is not typed in: every key acts at once, and a key that was typed behind one
    that moved the focus goes to where the focus is now. Else the words after `/` are lost where they come in one go.
    """
    if hand_on(listed, event):
        return
    active = listed.screen.active_bindings.get(event.key)
    if active is not None and await listed.app.run_action(active.binding.action, active.node):
        event.stop()
        event.prevent_default()


class ActsInTurn(FocusedAtOnce):
    """For a widget that takes the keys and in which nothing is typed: see `act_in_turn`."""

    async def _on_key(self, event: events.Key) -> None:
        await act_in_turn(cast(Widget, self), event)


def hand_on(widget: Widget, event: events.Key) -> bool:
    """Give a key that was typed behind one that moved the focus to where that is now. Whether it was such a key."""
    focused = widget.screen.focused
    if focused is None or focused is widget:
        return False
    focused.post_message(events.Key(event.key, event.character))
    event.stop()
    event.prevent_default()
    return True
