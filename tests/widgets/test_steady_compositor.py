"""What is out of sight does not unsettle what is seen."""

from __future__ import annotations

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from oxen_tui.widgets.steady_compositor import ExactUpdate, SteadyCompositor


class Page(Screen[None]):
    CSS = "#hidden { display: none; }"

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SteadyCompositor()

    def compose(self) -> ComposeResult:
        yield Static("seen", id="seen")
        yield Static("hidden", id="hidden")


async def test_a_hidden_widget_that_is_refreshed_leaves_the_map_as_it_is() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        page = Page()
        await app.push_screen(page)
        await pilot.pause()
        page.query_one("#hidden").refresh()
        await pilot.pause()
        assert not page._compositor._full_map_invalidated


async def test_a_new_widget_is_painted_and_one_that_goes_is_painted_over() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        page = Page()
        await app.push_screen(page)
        await page.mount(new := Static("new"))
        await pilot.pause()
        assert new in page._compositor.visible_widgets
        await new.remove()
        await pilot.pause()
        assert new not in page._compositor.visible_widgets


class Clock(Widget):
    """A row of which only the last cells change."""

    time = "0:00"

    def render_line(self, y: int) -> Strip:
        return Strip([Segment("a long row "), Segment("漢字 "), Segment(self.time)])


async def test_a_part_of_a_line_is_written_without_what_stands_before_it() -> None:
    app: App[None] = App()
    async with app.run_test(size=(40, 5)) as pilot:
        page = Page()
        await app.push_screen(page)
        await page.mount(clock := Clock())
        await pilot.pause()
        compositor, at = page._compositor, clock.region
        clock.time = "0:01"
        clock.refresh(Region(16, 0, 4, 1))
        compositor.update_widgets({clock})
        update = compositor.render_update()
        assert isinstance(update, ExactUpdate)
        written = update.render_segments(app.console)
        assert "0:01" in written
        assert "long" not in written
        assert f"\x1b[{at.y + 1};{at.x + 17}H" in written
