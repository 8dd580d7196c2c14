"""Widgets and screens that are too large for one class."""

from __future__ import annotations

from typing import Any


class InParts:
    """To be named before a kind of widget of which one is written as many classes, each an idea of its own.

    Textual takes stock of every class of widgets: keys, reactives, names for styles, a quarter of a millisecond each.
    Only the class that is made needs that; the start has fifty that are nothing but parts of it.
    """

    def __init_subclass__(cls, *, part: bool = False, **told: Any) -> None:
        """See the class.

        Args:
            part: Whether this class is never made itself, only derived from. It has no styles of its own.
            told: What Textual is to know of the class.

        Raises:
            TypeError: What stands on a part would not be heard of.
        """
        if not part:
            super().__init_subclass__(**told)
        elif told or "DEFAULT_CSS" in cls.__dict__:
            raise TypeError(f"{cls.__name__} is no part: Textual has to know {[*told] or 'its styles'}")
