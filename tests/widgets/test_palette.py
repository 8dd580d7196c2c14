"""The colours: readable in both forms, and translated for themes of another make."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from oxen_tui.widgets import glyphs, palette


def contrast(one: str, other: str) -> float:
    """By WCAG 2."""

    def luminance(color: str) -> float:
        parts = [part / 255 for part in Color.parse(color).rgb]
        red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colors", [palette.DARK, palette.LIGHT])
def test_every_text_colour_can_be_read_on_every_surface(colors: palette.Palette) -> None:
    tokens = colors.tokens()
    for name in ("text", "muted", "faint", "accent", "warn", "err", "kw", "str", "num", "fn"):
        for surface in ("bg", "panel", "field"):
            assert contrast(tokens[name], tokens[surface]) >= 4.5, (name, surface)
    assert contrast(colors.on_accent, colors.accent) >= 4.5


@pytest.mark.parametrize("name", sorted(BUILTIN_THEMES))
def test_a_foreign_theme_gets_all_the_roles(name: str) -> None:
    theme = BUILTIN_THEMES[name]
    variables = palette.with_tokens({**theme.to_color_system().generate(), **theme.variables})
    for token in palette.DARK.tokens():
        Color.parse(variables[token])


async def test_an_app_with_our_theme_has_the_variables() -> None:
    class Host(App[None]):
        def __init__(self) -> None:
            super().__init__()
            palette.install(self, "oxen-light")

    app = Host()
    async with app.run_test():
        assert app.theme == "oxen-light"
        variables = app.get_css_variables()
    assert {name: variables[name] for name in palette.LIGHT.tokens()} == palette.LIGHT.tokens()
    assert palette.with_tokens(variables) == variables


def test_glyphs_are_chosen_by_setting_and_encoding() -> None:
    assert glyphs.choose("auto", "UTF-8") is glyphs.UNICODE
    assert glyphs.choose("auto", "latin-1") is glyphs.ASCII
    assert glyphs.choose("auto", "no such encoding") is glyphs.ASCII
    assert glyphs.choose("ascii") is glyphs.ASCII
    assert glyphs.choose("unicode", "latin-1") is glyphs.UNICODE


def test_the_plain_glyphs_are_ascii_and_as_wide() -> None:
    for name in glyphs.Glyphs._fields:
        plain, sign = getattr(glyphs.ASCII, name), getattr(glyphs.UNICODE, name)
        assert plain.isascii()
        assert len(plain) == len(sign) or name == "ellipsis"
