"""Painting at once, and the way back where Textual does not have what that needs."""

from __future__ import annotations

import pytest
from textual.screen import Screen

from oxen_tui.widgets.driver.prompt_drawing import draw_promptly
from oxen_tui.widgets.one_line import OneLine
from tests.widgets.host import Host


class Painted:
    """Counts what the app is given to display."""

    def __init__(self, app: Host, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        display = app._display

        def count(screen: Screen[object], renderable: object) -> None:
            self.times += renderable is not None
            display(screen, renderable)  # type: ignore[arg-type]

        monkeypatch.setattr(app, "_display", count)


async def test_a_marked_line_is_painted_before_the_next_message(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host(OneLine())
    async with app.run_test(size=(40, 5)) as pilot:
        await pilot.pause()
        painted = Painted(app, monkeypatch)
        line = app.query_one(OneLine)
        line.say([("now", "text")])
        draw_promptly(line)
        assert painted.times == 1
        await pilot.pause()
        await pilot.pause(0.05)
        assert painted.times == 1, "the frame that refresh asked for has nothing left to paint"


async def test_without_what_it_needs_the_next_frame_paints(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host(OneLine())
    async with app.run_test(size=(40, 5)) as pilot:
        await pilot.pause()
        painted = Painted(app, monkeypatch)
        monkeypatch.setattr("oxen_tui.widgets.driver.prompt_drawing._OF_SCREEN", ("_no_such_attribute",))
        line = app.query_one(OneLine)
        line.say([("later", "text")])
        draw_promptly(line)
        assert painted.times == 0
        await pilot.pause(0.05)
        assert painted.times == 1


async def test_under_a_dialog_nothing_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host(OneLine())
    async with app.run_test(size=(40, 5)) as pilot:
        line = app.query_one(OneLine)
        await app.push_screen(Screen())
        await pilot.pause()
        painted = Painted(app, monkeypatch)
        line.say([("beneath", "text")])
        draw_promptly(line)
        assert painted.times == 0
