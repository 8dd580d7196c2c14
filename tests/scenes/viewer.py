"""The viewer over the invented results: one picture, two side by side, a clip."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from oxen_tui.panes.viewer.pane import ViewerPane
from oxen_tui.screens.viewer import Viewer
from oxen_tui.widgets.picture.picture import Picture
from oxen_tui.widgets.picture.video_strip import VideoStrip
from tests.scenes.results import gallery
from tests.scenes.stage import until


async def viewer(pilot: Pilot[Any]) -> None:
    """One picture, with its request beside it where there is room."""
    await _open(pilot)
    await pilot.press("n", *(["i"] if pilot.app.screen.size.width >= 80 else []))
    await _settled(pilot)


async def viewer_close(pilot: Pilot[Any]) -> None:
    """A part of it, looked at closely."""
    await _open(pilot)
    await pilot.press("n", "plus", "plus", "right")
    await _settled(pilot)


async def viewer_compare(pilot: Pilot[Any]) -> None:
    """Four side by side."""
    await _open(pilot)
    await pilot.press("n", "v", "v")
    await _settled(pilot)


async def viewer_clip(pilot: Pilot[Any]) -> None:
    """A clip, stopped in its middle."""
    await _open(pilot)
    pane = pilot.app.screen.query_one(ViewerPane)
    await until(pilot, lambda: pane._clip_facts is not None, "the clip")
    await pilot.press("full_stop", "full_stop", "full_stop")
    strip = pane.query_one(VideoStrip)
    await until(pilot, lambda: not strip.display or len(strip._seconds) == strip.count, "the strip")
    await _settled(pilot)


async def _open(pilot: Pilot[Any]) -> None:
    """The gallery, then the newest of it on the full screen."""
    await gallery(pilot)
    await pilot.press("M", "home", "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, Viewer), "the viewer")


async def _settled(pilot: Pilot[Any]) -> None:
    pane = pilot.app.screen.query_one(ViewerPane)
    await until(
        pilot,
        lambda: not pane._follows and not any(picture.busy for picture in pane.query(Picture) if picture.display),
        "the pictures",
    )
