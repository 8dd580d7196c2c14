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
COARSEST: Final = 3
"""Levels are 0, the finest, to this."""
MOST_FRAMES: Final = {PictureMode.TGP: 15.0, PictureMode.SIXEL: 8.0, PictureMode.HALF: 12.0, PictureMode.NONE: 4.0}
"""Frames a second that are worth their work."""
_FEW, _MANY = 4.0, 8.0
"""Frames a second below which they are made coarser, and above which finer."""
_SHARE: Final = 0.7
"""Of what the link was seen to carry."""
_LINE: Final = 0.08
"""Seconds that a frame which is written in one go may stand in line before a key's echo."""
_WORTH: Final = 2_000
"""Bytes from which the time that they took says something of the link."""
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

    def begin(self, weight: int, answered: float | None, carries: float | None) -> None:
        """Take in what was shown before anything plays: the poster, at full quality.

        Args:
            weight: Its bytes.
            answered: Seconds that the terminal took to read it, where it was written in one go.
            carries: Bytes a second that the link was seen to carry, where it was sent in pieces.
        """
        if self._mode is PictureMode.TGP:
            self._carried = carries if carries is not None else self._carried
        else:
            self._take(weight, answered)
        self._choose_level(weight)

    def shown(self, weight: int, took: float, answered: float | None) -> float:
        """Take in a frame that is on the screen.

        Args:
            weight: Its bytes.
            took: Seconds from when it was handed over until it was written.
            answered: Seconds from then until the terminal had read it; None where it does not say.

        Returns:
            Seconds to wait before the next one is begun.
        """
        self._take(weight, answered, took if self._mode is PictureMode.TGP else 0.0)
        spacing, level = weight / self.budget, self.level
        self._choose_level(weight)
        if self.level > level:
            spacing = min(spacing, 1 / _FEW)  # nobody waits long for what was too much
        # The screen wants its share of the time too.
        return max(0.0, spacing - took, 0.5 * took if self.level <= level else 0.0)

    def _take(self, weight: int, answered: float | None, took: float = 0.0) -> None:
        if answered is not None and weight > _WORTH:
            seen = weight / (max(0.001, answered - self._trip) + took)
            self._carried = seen if self._carried is None else self._carried + 0.3 * (seen - self._carried)

    def _choose_level(self, weight: float) -> None:
        """As fine as the link allows, for the next frames; coarser at once, finer step by step."""
        if not self._is_too_much(weight):
            finer = _FINER * weight
            if self.level and not self._stands_in_line(finer) and finer / self.budget < 1 / _MANY:
                self.level -= 1
        while self.level < COARSEST and self._is_too_much(weight):
            self.level += 1
            weight /= _FINER

    def _is_too_much(self, weight: float) -> bool:
        return self._stands_in_line(weight) or weight / self.budget > 1 / _FEW

    def _stands_in_line(self, weight: float) -> bool:
        """Whether a frame of so many bytes keeps an echo waiting. Those of the graphics protocol go in pieces."""
        if self._mode is PictureMode.TGP or self._carried is None:
            return False
        return weight / self._carried > _LINE
