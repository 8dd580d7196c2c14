"""What comes to a pane that is being taken away, or is gone, is not done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from oxen_tui.panes.mistake import Mistake
from oxen_tui.panes.pane import Pane


class Service:
    """Tells its listeners."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[int], None]] = []

    def subscribe(self, listener: Callable[[int], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return partial(self.listeners.remove, listener)

    def tell(self, what: int) -> None:
        for listener in list(self.listeners):
            listener(what)


class Leaf(Static):
    """Tells something in the moment at which it is taken out of its pane."""

    def __init__(self, service: Service) -> None:
        super().__init__("leaf")
        self._service = service

    def on_unmount(self) -> None:
        self._service.tell(99)


class Listing(Pane):
    """Draws what it is told after the next frame, as the lists do."""

    def __init__(self, service: Service) -> None:
        super().__init__(id="listing")
        self.service = service
        self.heard: list[int] = []
        self.drawn = 0
        self.sorry = False

    def compose(self) -> ComposeResult:
        yield Leaf(self.service)

    def on_mount(self) -> None:
        self.end = self.listen(self.service.subscribe, self.hear)

    def hear(self, what: int) -> None:
        self.heard.append(what)
        self.query_one(Leaf).update(str(what))
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        self.drawn += 1
        self.query_one(Leaf)
        self.refresh_bindings()

    def begin(self, work: Callable[[], None]) -> bool:
        async def do() -> None:
            work()

        return self._work(do, "work") is not None

    def show_mistake(self) -> None:
        self.sorry = True


class House(App[None]):
    """A pane on the first screen."""

    def __init__(self) -> None:
        super().__init__()
        self.service = Service()
        self.listing = Listing(self.service)
        self.mistakes: list[BaseException] = []

    def compose(self) -> ComposeResult:
        yield self.listing

    def on_mistake(self, event: Mistake) -> None:
        self.mistakes.append(event.error)


@asynccontextmanager
async def house() -> AsyncIterator[tuple[House, Listing, Pilot[None]]]:
    app = House()
    async with app.run_test() as pilot:
        yield app, app.listing, pilot


async def test_what_is_told_is_drawn_after_the_next_frame() -> None:
    async with house() as (app, listing, pilot):
        app.service.tell(1)
        await pilot.pause()
        assert (listing.heard, listing.drawn) == ([1], 1)


async def test_a_pane_that_is_gone_does_not_do_what_the_screen_in_front_of_it_calls() -> None:
    async with house() as (app, listing, pilot):
        await app.push_screen(Screen())
        on = asyncio.Event()
        app.screen.call_later(on.wait)  # no frame before it is gone
        app.service.tell(1)
        await app.screen_stack[0].remove()
        assert listing.drawn == 0
        on.set()
        await pilot.pause()
        assert (listing.heard, listing.drawn) == ([1], 0)


async def test_a_pane_hears_nothing_while_what_is_in_it_is_taken_out() -> None:
    async with house() as (_, listing, pilot):
        await listing.remove()
        await pilot.pause()
        assert (listing.heard, listing.drawn) == ([], 0)


async def test_a_pane_that_is_to_go_hears_nothing_from_then_on() -> None:
    async with house() as (app, listing, _):
        removal = listing.remove()
        app.service.tell(1)
        await removal
        assert listing.heard == []


async def test_a_pane_that_is_gone_listens_no_more() -> None:
    async with house() as (app, listing, _):
        assert len(app.service.listeners) == 1
        await listing.remove()
        assert app.service.listeners == []
        listing.end()  # once more changes nothing


async def test_a_pane_may_end_listening_itself() -> None:
    async with house() as (app, listing, _):
        listing.end()
        app.service.tell(1)
        assert (listing.heard, app.service.listeners) == ([], [])


async def test_the_keys_of_a_pane_that_is_gone_are_not_asked_for() -> None:
    async with house() as (_, listing, __):
        await listing.remove()
        listing.refresh_bindings()
        assert not listing.is_here


async def test_a_pane_that_is_gone_begins_no_work() -> None:
    async with house() as (app, listing, _):
        await listing.remove()
        assert not listing.begin(lambda: None)
        assert not list(app.workers)


async def test_a_mistake_in_work_is_shown_and_goes_to_the_app() -> None:
    def slip() -> None:
        raise ZeroDivisionError

    async with house() as (app, listing, pilot):
        assert listing.begin(slip)
        while not app.mistakes:
            await pilot.pause()
        assert [type(error) for error in app.mistakes] == [ZeroDivisionError]
        assert listing.sorry
