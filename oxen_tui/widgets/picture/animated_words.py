"""What is said of a picture that moves."""

from __future__ import annotations

from oxen_tui.widgets.wording import counted


def animated(seconds: float | None, rate: float | None) -> str:
    """A picture that moves: `animated, 24 frames, 2.4 s`.

    Args:
        seconds: That all its frames take.
        rate: Frames a second, on the whole.
    """
    frames = f"{counted(round(seconds * rate), 'frame')}, " if seconds and rate else ""
    return f"animated, {frames}{seconds or 0:.3g} s"
