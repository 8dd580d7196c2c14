"""Whether a widget is still to be told things: it goes in steps, and things come in between."""

from __future__ import annotations

from textual.dom import DOMNode


def is_here(node: DOMNode) -> bool:
    """Whether it stands on a screen, with all that is in it.

    What is called by others than its own messages has to ask: a service that it listens to, a callback after the next
    frame (which the screen in front calls, perhaps another than its own), a task. A widget that is taken away loses
    what is in it first, then hears `Unmount`, and has no screen only after that; `is_attached` is true all the while.
    It is false when the app ends, before anything is taken away.
    """
    return node.is_running and not node._pruning and node.is_attached
