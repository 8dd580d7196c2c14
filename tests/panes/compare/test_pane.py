"""The comparison as a page: columns, their keys, and what is said of each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.message import Message
from textual.pilot import Pilot

from oxen_tui.api.chat import ReasoningDelta, TextDelta
from oxen_tui.api.errors import RateLimited
from oxen_tui.panes.compare.pane import ComparePane
from oxen_tui.services.comparison.comparison import Asked
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.store import Store
from oxen_tui.widgets.chat.compare_column import CompareColumn
from oxen_tui.widgets.one_line import OneLine
from tests.scenes.stage import until
from tests.services.comparison_doubles import Players, Stand, says
from tests.services.conftest import store as store
from tests.services.fake_client import Gate, Step
from tests.widgets.host import Host, lines


class Page:
    """The pane in a running app, over a comparison that runs."""

    def __init__(self, pilot: Pilot[Any], app: Host, pane: ComparePane, stand: Stand) -> None:
        self.pilot, self.app, self.pane, self.stand = pilot, app, pane, stand
        self.copied: list[str] = []

    @property
    def columns(self) -> list[CompareColumn]:
        return list(self.pane.query(CompareColumn))

    @property
    def seen(self) -> list[int]:
        """The columns on screen, counted from 1."""
        return [column.number + 1 for column in self.columns if column.display]

    def said(self, number: int) -> str:
        return self.columns[number - 1].plain

    def answer(self, number: int) -> str:
        return "\n".join(lines(self.columns[number - 1].transcript))

    def told(self, kind: type[Message]) -> list[Any]:
        return [each for each in self.app.heard if isinstance(each, kind)]

    @property
    def head(self) -> str:
        return " ".join(self.pane.query_one("#compare-head", OneLine).plain.split())

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def wait(self, condition: Callable[[], bool], what: str) -> None:
        await until(self.pilot, condition, what)


@asynccontextmanager
async def opened(
    store: Store,
    size: tuple[int, int] = (120, 40),
    settings: ConversationSettings | None = None,
    **scripts: list[Step],
) -> AsyncIterator[Page]:
    conversation = await store.conversations.create("before")
    asked = Asked(conversation.id, "Why is the sky blue?", tuple(scripts), settings or ConversationSettings())
    stand = Stand(store, Players(**scripts), asked)
    pane = ComparePane(stand.comparison, stand.time.monotonic)
    app = Host(pane, hears=(Message,))
    async with app.run_test(size=size) as pilot:
        pane.focus()
        running = asyncio.create_task(stand.comparison.run())
        yield Page(pilot, app, pane, stand)
        stand.comparison.stop_all()
        await running
        await stand.service.close()


async def test_three_answers_grow_side_by_side_under_the_question(store: Store) -> None:
    held: list[Step] = [Gate()]
    async with opened(
        store,
        slow=[TextDelta("Slowly it comes", 4), *held],
        quick=says("It is **scattering**.", 8),
        third=[ReasoningDelta("Hm", 1), *held],
    ) as page:
        await page.wait(lambda: page.stand.states == ["writing", "done", "thinking"], "the three")
        await page.wait(lambda: "scattering" in page.answer(2), "the second answer")
        assert page.seen == [1, 2, 3]
        assert "Slowly it comes" in page.answer(1)
        assert "thinking" in page.answer(3)
        assert page.said(1).startswith("▌ 1 slow ◐ writing 0 s")
        assert page.said(2).startswith("2 quick ✓ done")
        assert "8 tokens" in page.said(2)
        assert "~$0.013" in page.said(2)
        assert page.head == "Compare 3 models 1 of 3 ended"


async def test_columns_that_have_no_room_stand_behind_tabs(store: Store) -> None:
    async with opened(store, (60, 20), slow=says("One."), quick=says("Two."), third=says("Three.")) as page:
        await page.wait(lambda: page.stand.states == ["done"] * 3, "the answers")
        tabs = page.pane.query_one("#compare-tabs", OneLine)
        assert tabs.display
        assert page.seen == [1]
        assert "▌1 slow ✓" in tabs.plain
        await page.press("tab")
        assert page.seen == [2]
        await page.press("3")
        assert page.seen == [3]
        assert "Three." in page.answer(3)
        await page.press("right")
        assert page.seen == [1]
        await page.press("left")
        assert page.seen == [3]
        await page.pilot.resize_terminal(80, 24)
        await page.wait(lambda: page.seen == [2, 3], "two of them beside each other")
        await page.pilot.resize_terminal(120, 30)
        await page.wait(lambda: page.seen == [1, 2, 3], "all of them")
        assert not tabs.display


async def test_four_stand_side_by_side_on_a_wide_terminal(store: Store) -> None:
    async with opened(store, (160, 45), a=says("A"), b=says("B"), c=says("C"), d=says("D")) as page:
        await page.wait(lambda: page.seen == [1, 2, 3, 4], "all of them")
        assert all(column.size.width >= 36 for column in page.columns)


async def test_one_is_stopped_asked_again_and_picked(store: Store) -> None:
    async with opened(store, slow=[TextDelta("Lo", 1), Gate()], quick=says("Two.")) as page:
        await page.wait(lambda: page.stand.states == ["writing", "done"], "both")
        await page.press("x")
        await page.wait(lambda: "– stopped" in page.said(1), "the end of the first")
        await page.wait(lambda: "– stopped" in page.answer(1), "that under the answer")
        await page.press("r")
        assert [each.number for each in page.told(ComparePane.AgainWanted)] == [0]
        await page.press("2", "enter")
        assert [each.number for each in page.told(ComparePane.Picked)] == [1]


async def test_escape_stops_all_and_then_closes(store: Store) -> None:
    async with opened(store, slow=[TextDelta("Lo", 1), Gate()], quick=[TextDelta("Qu", 1), Gate()]) as page:
        await page.wait(lambda: page.stand.states == ["writing"] * 2, "both")
        await page.press("escape")
        await page.wait(lambda: page.stand.states == ["stopped"] * 2, "the end of both")
        assert not page.told(ComparePane.Closed)
        await page.press("escape")
        assert len(page.told(ComparePane.Closed)) == 1


async def test_one_that_failed_says_why_and_cannot_be_gone_on_with(store: Store) -> None:
    async with opened(store, slow=[RateLimited(status=429)], quick=says("Two.")) as page:
        await page.wait(lambda: page.stand.states == ["failed", "done"], "both")
        await page.wait(lambda: "r asks again" in page.answer(1), "the reason")
        assert "✕ failed" in page.said(1)
        await page.press("enter")
        assert not page.told(ComparePane.Picked)
        assert "slow has said nothing to go on with" in page.told(ComparePane.Trouble)[0].sentence


async def test_the_best_are_named_when_all_have_ended(store: Store) -> None:
    clock: list[Callable[[float], None]] = []
    late: list[Step] = [lambda: clock[0](3), *says("One.")]
    async with opened(store, slow=late, quick=says("Two.")) as page:
        clock.append(page.stand.time.pass_)
        await page.wait(lambda: page.stand.states == ["done"] * 2, "both")
        await page.wait(lambda: "cheapest" in page.said(2), "the cheapest")
        assert "cheapest" not in page.said(1)
        assert "fastest" in page.said(1) + page.said(2)
        assert page.head == "Compare 2 models ~$0.075 in all"


async def test_a_price_that_is_not_known_is_said_in_words(store: Store) -> None:
    async with opened(store, unpriced=says("One."), quick=says("Two.")) as page:
        await page.wait(lambda: page.stand.states == ["done"] * 2, "both")
        await page.wait(lambda: "price unknown" in page.said(1), "the price")
        assert "$0.00 " not in page.said(1)
        assert "one of unknown price in all" in page.head


async def test_that_tools_are_left_out_is_said(store: Store) -> None:
    settings = ConversationSettings(tools=("time",))
    async with opened(store, settings=settings, slow=says("One."), quick=says("Two.")) as page:
        assert "without tools" in page.head


async def test_the_answer_is_copied(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(store, slow=says("One.\nLine two."), quick=says("Two.")) as page:
        copied: list[str] = []
        monkeypatch.setattr(page.app, "copy_to_clipboard", copied.append)
        await page.wait(lambda: page.stand.states == ["done"] * 2, "both")
        await page.press("y")
        assert copied == ["One.\nLine two."]
        assert page.told(ComparePane.Said)[0].sentence == "Copied the answer: 2 lines"


async def test_a_code_block_of_the_answer_is_copied(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(store, slow=says("So:\n\n```python\nprint(1)\n```\n"), quick=says("Two.")) as page:
        copied: list[str] = []
        monkeypatch.setattr(page.app, "copy_to_clipboard", copied.append)
        await page.wait(lambda: "print(1)" in page.answer(1), "the code")
        await page.press("Y")
        await page.wait(lambda: copied == ["print(1)"], "the block")


async def test_a_long_answer_is_read_by_the_usual_keys(store: Store) -> None:
    long = "\n\n".join(f"Paragraph {number}" for number in range(60))
    async with opened(store, (80, 24), slow=says(long), quick=says("Two.")) as page:
        await page.wait(lambda: "Paragraph 59" in page.answer(1), "its end")
        await page.press("g")
        assert "Paragraph 0" in page.answer(1)
        await page.press("pagedown", "j")
        assert "Paragraph 0" not in page.answer(1)
        await page.press("G")
        assert "Paragraph 59" in page.answer(1)


async def test_a_click_chooses_a_column(store: Store) -> None:
    async with opened(store, slow=says("One."), quick=says("Two.")) as page:
        await page.wait(lambda: page.stand.states == ["done"] * 2, "both")
        await page.pilot.click(page.columns[1].transcript)
        await page.wait(lambda: page.pane.here == 1, "the second column")
        assert page.app.focused is page.pane


async def test_opened_late_it_shows_what_came_before(store: Store) -> None:
    async with opened(store, slow=[TextDelta("Slowly", 2), Gate()], quick=says("Two.")) as page:
        await page.wait(lambda: page.stand.states == ["writing", "done"], "both")
        again = ComparePane(page.stand.comparison, page.stand.time.monotonic)
        await page.pane.remove()
        await page.app.screen.mount(again)
        page.pane = again
        await page.wait(lambda: "Slowly" in page.answer(1) and "Two." in page.answer(2), "what came")


async def test_answers_by_a_schema_are_shown_as_trees(store: Store) -> None:
    settings = ConversationSettings(schema={"type": "object"}, schema_name="bill")
    written = says('{"price": 3, "lines": [1, 2]}')
    async with opened(store, settings=settings, slow=written, quick=written) as page:
        await page.wait(lambda: page.stand.states == ["done"] * 2, "both")
        await page.wait(lambda: "▾ lines" in page.answer(1) or "▸ lines" in page.answer(1), "the tree")


async def test_text_of_a_model_is_only_text(store: Store) -> None:
    async with opened(store, slow=says("[b]bold[/b] \\[x]"), quick=[RateLimited(status=429)]) as page:
        await page.wait(lambda: "[b]bold[/b]" in page.answer(1), "the text")
