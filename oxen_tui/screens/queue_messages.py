"""What the queue pane tells, what leads to it, and what comes of it."""

from __future__ import annotations

from oxen_tui.screens.pane_screen import PaneScreen


class QueueMessages(PaneScreen):
    """Makes the queue pane and takes its messages, by name: the pane is not loaded before it is gone to."""
