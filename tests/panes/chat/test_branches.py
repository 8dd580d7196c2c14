"""Branches in the chat: flipped through wherever they are, gone to from the map, forked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.dialogs.conversation_map import MapDialog
from oxen_tui.store.store import Store
from oxen_tui.store.whole_conversations import NewConversation, NewMessage
from oxen_tui.widgets.chat.map_list import MapList
from oxen_tui.widgets.transcript.view import Transcript
from tests.panes.branches_host import said
from tests.scenes.actors import PlayedClient
from tests.scenes.moment import StillClock
from tests.scenes.stage import Stage, until

LONG = [
    said("q1", None, "First question"),
    said("a2", "q1", "One answer"),
    said("a3", "q1", "Another answer"),
    *(said(f"{'qa'[n % 2]}{n}", f"{'aq'[n % 2]}{n - 1}" if n > 4 else "a2", f"Message {n}") for n in range(4, 150)),
    *(said(f"{'qa'[n % 2]}x{n}", f"{'aq'[n % 2]}x{n - 1}" if n > 4 else "a3", f"Other {n}") for n in range(4, 150)),
]
"""Two long branches that part at the first answer."""

NAMES = {"[": "left_square_bracket", "]": "right_square_bracket"}


async def fill(store: Store, _clock: StillClock) -> None:
    messages: list[NewMessage] = LONG
    await store.whole.add(NewConversation(messages, "a149", model="tern"))


class Chat:
    """The chat in a running app."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        self.pane = pilot.app.screen.query_one(ChatPane)
        self.page = pilot.app.screen.query_one(Transcript)

    @property
    def here(self) -> str:
        """What the message under the bar says."""
        return self.page.cursor.turn.text if self.page.cursor is not None else ""

    @property
    def is_in_view(self) -> bool:
        column = self.page.column
        if self.page.cursor not in column.turns:
            return False
        top = column.top_of(column.turns.index(self.page.cursor)) - self.page.scroll_offset.y
        return 0 <= top < self.page.size.height

    async def wait_for(self, text: str) -> None:
        await until(self.pilot, lambda: self.here == text and self.is_in_view, text)


@asynccontextmanager
async def chat(home: Path) -> AsyncIterator[Chat]:
    stage = Stage(home, fill, PlayedClient(), StillClock())
    async with stage.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: bool(pilot.app.screen.query(Transcript)), "the chat")
        chat = Chat(pilot)
        await until(pilot, lambda: len(chat.page.column.turns) == 148, "the conversation")
        await pilot.press("ctrl+up", "g", "j")
        await chat.wait_for("One answer")
        yield chat


async def test_a_sibling_far_from_the_end_is_in_view_when_it_is_flipped_to(tmp_path: Path) -> None:
    async with chat(tmp_path) as seen:
        await seen.pilot.press("right_square_bracket")
        await seen.wait_for("Another answer")
        await seen.pilot.press("left_square_bracket")
        await seen.wait_for("One answer")


async def five_answers(store: Store, _clock: StillClock) -> None:
    answers = [said(f"a{number}", "q1", f"Answer {number}") for number in range(1, 6)]
    await store.whole.add(NewConversation([said("q1", None, "Question"), *answers], "a5", model="tern"))


async def test_pressed_in_one_burst_each_key_goes_one_sibling_further(tmp_path: Path) -> None:
    stage = Stage(tmp_path, five_answers, PlayedClient(), StillClock())
    async with stage.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: bool(pilot.app.screen.query(Transcript)), "the chat")
        seen = Chat(pilot)
        await until(pilot, lambda: len(seen.page.column.turns) == 2, "the conversation")
        await pilot.press("ctrl+up")
        await seen.wait_for("Answer 5")
        for keys, text in (("[[[", "Answer 2"), ("[[[", "Answer 1"), ("]]][]]]]]", "Answer 5"), ("[[]", "Answer 4")):
            for key in keys:  # as a terminal hands them on, without a turn of the loop between them
                pilot.app.post_message(events.Key(NAMES[key], key))
            await seen.wait_for(text)
            assert [lines.turn.text for lines in seen.page.column.turns] == ["Question", text]
            assert seen.pane._flips == 0


async def test_the_map_goes_to_a_message_of_another_branch(tmp_path: Path) -> None:
    async with chat(tmp_path) as seen:
        await seen.pilot.press("m")
        await until(
            seen.pilot,
            lambda: (
                isinstance(seen.pilot.app.screen, MapDialog)
                and seen.pilot.app.screen.query_one(MapList).row_count == len(LONG)
            ),
            "the map",
        )
        await seen.pilot.press("right_square_bracket", "l", "enter")
        await seen.wait_for("Other 4")
        assert seen.pane.has_focus_within


async def test_keys_of_a_message_do_nothing_while_a_question_is_typed(tmp_path: Path) -> None:
    async with chat(tmp_path) as seen:
        assert seen.pane.check_action("map_here", ()) is True
        await seen.pilot.press("escape", "m", "f", "R", "equals_sign")
        await until(seen.pilot, lambda: seen.pane._composer.text == "mfR=", "the letters")
        for action in ("map_here", "fork_here", "compare_siblings", "again_with"):
            assert not seen.pane.check_action(action, ())
