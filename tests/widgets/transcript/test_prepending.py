"""A long conversation is shown from its end; what stood before is put on the page later."""

from __future__ import annotations

from oxen_tui.widgets.transcript.turn import Turn
from oxen_tui.widgets.transcript.view import Transcript
from tests.widgets.transcript.host import Host, page


def turns(first: int, last: int) -> list[Turn]:
    return [
        Turn(number, "assistant", "heron", text=f"Answer {number}\n\nwith two paragraphs")
        for number in range(first, last)
    ]


async def test_what_is_on_the_screen_stays_while_the_reader_is_at_the_end() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        view = app.query_one(Transcript)
        view.show(turns(60, 100))
        await pilot.pause()
        before = page(app)
        view.prepend(turns(0, 60))
        await pilot.pause()
        assert page(app) == before
        view.action_top()
        await pilot.pause()
        assert any("Answer 0" in line for line in page(app))


async def test_what_is_on_the_screen_stays_while_the_reader_is_elsewhere() -> None:
    app = Host()
    async with app.run_test(size=(80, 20)) as pilot:
        view = app.query_one(Transcript)
        view.show(turns(60, 100))
        view.action_page(-2)
        await pilot.pause()
        before = page(app)
        view.prepend(turns(0, 60))
        await pilot.pause()
        assert page(app) == before
        assert not view.following
