"""Names for the looks that text can have, and the Rich styles they stand for under the theme in use.

An ink is a name, or several joined by `+`: `muted+strong` is bold in the muted colour. The transcript takes the style
of each single name from its CSS (a component class for each), so themes and stylesheets decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

NAMES = (
    "text",  # the ground, and the colour of plain words
    "muted",
    "faint",
    "line",
    "accent",
    "warn",
    "err",
    "panel",  # surfaces: only a background
    "field",
    "edge",  # the colour of a panel, for half-row edges
    "kw",
    "str",
    "num",
    "fn",
    "comment",
    "strong",
    "emphasis",
    "strike",
    "link",
    "selection",
)

CSS = """
& .transcript--text { color: $text; background: $bg; }
& .transcript--muted { color: $muted; }
& .transcript--faint { color: $faint; }
& .transcript--line { color: $line; }
& .transcript--accent { color: $accent; }
& .transcript--warn { color: $warn; }
& .transcript--err { color: $err; }
& .transcript--panel { background: $panel; }
& .transcript--field { background: $field; }
& .transcript--edge { color: $panel; }
& .transcript--kw { color: $kw; }
& .transcript--str { color: $str; }
& .transcript--num { color: $num; }
& .transcript--fn { color: $fn; }
& .transcript--comment { color: $faint; text-style: italic; }
& .transcript--strong { text-style: bold; }
& .transcript--emphasis { text-style: italic; }
& .transcript--strike { text-style: strike; }
& .transcript--link { text-style: underline; }
& .transcript--selection { background: $screen-selection-background; }
"""
"""The component classes, to be nested in the rule of the widget that has them."""


class Inks:
    """The styles under one theme."""

    def __init__(
        self, styles: Mapping[str, Style], filters: Iterable[LineFilter] = (), background: Color | None = None
    ) -> None:
        """
        Args:
            styles: One for each of `NAMES`. `text` is the ground and has both colours; the others are laid over it.
            filters: What the app does to every segment before it is shown (no colour, terminal's own colours). They
                look at nothing but the style, so they are applied here, once for each ink, not for each line.
            background: The ground's colour, which filters ask for.
        """
        self.styles = dict(styles)
        self._filters = tuple(filters)
        self._background = background or Color(0, 0, 0)
        self._mixed: dict[str, Style] = {}

    def __getitem__(self, ink: str) -> Style:
        style = self._mixed.get(ink)
        if style is None and "+text" in ink:  # so that equal looks are one object
            style = self._mixed[ink] = self[ink.replace("+text", "")]
        if style is None:
            style = self.styles["text"]
            for name in ink.split("+"):
                if name != "text":  # it would cover a surface
                    style += self.styles[name]
            self._mixed[ink] = style = self._filtered(style)
        return style

    def over(self, style: Style, name: str) -> Style:
        """A style that already stands on the screen, with one more name laid over it."""
        return self._filtered(style + self.styles[name])

    def _filtered(self, style: Style) -> Style:
        for line_filter in self._filters:
            style = line_filter.apply([Segment("x", style)], self._background)[0].style or style
        return style
