"""Names for the looks that text can have, and the Rich styles they stand for under the theme in use.

An ink is a name, or several joined by `+`: `muted+strong` is bold in the muted colour. The styles come from the
theme's variables and not from component classes, each of which Textual works out anew for every change of a class.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_COLORS = ("muted", "faint", "line", "accent", "warn", "err", "kw", "str", "num", "fn")
_SURFACES = ("panel", "field")
_WEIGHTS = {
    "strong": Style(bold=True),
    "emphasis": Style(italic=True),
    "strike": Style(strike=True),
    "link": Style(underline=True),
}

NAMES = ("text", *_COLORS, *_SURFACES, *_WEIGHTS, "edge", "comment", "selection")
"""`text` is the ground and plain words; surfaces are a background and nothing else; `edge` is the colour of a panel,
for half-row edges."""


def theme_styles(variables: Mapping[str, str]) -> dict[str, Style]:
    """The style of each name, from the CSS variables of a theme (`palette.with_tokens` adds ours to any)."""
    ground = Color.parse(variables["bg"])

    def color(name: str) -> RichColor:
        return Color.parse(variables[name]).rich_color

    selected = Color.parse(variables["screen-selection-background"])
    if not ground.ansi:
        selected = ground + selected  # it may be translucent
    return {
        "text": Style(color=color("text"), bgcolor=ground.rich_color),
        **{name: Style(color=color(name)) for name in _COLORS},
        **{name: Style(bgcolor=color(name)) for name in _SURFACES},
        **_WEIGHTS,
        "edge": Style(color=color("panel")),
        "comment": Style(color=color("faint"), italic=True),
        "selection": Style(bgcolor=selected.rich_color),
    }


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
