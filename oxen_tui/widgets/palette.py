"""The colours: sixteen roles in a dark and a light form, and as themes and CSS variables for Textual.

Greys are kept near the grey ramp and hues near colours of the 256-colour cube, so that a terminal without true
colour shows nearly the same. Other themes are translated into the same roles by `with_tokens`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from textual.app import App
from textual.color import Color
from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """One colour for each role, as `#rrggbb` or the name of a terminal's own colour (`ansi_...`)."""

    bg: str
    """The ground: transcript, lists."""
    panel: str
    """A surface: side lists, a user's turn, code."""
    field: str
    """Inputs, the selected row, chips."""
    line: str
    """Rules, the rest of a bar, the bar of a thing without focus. Never text."""
    text: str
    muted: str
    """Labels and titles."""
    faint: str
    """Times, hints, units."""
    accent: str
    """Alive or here: what streams, where keys go."""
    warn: str
    """Look at this."""
    err: str
    """This failed."""
    on_accent: str
    """Text on the accent colour."""
    keyword: str
    """Keywords in code, types in schemas."""
    string: str
    number: str
    function: str
    """Inline code, keys of JSON, names of functions."""

    def tokens(self) -> dict[str, str]:
        """CSS variables without their dollar: `on-accent`, `kw`."""
        return {_VARIABLES.get(field.name, field.name): getattr(self, field.name) for field in fields(self)}


_VARIABLES = {"on_accent": "on-accent", "keyword": "kw", "string": "str", "number": "num", "function": "fn"}


DARK = Palette(
    bg="#14161a",
    panel="#1b1e24",
    field="#262a32",
    line="#3d434e",
    text="#d7dae0",
    muted="#a3a9b4",
    faint="#8e94a0",
    accent="#63cdbf",
    warn="#e0b25c",
    err="#f0807a",
    on_accent="#10211f",
    keyword="#c3a6f2",
    string="#a8cc8c",
    number="#e0b25c",
    function="#8dbdf2",
)

LIGHT = Palette(
    bg="#fcfcfc",
    panel="#f0f1f3",
    field="#e3e6ea",
    line="#b9bec6",
    text="#23272e",
    muted="#4c525c",
    faint="#5f656f",
    accent="#0b6b62",
    warn="#7d5200",
    err="#ab221b",
    on_accent="#ffffff",
    keyword="#6a2fa0",
    string="#3b6620",
    number="#7d5200",
    function="#1d5a9c",
)

TERMINAL = Palette(
    bg="ansi_default",
    panel="ansi_default",
    field="ansi_default",
    line="ansi_bright_black",
    text="ansi_default",
    muted="ansi_default",
    faint="ansi_bright_black",
    accent="ansi_cyan",
    warn="ansi_yellow",
    err="ansi_red",
    on_accent="ansi_black",
    keyword="ansi_magenta",
    string="ansi_green",
    number="ansi_yellow",
    function="ansi_blue",
)
"""For themes that leave every colour to the terminal: surfaces cannot be seen there."""


def _theme(name: str, palette: Palette, dark: bool) -> Theme:
    ground, accent = Color.parse(palette.bg), Color.parse(palette.accent)
    selected = ground.blend(accent, 0.3).hex
    return Theme(
        name=name,
        primary=palette.accent,
        secondary=palette.function,
        accent=palette.accent,
        warning=palette.warn,
        error=palette.err,
        # Success has no colour: a screen full of finished work is to be calm.
        success=palette.text,
        foreground=palette.text,
        background=palette.bg,
        surface=palette.panel,
        panel=palette.panel,
        boost=palette.field,
        dark=dark,
        variables={
            **palette.tokens(),
            "text-muted": palette.muted,
            "text-disabled": palette.faint,
            "screen-selection-background": selected,
            "screen-selection-foreground": palette.text,
            "input-selection-background": selected,
            "input-cursor-background": palette.accent,
            "input-cursor-foreground": palette.on_accent,
            "block-cursor-background": palette.field,
            "block-cursor-foreground": palette.text,
            "block-cursor-text-style": "bold",
            "border": palette.line,
            "border-blurred": palette.line,
            "scrollbar": palette.line,
            "scrollbar-background": palette.panel,
            "scrollbar-hover": palette.faint,
            "scrollbar-active": palette.accent,
            "link-color": palette.text,
            "link-style": "underline",
            "footer-background": palette.bg,
            "footer-foreground": palette.faint,
            "footer-key-foreground": palette.text,
            "footer-description-foreground": palette.faint,
        },
    )


OXEN_DARK = _theme("oxen-dark", DARK, dark=True)
OXEN_LIGHT = _theme("oxen-light", LIGHT, dark=False)
THEMES = (OXEN_DARK, OXEN_LIGHT)


def install(app: App[Any], theme: str = OXEN_DARK.name) -> None:
    """Make both themes known to an app and take one. To be called in the app's `__init__`.

    The app's stylesheets may only use the variables if it also passes its own through `with_tokens`, or never
    shows a theme of another make.
    """
    for each in THEMES:
        app.register_theme(each)
    app.theme = theme


def with_tokens(variables: Mapping[str, str]) -> dict[str, str]:
    """CSS variables of any theme, with our roles added where the theme does not know them.

    Meant for `App.get_css_variables`: `return with_tokens(super().get_css_variables())`.
    """
    if "on-accent" in variables:
        return dict(variables)
    return {**variables, **_translated(variables).tokens()}


def _translated(variables: Mapping[str, str]) -> Palette:
    if variables["background"].startswith("ansi"):
        return TERMINAL
    bg = Color.parse(variables["background"])
    text = Color.parse(variables["foreground"])

    def over_bg(name: str) -> str:
        """A colour that may be translucent, as it looks on the ground."""
        return (bg + Color.parse(variables[name])).hex6

    accent = Color.parse(variables["primary"])
    return Palette(
        bg=bg.hex6,
        panel=over_bg("surface"),
        field=over_bg("panel"),
        line=bg.blend(text, 0.25).hex6,
        text=text.hex6,
        muted=bg.blend(text, 0.85).hex6,
        faint=bg.blend(text, 0.72).hex6,
        accent=accent.hex6,
        warn=over_bg("warning"),
        err=over_bg("error"),
        on_accent=accent.get_contrast_text(1.0).hex6,
        keyword=over_bg("accent"),
        string=over_bg("success"),
        number=over_bg("warning"),
        function=over_bg("secondary"),
    )
