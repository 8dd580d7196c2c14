"""What is out of sight does not unsettle what is seen."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from oxen_tui.widgets.steady_compositor import SteadyCompositor


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
