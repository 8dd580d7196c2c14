"""How often what counts seconds is drawn again, for those whom movement at the edge of the eye disturbs."""

from __future__ import annotations

from typing import Final

USUAL: Final = 1.0
"""Seconds between two frames of something that counts seconds."""
REDUCED: Final = 5.0

_STEPS: Final = (0, 5, 10, 30)
"""Seconds that are said with reduced motion; then each minute."""

_is_reduced = False


def reduce(reduced: bool) -> None:
    """What the user's settings say; before anything is made that counts."""
    global _is_reduced
    _is_reduced = reduced


def tick() -> float:
    """Seconds between two looks at a time that passes."""
    return REDUCED if _is_reduced else USUAL


def said(seconds: float) -> int:
    """The whole seconds to say of a time that passes."""
    whole = int(seconds)
    if not _is_reduced or whole < 0:
        return whole
    return whole - whole % 60 if whole >= 60 else max(step for step in _STEPS if step <= whole)
