"""The words that narrow a list by key and click."""

from __future__ import annotations

from oxen_tui.widgets.facet_line import Facet, FacetLine
from tests.widgets.host import Host

KINDS = [
    Facet("", "all", "", 17, chosen=True),
    Facet("output:text", "chat", "≡", 2),
    Facet("output:image", "image", "▣", 4),
    Facet("output:audio", "audio", "♪", 0),
]
QUICK = [Facet("has:seed", "seed"), Facet("has:mask", "mask", chosen=True)]


async def test_kinds_and_words_are_chosen_by_key_and_click() -> None:
    app = Host(FacetLine(), hears=(FacetLine.Chosen, FacetLine.Left))
    async with app.run_test(size=(60, 30)) as pilot:
        line = app.query_one(FacetLine)
        app.screen.set_focus(None)
        line.show(KINDS, QUICK)
        await pilot.pause()
        assert line.plain == ["  all 17  ≡ chat 2  ▣ image 4  ♪ audio 0", "  seed  mask"]
        line.focus()
        await pilot.press("right", "enter", "down", "space", "down")
        assert [message.key for message in app.heard[:-1]] == ["output:text", "has:mask"]
        assert isinstance(app.heard[-1], FacetLine.Left)
        await pilot.click(FacetLine, offset=(22, 0))
        chosen = app.heard[-1]
        assert isinstance(chosen, FacetLine.Chosen)
        assert chosen.key == "output:image"


async def test_a_narrow_line_keeps_the_signs_and_a_low_screen_one_line() -> None:
    app = Host(FacetLine())
    async with app.run_test(size=(30, 20)) as pilot:
        line = app.query_one(FacetLine)
        app.screen.set_focus(None)
        line.show(KINDS, QUICK)
        await pilot.pause()
        assert line.plain == ["  all 17  ≡ 2  ▣ 4  ♪ 0"]
