"""What is out of sight does not unsettle what is seen."""

from __future__ import annotations

from typing import Any

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from oxen_tui.widgets.driver.steady_compositor import ExactUpdate, SteadyCompositor


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
        compositor.update_widgets({clock})
        compositor.render_update()  # what the first paint may still owe
        clock.time = "0:01"
        clock.refresh(Region(16, 0, 4, 1))
        compositor.update_widgets({clock})
        update = compositor.render_update()
        assert isinstance(update, ExactUpdate)
        written = update.render_segments(app.console)
        assert "0:01" in written
        assert "long" not in written
        assert f"\x1b[{at.y + 1};{at.x + 17}H" in written


class TestPaintedTwice:
    """The whole screen, once because it is back and once because something else is gone."""

    async def test_it_is_written_once_where_nothing_is_another(self) -> None:
        app: App[None] = App()
        async with app.run_test(size=(40, 5)) as pilot:
            page = Page()
            await app.push_screen(page)
            await pilot.pause()
            written, now = self.listen(page)
            now[0] += 1
            page.refresh()
            await pilot.pause()
            assert written == ["LayoutUpdate"]
            page.refresh()
            await pilot.pause()
            assert written == ["LayoutUpdate", "nothing"]
            now[0] += 1  # to mend what somebody wrote over it
            page.refresh()
            await pilot.pause()
            assert written[2:] == ["LayoutUpdate"]

    async def test_it_is_written_again_where_something_was_painted_between(self) -> None:
        app: App[None] = App()
        async with app.run_test(size=(40, 5)) as pilot:
            page = Page()
            await app.push_screen(page)
            await pilot.pause()
            written, now = self.listen(page)
            now[0] += 1
            page.refresh()
            await pilot.pause()
            seen = page.query_one("#seen", Static)
            for words in ("other", "seen"):  # as it was, in the end
                seen.update(words, layout=False)
                await pilot.pause()
            page.refresh()
            await pilot.pause()
            assert written == ["LayoutUpdate", "ExactUpdate", "ExactUpdate", "LayoutUpdate"]

    async def test_it_is_written_again_when_a_screen_stood_over_it(self) -> None:
        app: App[None] = App()
        async with app.run_test(size=(40, 5)) as pilot:
            page = Page()
            await app.push_screen(page)
            await pilot.pause()
            written, now = self.listen(page)
            now[0] += 1
            page.refresh()
            await pilot.pause()
            del written[:]
            await app.push_screen(Screen())
            await pilot.pause()
            del written[:]
            await app.pop_screen()
            await pilot.pause()
            assert [each for each in written if each != "nothing"] == ["LayoutUpdate"]

    def listen(self, page: Page) -> tuple[list[str], list[float]]:
        """What is written from now on, and a clock to be moved."""
        written, now = list[str](), [100.0]
        compositor = page._compositor
        assert isinstance(compositor, SteadyCompositor)
        compositor.clock, compositor._painted = lambda: now[0], None
        render = compositor.render_update

        def heard(*given: Any, **named: Any) -> Any:
            update = render(*given, **named)
            written.append("nothing" if update is None else type(update).__name__)
            return update

        compositor.render_update = heard  # type: ignore[method-assign]
        return written, now
