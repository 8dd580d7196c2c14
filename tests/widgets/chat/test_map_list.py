"""The lines of a map: rails, signs, and only what is in view."""

from __future__ import annotations

from dataclasses import replace

from oxen_tui.widgets import glyphs
from oxen_tui.widgets.chat.map_list import MapEntry, MapList
from tests.widgets.host import Host, lines

WAY = MapEntry("you", "Why is it there?", is_question=True, shown=True, passed=True, time="14:02")
ENTRIES = {
    1: WAY,
    2: MapEntry("tern", "For the ships.", depth=1, is_head=True, passed=True, sibling=1, siblings=2, time="14:03"),
    3: MapEntry("you", "Which?", is_question=True, depth=1, passed=True, time="14:04"),
    4: MapEntry("heron", "For [b]no one[/b].", depth=2, is_head=True, passed=True, state="failed", state_tone="err"),
    5: replace(WAY, who="tern", text="It stood there first.", passed=False, is_leaf=True, sibling=2, siblings=2),
}


async def drawn(width: int, **show: object) -> list[str]:
    app = Host(MapList())
    async with app.run_test(size=(width, 12)) as pilot:
        view = app.query_one(MapList)
        view.show_map(list(ENTRIES), ENTRIES.__getitem__, stand_on=5, **show)  # type: ignore[arg-type]
        await pilot.pause()
        return [line for line in lines(view) if line.strip()]


async def test_branches_leave_the_straight_way_and_chains_stay_straight() -> None:
    seen = await drawn(60)
    assert [line[:9].rstrip() for line in seen] == ["   ○ you", "   ├─○ te", "   │ ○ yo", "   │ ├─✕", "▌  ● tern"]
    assert seen[1].endswith("1/2")
    assert seen[3].endswith("For [b]no one[/b].")


async def test_times_and_tokens_stand_where_there_is_room() -> None:
    assert not any("14:02" in line for line in await drawn(60))
    assert (await drawn(90))[0].endswith("14:02")


async def test_those_to_be_compared_have_their_numbers() -> None:
    seen = await drawn(60, marks=[4, 1])
    assert [line[1] for line in seen] == ["2", " ", " ", "1", " "]


async def test_what_was_found_stands_without_rails() -> None:
    seen = await drawn(60, flat=True)
    assert not any("│" in line or "├" in line for line in seen)


async def test_a_folded_branch_says_how_much_is_in_it() -> None:
    app = Host(MapList())
    async with app.run_test(size=(60, 5)) as pilot:
        view = app.query_one(MapList)
        view.show_map([2], lambda _: replace(ENTRIES[2], hidden=12), stand_on=None)
        await pilot.pause()
        line = lines(view)[0]
    assert "▸ tern" in line
    assert "12 more messages" in line


async def test_a_siding_far_in_shows_the_nearest_lanes_and_plain_signs_do_too() -> None:
    glyphs.use(glyphs.ASCII)
    try:
        app = Host(MapList())
        async with app.run_test(size=(60, 5)) as pilot:
            view = app.query_one(MapList)
            view.show_map([2, 4], lambda key: replace(ENTRIES[key], depth=12 if key == 2 else 2), stand_on=4)
            await pilot.pause()
            far, near = lines(view)[:2]
    finally:
        glyphs.use(glyphs.UNICODE)
    assert far.startswith("   .. | | | | | | |-. tern")
    assert near.startswith(">  | |-x heron")


async def test_only_lines_in_view_are_made() -> None:
    asked: list[int] = []

    def describe(message_id: int) -> MapEntry:
        asked.append(message_id)
        return WAY

    app = Host(MapList())
    async with app.run_test(size=(80, 10)) as pilot:
        view = app.query_one(MapList)
        view.show_map(range(5_000), describe, stand_on=4_999)
        view.focus()
        await pilot.pause()
        assert view.message_id == 4_999
        await pilot.press("g")
        assert view.message_id == 0
    assert set(asked) <= {*range(20), *range(4_980, 5_000)}
