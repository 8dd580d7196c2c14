"""Two messages beside one another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.widgets import Static

from oxen_tui.panes.branches.message_diff import MessageDiffPane
from oxen_tui.services.conversation.message_pair import said_in, with_siblings
from oxen_tui.widgets.page.diff_view import DiffHeads, DiffView
from tests.panes.branches_host import Branches, Make, branches
from tests.scenes.stage import until
from tests.widgets.host import lines


def comparing(first: str, second: str | None = None) -> Make:
    return lambda session, _, ids: MessageDiffPane(session, ids[first], None if second is None else ids[second])


def heads(stage: Branches) -> str:
    return " ".join(" ".join(lines(stage.app.query_one(DiffHeads))).split())


async def wait_for(stage: Branches, condition: Callable[[], bool]) -> None:
    await until(stage.pilot, condition, "the comparison")


async def test_an_answer_stands_beside_the_sibling_before_it(tmp_path: Path) -> None:
    async with branches(tmp_path, comparing("a3")) as stage:
        await wait_for(stage, lambda: "heron" in heads(stage))
        assert heads(stage) == "− tern 1/3 12 tokens · ~$0.0012 · 3.0 s + heron 2/3 temperature 1.2"
        seen = [line.strip() for line in lines(stage.app.query_one(DiffView)) if line.strip()]
        assert seen == ["− For the ships.", "+ For the boats.", "They came from the north."]
        title = str(stage.app.query_one("#diff-title", Static).render())
        assert title.split() == ["Two", "answers", "1", "change"]


async def test_its_siblings_are_gone_through_and_the_two_swapped(tmp_path: Path) -> None:
    async with branches(tmp_path, comparing("a2")) as stage:
        await wait_for(stage, lambda: "heron 2/3" in heads(stage))
        await stage.press("right_square_bracket")
        await wait_for(stage, lambda: "+ tern 3/3 cut off" in heads(stage))
        await stage.press("right_square_bracket", "x")
        await wait_for(stage, lambda: "− tern 3/3" in heads(stage))
        assert "+ tern 1/3" in heads(stage)
        await stage.press("right_square_bracket")
        await wait_for(stage, lambda: "+ heron 2/3" in heads(stage))
        await stage.press("y")
        told = [each.sentence for each in stage.told(MessageDiffPane.Said)]
        assert told == ["Copied differences: 3 lines"]
        await stage.press("escape")
        assert stage.told(MessageDiffPane.Left)


async def test_any_two_can_be_compared(tmp_path: Path) -> None:
    async with branches(tmp_path, comparing("q1", "a8")) as stage:
        await wait_for(stage, lambda: "− you + tern" in heads(stage))


async def test_an_answer_that_called_tools_is_compared_with_what_it_came_to(tmp_path: Path) -> None:
    async with branches(tmp_path, comparing("a6")) as stage:
        await wait_for(stage, lambda: "− tern 1/2" in heads(stage))
        seen = [line.strip() for line in lines(stage.app.query_one(DiffView)) if line.strip()]
        assert seen == ["− Thirty metres.", "+ About thirty metres."]


async def test_a_message_without_a_sibling_is_said_to_have_none(tmp_path: Path) -> None:
    async with branches(tmp_path, comparing("q10")) as stage:
        await wait_for(stage, lambda: bool(stage.told(MessageDiffPane.Left)))
        assert "no sibling" in stage.told(MessageDiffPane.Said)[0].sentence


async def test_what_goes_on_from_tools_has_the_siblings_of_the_answer_that_called_them(tmp_path: Path) -> None:
    async with branches(tmp_path, comparing("a2")) as stage:
        messages, ids = stage.session.store.messages, stage.ids
        assert await with_siblings(messages, ids["a8"]) == ids["a6"]
        assert await with_siblings(messages, ids["a3"]) == ids["a3"]
        assert await with_siblings(messages, ids["q10"]) is None
        assert await with_siblings(messages, ids["q1"]) is None
        assert (await said_in(stage.session.store, ids["a6"])).text == "Thirty metres."
