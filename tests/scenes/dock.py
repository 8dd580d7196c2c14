"""What stands beside the conversation in a wide terminal: the queue and the latest result."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from oxen_tui.widgets.picture.picture import Picture
from tests.scenes.stage import until


async def dock(pilot: Pilot[Any]) -> None:
    """Wait until it is filled."""
    screen = pilot.app.screen
    await until(pilot, lambda: bool(screen.query("#dock-picture")), "the dock")
    picture = screen.query_one("#dock-picture", Picture)
    await until(pilot, lambda: picture.header is not None and not picture.busy, "the latest result")
