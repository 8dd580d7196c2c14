"""The looks that text in a line can have, as Rich styles of the theme in use.

Not component classes: Textual works out the style of each of those for each widget at every change of a class, which
made up a third of the time from start to first key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.style import Style
from textual.app import App
from textual.color import Color

from oxen_tui.widgets.palette import with_tokens

_LOOKS: Mapping[str, tuple[str, bool]] = {
    "text": ("text", False),
    "bold": ("text", True),
    "muted": ("muted", False),
    "title": ("muted", True),
    "faint": ("faint", False),
    "accent": ("accent", False),
    "accent-bold": ("accent", True),
    "warn": ("warn", False),
    "err": ("err", False),
    "line": ("line", False),
}
"""Name of the tone, its colour token, and whether it is bold."""

_by_theme: dict[str, dict[str, Style]] = {}


def tones(app: App[Any]) -> Mapping[str, Style]:
    """Styles by tone, to be laid over the widget's own.

    `badge`, `chip` and `cursor` bring the surface of a field, `tile` that of a panel, `primary` that of a button.
    """
    styles = _by_theme.get(app.theme)
    if styles is None:
        tokens = with_tokens(app.theme_variables)
        styles = {
            tone: Style(color=Color.parse(tokens[token]).rich_color, bold=bold or None)
            for tone, (token, bold) in _LOOKS.items()
        }
        field = Color.parse(tokens["field"]).rich_color
        styles["cursor"] = Style(bgcolor=field)
        accent = Color.parse(tokens["accent"]).rich_color
        styles["primary"] = Style(color=Color.parse(tokens["on-accent"]).rich_color, bgcolor=accent, bold=True)
        panel = Color.parse(tokens["panel"]).rich_color
        styles["tile"] = Style(color=Color.parse(tokens["faint"]).rich_color, bgcolor=panel)
        styles["chip"] = Style(color=Color.parse(tokens["text"]).rich_color, bgcolor=field)
        styles["badge"] = Style(color=Color.parse(tokens["warn"]).rich_color, bgcolor=field)
        _by_theme[app.theme] = styles
    return styles
