"""Raw events in a page: a cursor, one opened, found, followed while more come, drawn as far as in view."""

from __future__ import annotations

from collections.abc import Iterable

from oxen_tui.widgets.page.event_page import EventPage
from oxen_tui.widgets.page.view import PageView
from tests.widgets.host import Host, lines


class Told:
    """Events that say their number; counts how many were looked at."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.looked = 0

    def __len__(self) -> int:
        return self.count

    def after(self, number: int) -> str:
        return f"+{number * 10:,}"

    def gist(self, number: int) -> str:
        self.looked += 1
        return f'"word {number}"'

    def raw(self, number: int) -> str:
        return f'data: {{"number": {number}}}'

    def lines(self, number: int) -> Iterable[tuple[int, str]]:
        return [(0, "{"), (1, f'"number": {number}'), (0, "}")]


def shown(page: EventPage) -> list[str]:
    return [line.replace("▌", " ").strip() for line in lines(page) if line.strip()]


async def test_two_thousand_events_are_drawn_as_far_as_they_are_in_view() -> None:
    page, told = EventPage(), Told(2000)
    app = Host(page, hears=(PageView.Copied,))
    async with app.run_test(size=(60, 8)) as pilot:
        page.focus()
        page.tell(told)
        await pilot.pause()
        assert shown(page)[:2] == [
            '+0  "word 0"          data: {"number": 0}',
            '+10  "word 1"          data: {"number": 1}',
        ]
        await pilot.press("G")
        assert page.cursor == 1999
        assert shown(page)[-1] == '+19,990  "word 1999"       data: {"number": 1999}'
        assert told.looked < 100
        await pilot.press("g", "j", "j", "enter")
        assert shown(page)[2:7] == [
            '+20  "word 2"          data: {"number": 2}',
            "{",
            '"number": 2',
            "}",
            '+30  "word 3"          data: {"number": 3}',
        ]
        await pilot.press("y", "enter")
        assert shown(page)[3].startswith("+30")
        await pilot.press("y")
        first, all_of_them = app.heard
        assert (first.text, first.what) == ('data: {"number": 2}', "event")
        assert all_of_them.text.count("\n") == 1999
        assert all_of_them.text.startswith('+0 ms  data: {"number": 0}\n')
        await pilot.press("pagedown")
        assert page.cursor > 6


async def test_who_stands_on_the_last_event_follows_and_nobody_else_is_moved() -> None:
    page = EventPage()
    async with Host(page).run_test(size=(60, 8)) as pilot:
        page.focus()
        page.tell(Told(20))
        await pilot.press("G")
        page.tell(Told(30), keep=True)
        await pilot.pause()
        assert page.cursor == 29
        await pilot.press("k")
        page.tell(Told(40), keep=True)
        await pilot.pause()
        assert page.cursor == 28
        assert "word 28" in "".join(shown(page))


async def test_what_is_found_is_what_keys_act_on() -> None:
    page = EventPage()
    app = Host(page, hears=(PageView.Searched,))
    async with app.run_test(size=(60, 8)) as pilot:
        page.focus()
        page.tell(Told(900))
        page.find('"number": 77')
        await pilot.pause()
        assert page.cursor == 77
        await pilot.press("n")
        assert page.cursor == 770
        await pilot.press("N")
        assert page.cursor == 77
        page.find("nowhere")
        await pilot.pause()
        assert [each.result for each in app.heard] == ["line 78", "line 771", "line 78", "nothing found below"]


async def test_a_click_opens_an_event_and_an_empty_page_says_why() -> None:
    page = EventPage()
    async with Host(page).run_test(size=(60, 8)) as pilot:
        page.tell(None, empty="No stream")
        await pilot.pause()
        assert shown(page) == ["No stream"]
        await pilot.press("j", "enter", "y")
        page.tell(Told(3))
        await pilot.click(EventPage, offset=(5, 1))
        assert page.cursor == 1
        assert '"number": 1' in shown(page)
