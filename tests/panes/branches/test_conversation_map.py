"""The map of a conversation, gone through by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Static

from oxen_tui.panes.branches.conversation_map import MapPane
from oxen_tui.widgets.chat.map_list import MapList
from tests.panes.branches_host import Branches, Deleting, branches
from tests.scenes.stage import until
from tests.widgets.host import lines


class Map:
    """The map as it is seen."""

    def __init__(self, stage: Branches) -> None:
        self.stage = stage
        self.pane = stage.app.query_one(MapPane)
        self.list = stage.app.query_one(MapList)
        self.keys = {message_id: key for key, message_id in stage.ids.items()}

    @property
    def here(self) -> str:
        """The key of the message under the cursor."""
        return "" if self.list.message_id is None else self.keys[self.list.message_id]

    @property
    def shown(self) -> list[str]:
        """Keys of the lines, indented by their lanes."""
        found = (self.pane._lines[int(self.list.key_at(place))] for place in range(self.list.row_count))
        return ["  " * line.depth + self.keys[line.id] for line in found]

    @property
    def drawn(self) -> str:
        return "\n".join(lines(self.list))

    def words(self, name: str) -> str:
        return str(self.pane.query_one(name, Static).render())

    async def press(self, *keys: str) -> None:
        await self.stage.press(*keys)

    async def wait_for(self, shown: list[str]) -> None:
        await until(self.stage.pilot, lambda: self.shown == shown, f"{shown}")


@pytest.fixture
async def seen(tmp_path: Path) -> AsyncIterator[Map]:
    async with branches(
        tmp_path, lambda session, conversation, ids: MapPane(session, conversation, None, Deleting(session.store))
    ) as stage:
        seen = Map(stage)
        await seen.wait_for(ALL)
        yield seen


ALL = ["q1", "  a3", "  q10", "  a4", "a2", "q5", "  a6", "  t7", "  a8", "a9"]


async def test_it_opens_on_the_message_that_is_shown_last(seen: Map) -> None:
    assert seen.here == "a9"
    assert seen.words("#map-title") == "Map of the conversation   10 messages · 4 branches"
    assert seen.words("#facts") == "tern · answer 2 of 2 · stopped · 14:02"
    assert seen.words("#beginning") == "About thirty metres."
    drawn = seen.drawn.splitlines()
    assert "● " not in drawn[0]
    assert drawn[0].split() == ["○", "you", "Why", "does", "it", "stand", "there?", "14:02"]
    assert drawn[3].split() == ["├─✕", "tern", "It", "3/3", "14:02"]
    assert "calls look" in drawn[6]
    assert "◇ look" in drawn[7]
    assert drawn[9].split()[:2] == ["▌", "–"]


async def test_keys_go_to_what_is_near(seen: Map) -> None:
    await seen.press("left")
    assert seen.here == "q5"
    await seen.press("l")
    assert seen.here == "a6"
    await seen.press("right", "l")
    assert seen.here == "a8"
    await seen.press("l")
    assert seen.here == "a8"
    await seen.press("left_square_bracket", "right_square_bracket")
    assert seen.here == "a9"
    await seen.press("g")
    assert seen.here == "q1"
    await seen.press("h")
    assert seen.here == "q1"


async def test_enter_shows_the_branch(seen: Map) -> None:
    await seen.press("g", "j", "enter")
    assert [event.message_id for event in seen.stage.told(MapPane.Chosen)] == [seen.stage.ids["a3"]]


async def test_branches_fold_to_a_line_and_open_again(seen: Map) -> None:
    await seen.press("g", "j", "j", "z")
    assert seen.shown == ["q1", "  a3", "  a4", "a2", "q5", "  a6", "  t7", "  a8", "a9"]
    assert seen.here == "a3"
    assert "1 more message" in seen.drawn
    await seen.press("right")
    assert seen.shown == ALL
    await seen.press("g", "z")
    assert seen.shown == ["q1", "  a3", "  a4", "a2", "q5", "  a6", "  t7", "  a8", "a9"]
    await seen.press("Z")
    assert seen.shown == ["q1", "  a3", "  a4", "a2", "q5", "  a6", "a9"]
    await seen.press("Z")
    assert seen.shown == ALL
    await seen.press("G", "z")
    assert [told.sentence for told in seen.stage.told(MapPane.Said)] == [
        "No branch leaves here: z folds where one does"
    ]


async def test_a_filter_leaves_what_holds_the_words(seen: Map) -> None:
    await seen.press("slash", *"north")
    await seen.wait_for(["  a3", "a2"])
    assert seen.here == "a2"
    assert "2 of 10 messages" in seen.words("#map-title")
    assert "├" not in seen.drawn
    await seen.press("up", "enter")
    assert seen.here == "a3"
    await seen.press("escape")
    await seen.wait_for(ALL)
    assert seen.here == "a3"
    assert not seen.stage.told(MapPane.Left)
    await seen.press("escape")
    assert seen.stage.told(MapPane.Left)


async def test_a_filter_that_nothing_passes_says_so(seen: Map) -> None:
    await seen.press("slash", *"zebra")
    await until(seen.stage.pilot, lambda: "No message holds all these words" in seen.drawn, "the words")
    await seen.press("enter", "escape")
    await seen.wait_for(ALL)


async def test_two_are_marked_and_compared(seen: Map) -> None:
    ids = seen.stage.ids
    await seen.press("equals_sign")
    await seen.press("space", "g", "equals_sign")
    await seen.press("j", "space", "j", "space", "equals_sign")
    await seen.press("space", "equals_sign")
    compared = [(event.first, event.second) for event in seen.stage.told(MapPane.CompareWanted)]
    assert compared == [
        (ids["a9"], None),
        (ids["a9"], ids["q1"]),
        (ids["a3"], ids["q10"]),
        (ids["a3"], ids["q10"]),
    ]


async def test_a_branch_is_deleted_and_brought_back(seen: Map) -> None:
    await seen.press("g", "j", "d")
    await seen.wait_for(["q1", "  a4", "a2", "q5", "  a6", "  t7", "  a8", "a9"])
    assert seen.here == "a4"
    await seen.press("u")
    await seen.wait_for(ALL)
    await seen.press("g", "d")
    await until(seen.stage.pilot, lambda: bool(seen.stage.told(MapPane.Left)), "the end")


async def test_a_small_screen_has_it_too(tmp_path: Path) -> None:
    async with branches(
        tmp_path,
        lambda session, conversation, ids: MapPane(session, conversation, ids["a3"], Deleting(session.store)),
        size=(60, 20),
    ) as stage:
        seen = Map(stage)
        await seen.wait_for(ALL)
        assert seen.here == "a3"
        assert seen.drawn.splitlines()[1].split()[-1] == "2/3"
        assert "14:02" not in seen.drawn


async def test_the_cursor_is_in_view_however_low_the_screen_is(tmp_path: Path) -> None:
    async with branches(
        tmp_path,
        lambda session, conversation, ids: MapPane(session, conversation, None, Deleting(session.store)),
        size=(60, 12),
    ) as stage:
        seen = Map(stage)
        await seen.wait_for(ALL)
        assert "▌" in seen.drawn
        await seen.press("slash", *"north")
        await seen.wait_for(["  a3", "a2"])
        assert "▌" in seen.drawn
        assert seen.list.size.width == 60
