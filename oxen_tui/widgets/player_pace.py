"""How fast and how finely a clip is played: as much as the link carries, and never more than a part of it.

Nobody says what a link carries. What a frame weighs and how long the terminal took to read it does; until that is
known, the round trip says whether to begin boldly. Frames are left out and made coarser, time is never stretched.
"""

from __future__ import annotations

from typing import Final

from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.terminal.picture_mode import SLOW

NEAR: Final = 0.02
"""Seconds of a round trip up to which the terminal is on this machine, or beside it."""
CAPS: Final = (4_000_000, 600_000, 150_000)
"""Bytes a second at the most: near, far, and where it is slow or nobody knows."""
COARSEST: Final = 2
"""Levels are 0, the finest, to this."""
MOST_FRAMES: Final = {PictureMode.TGP: 15.0, PictureMode.SIXEL: 8.0, PictureMode.HALF: 12.0, PictureMode.NONE: 4.0}
"""Frames a second that are worth their work."""
_FEW, _MANY = 4.0, 8.0
"""Frames a second below which they are made coarser, and above which finer."""
_SHARE: Final = 0.7
"""Of what the link was seen to carry."""
_LINE: Final = 0.1
"""Seconds that a frame which is written in one go may stand in line before a key's echo."""
_FINER: Final = 4
"""Times as many bytes for a level less."""


class PlayerPace:
    """Knows when the next frame may be begun, from what the last ones weighed and took."""

    def __init__(self, display: Display) -> None:
        trip = display.round_trip
        distance = 2 if trip is None or trip > SLOW or display.light else int(trip > NEAR)
        self._mode, self._trip = display.mode, trip or 0.0
        self._cap = CAPS[distance]
        self._carried: float | None = None
        self.level = distance
        """How coarse the next frames are to be."""

    @property
    def frames_per_second(self) -> float:
        """At the most."""
        return MOST_FRAMES[self._mode]

    @property
    def budget(self) -> float:
        """Bytes a second."""
        return self._cap if self._carried is None else min(self._cap, _SHARE * self._carried)

    def shown(self, weight: int, took: float, answered: float | None) -> float:
        """Take in a frame that is on the screen.

        Args:
            weight: Its bytes.
            took: Seconds from when it was handed over until it was written.
            answered: Seconds from then until the terminal had read it; None where it does not say.

        Returns:
            Seconds to wait before the next one is begun.
        """
        if answered is not None and weight > 2_000:
            line = max(0.001, answered - self._trip)
            seen = weight / (line if self._mode is not PictureMode.TGP else line + took)
            self._carried = seen if self._carried is None else self._carried + 0.3 * (seen - self._carried)
        spacing = weight / self.budget
        if self._stands_in_line(weight) or spacing > 1 / _FEW:
            self.level = min(COARSEST, self.level + 1)
        elif not self._stands_in_line(_FINER * weight) and _FINER * spacing < 1 / _MANY:
            self.level = max(0, self.level - 1)
        # The screen wants its share of the time too.
        return max(0.0, spacing - took, 0.5 * took)

    def _stands_in_line(self, weight: int) -> bool:
        """Whether a frame of so many bytes keeps an echo waiting. Those of the graphics protocol go in pieces."""
        if self._mode is PictureMode.TGP or self._carried is None:
            return False
        return weight / self._carried > _LINE
