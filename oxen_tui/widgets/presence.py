"""Whether a widget is still to be told things: it goes in steps, and things come in between."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.dom import DOMNode
from textual.message_pump import MessagePump


def is_here(node: DOMNode) -> bool:
    """Whether it stands on a screen, with all that is in it.

    What is called by others than its own messages has to ask: a service that it listens to, a callback after the next
    frame (which the screen in front calls, perhaps another than its own), a task. A widget that is taken away loses
    what is in it first, then hears `Unmount`, and has no screen only after that; `is_attached` is true all the while.
    It is false when the app ends, before anything is taken away.
    """
    return node.is_running and not node._pruning and node.is_attached


class Presence(MessagePump):
    """To be named before a kind of widget or screen: what is to be done later is not done when it is gone."""

    @property
    def is_here(self) -> bool:
        """Whether it stands on a screen, with all that is in it; see the function."""
        return isinstance(self, DOMNode) and is_here(self)

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Call this when all that was told is drawn, if it is still here; see Textual's."""
        return super().call_after_refresh(self._do_if_here, partial(callback, *args, **kwargs))

    def _do_if_here(self, callback: Callable[[], Any]) -> Any:
        return callback() if self.is_here else None
