"""One question to several models: side by side, each by itself, all kept under the one question."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from oxen_tui.api.chat import (
    ReasoningDelta,
    TextDelta,
)
from oxen_tui.api.errors import CutOff, RateLimited
from oxen_tui.services.comparison.column import Column, ColumnState, cheapest, fastest
from oxen_tui.services.comparison.comparison import Asked
from oxen_tui.services.conversation.events import AnswerEnded, AnswerGrew, ConversationEvent
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store
from tests.services.comparison_doubles import Players, Stand, says
from tests.services.fake_client import Gate, Step

Make = Callable[..., Stand]


@pytest.fixture
async def make(store: Store) -> AsyncIterator[Make]:
    conversation = await store.conversations.create("before")
    made: list[Stand] = []

    def stand(settings: ConversationSettings | None = None, **scripts: list[Step]) -> Stand:
        asked = Asked(
            conversation.id, "Why?", tuple(scripts), settings or ConversationSettings(), model_before="before"
        )
        made.append(Stand(store, Players(**scripts), asked))
        return made[-1]

    yield stand
    for each in made:
        await each.service.close()
        assert each.players.open == 0


async def test_all_answer_at_once_and_are_siblings_in_the_order_of_the_columns(make: Make) -> None:
    together = asyncio.Event()
    held: list[Step] = [TextDelta("A", 1), Gate(together), *says("h.")]
    stand = make(slow=held, quick=held, third=held)
    running = asyncio.create_task(stand.comparison.run())
    await stand.until(lambda: [column.text for column in stand.columns] == ["A"] * 3)
    assert stand.players.most_at_once == 3
    assert stand.states == ["writing"] * 3
    together.set()
    await running
    assert stand.states == ["done"] * 3
    assert await stand.kept() == [(model, "Ah.", Ending.DONE) for model in ("slow", "quick", "third")]
    assert [column.message and column.message.sibling for column in stand.columns] == [1, 2, 3]


async def test_the_question_is_stored_once_and_every_model_gets_the_same_of_it(make: Make) -> None:
    stand = make(slow=says("a"), quick=says("b"), third=says("c"), fourth=says("d"))
    await stand.comparison.run()
    tree = await stand.store.whole.tree(stand.comparison.asked.conversation_id)
    assert [each.text for each in tree if each.role == "user"] == ["Why?"]
    sent = [part.requests[0].messages for part in stand.players.parts.values()]
    assert len({str(messages) for messages in sent}) == 1


async def test_many_comparisons_keep_their_order_whatever_the_disk_does(make: Make, store: Store) -> None:
    models = ("slow", "quick", "third", "fourth")
    for _ in range(10):
        stand = make(**{model: says(model) for model in models})
        await stand.comparison.run()
        assert [model for model, _, _ in await stand.kept()] == list(models)


async def test_tools_are_not_called_and_the_rest_that_is_set_is_sent(make: Make) -> None:
    stand = make(ConversationSettings({"temperature": 0.2}, tools=("time",)), slow=says("a"), quick=says("b"))
    await stand.comparison.run()
    assert stand.comparison.had_tools
    assert [dict(part.requests[0].parameters) for part in stand.players.parts.values()] == [{"temperature": 0.2}] * 2


async def test_one_that_fails_disturbs_no_other(make: Make) -> None:
    stand = make(slow=[RateLimited(status=429)], quick=[TextDelta("Half", 2), CutOff()], third=says("Whole."))
    await stand.comparison.run()
    assert stand.states == ["failed", "failed", "done"]
    assert [column.can_be_picked for column in stand.columns] == [False, True, True]
    assert stand.columns[0].trouble
    assert await stand.kept() == [
        ("slow", "", Ending.FAILED),
        ("quick", "Half", Ending.CUT_OFF),
        ("third", "Whole.", Ending.DONE),
    ]


async def test_one_is_stopped_and_the_others_go_on(make: Make) -> None:
    go_on = asyncio.Event()
    stand = make(slow=[TextDelta("Lo", 1), Gate()], quick=[TextDelta("A", 1), Gate(go_on), *says("h.")])
    running = asyncio.create_task(stand.comparison.run())
    await stand.until(lambda: all(column.text for column in stand.columns))
    stand.comparison.stop(0)
    await stand.until(lambda: stand.states == ["stopped", "writing"])
    go_on.set()
    await running
    assert await stand.kept() == [("slow", "Lo", Ending.STOPPED), ("quick", "Ah.", Ending.DONE)]


async def test_what_came_is_kept_when_all_are_stopped(make: Make) -> None:
    stand = make(slow=[TextDelta("Lo", 1), Gate()], quick=[TextDelta("Qu", 1), Gate()])
    running = asyncio.create_task(stand.comparison.run())
    await stand.until(lambda: all(column.text for column in stand.columns))
    stand.comparison.stop_all()
    await running
    assert not stand.comparison.is_running
    assert [(text, ending) for _, text, ending in await stand.kept()] == [
        ("Lo", Ending.STOPPED),
        ("Qu", Ending.STOPPED),
    ]


async def test_what_came_is_kept_when_the_program_goes(make: Make) -> None:
    stand = make(slow=[TextDelta("Lo", 1), Gate()], quick=[TextDelta("Qu", 1), Gate()])
    running = asyncio.create_task(stand.comparison.run())
    await stand.until(lambda: all(column.text for column in stand.columns))
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await stand.service.close()
    assert [(text, ending) for _, text, ending in await stand.kept()] == [
        ("Lo", Ending.STOPPED),
        ("Qu", Ending.STOPPED),
    ]


async def test_stopped_before_anything_was_sent_nothing_is_sent(make: Make) -> None:
    stand = make(slow=says("a"), quick=says("b"))
    running = asyncio.create_task(stand.comparison.run())
    await asyncio.sleep(0)
    stand.comparison.stop_all()
    await running
    await asyncio.sleep(0)
    assert stand.states == ["stopped", "stopped"]
    assert stand.players.asked == []


async def test_asking_again_makes_another_sibling_while_the_others_run(make: Make) -> None:
    go_on = asyncio.Event()
    stand = make(slow=[TextDelta("S", 1), Gate(go_on), *says("low.")], quick=says("Quick."))
    running = asyncio.create_task(stand.comparison.run())
    await stand.until(lambda: stand.states == ["writing", "done"])
    assert stand.comparison.again(1)
    assert stand.columns[1].text == ""
    await stand.until(lambda: stand.states == ["writing", "done"] and stand.players.asked.count("quick") == 2)
    go_on.set()
    await running
    assert not stand.comparison.again(0)
    await stand.comparison.run()
    assert [model for model, _, _ in await stand.kept()] == ["slow", "quick", "quick", "slow"]


async def test_two_are_asked_again_by_one_run(make: Make) -> None:
    stand = make(slow=says("a"), quick=says("b"))
    await stand.comparison.run()
    assert [stand.comparison.again(0), stand.comparison.again(1)] == [False, True]
    await stand.comparison.run()
    assert [model for model, _, _ in await stand.kept()] == ["slow", "quick", "slow", "quick"]


async def test_asked_again_in_the_moment_of_its_end_it_is_asked(make: Make) -> None:
    stand = make(slow=says("a"), quick=says("b"))

    def at_its_end(column: Column, event: ConversationEvent | None) -> None:
        if isinstance(event, AnswerEnded) and column.number == 0 and stand.players.asked.count("slow") == 1:
            assert stand.comparison.again(0)

    stand.comparison.subscribe(at_its_end)
    await stand.comparison.run()
    assert stand.states == ["done", "done"]
    assert [model for model, _, _ in await stand.kept()].count("slow") == 2


async def test_the_picked_answer_is_gone_on_with_and_its_model(make: Make) -> None:
    stand = make(slow=says("a"), quick=says("b"), third=says("c"))
    await stand.comparison.run()
    assert await stand.comparison.pick(1)
    conversation = await stand.store.conversations.get(stand.comparison.asked.conversation_id)
    assert conversation.model == "quick"
    assert [each.text for each in await stand.store.messages.path(conversation.id)] == ["Why?", "b"]


async def test_picked_while_it_is_written_it_goes_on_and_the_others_stop(make: Make) -> None:
    go_on = asyncio.Event()
    stand = make(
        slow=[TextDelta("S", 1), Gate()], quick=[TextDelta("Q", 1), Gate(go_on), *says("uick.")], third=[Gate()]
    )
    running = asyncio.create_task(stand.comparison.run())
    await stand.until(lambda: stand.columns[1].text == "Q")
    assert await stand.comparison.pick(1)
    await stand.until(lambda: stand.states == ["stopped", "writing", "stopped"])
    go_on.set()
    await running
    path = await stand.store.messages.path(stand.comparison.asked.conversation_id)
    assert [each.text for each in path] == ["Why?", "Quick."]


async def test_picked_while_another_is_given_its_place_it_is_what_is_shown(make: Make) -> None:
    stand = make(slow=[TextDelta("S", 1), Gate()], quick=says("b"), third=says("c"), fourth=says("d"))
    running = asyncio.create_task(stand.comparison.run())
    await stand.until(lambda: stand.columns[0].message is not None)
    assert await stand.comparison.pick(0)
    stand.comparison.stop_all()
    await running
    path = await stand.store.messages.path(stand.comparison.asked.conversation_id)
    assert path[-1].model == "slow"


async def test_an_answer_without_a_word_cannot_be_picked(make: Make) -> None:
    stand = make(slow=[RateLimited(status=429)], quick=says("b"))
    await stand.comparison.run()
    assert not await stand.comparison.pick(0)


async def test_left_without_a_pick_the_conversation_keeps_its_model(make: Make) -> None:
    stand = make(slow=says("a"), quick=says("b"))
    await stand.comparison.run()
    await stand.comparison.leave()
    conversation = await stand.store.conversations.get(stand.comparison.asked.conversation_id)
    assert conversation.model == "before"
    assert (await stand.store.messages.path(conversation.id))[-1].text == "b"


async def test_a_question_that_cannot_be_kept_is_not_sent_to_anybody(store: Store) -> None:
    stand = Stand(store, Players(slow=says("a"), quick=says("b")), Asked(404, "Why?", ("slow", "quick")))
    await stand.comparison.run()
    assert stand.states == ["failed", "failed"]
    assert "could not be kept" in stand.columns[1].trouble
    assert stand.players.asked == []


async def test_an_attachment_that_vanished_fails_every_column_in_words(
    make: Make, store: Store, tmp_path: Path
) -> None:
    gone = Attachment("image", "plate.png", (tmp_path / "plate.png").as_uri(), mime="image/png")
    conversation = await store.conversations.create("m")
    stand = Stand(
        store,
        Players(slow=says("a"), quick=says("b")),
        Asked(conversation.id, "See?", ("slow", "quick"), attachments=(gone,)),
    )
    await stand.comparison.run()
    assert stand.states == ["failed", "failed"]
    assert all("plate.png cannot be read" in column.trouble for column in stand.columns)
    assert [each.text for each in await store.messages.path(conversation.id)] == ["See?"]


async def test_an_edited_question_becomes_a_branch_with_its_answers(make: Make) -> None:
    first = make(slow=says("a"), quick=says("b"))
    await first.comparison.run()
    assert first.comparison.question is not None
    asked = Asked(
        first.comparison.asked.conversation_id, "How?", ("slow", "quick"), instead_of=first.comparison.question.id
    )
    second = Stand(first.store, first.players, asked)
    await second.comparison.run()
    assert second.comparison.question is not None
    assert (second.comparison.question.sibling, second.comparison.question.parent_id) == (2, None)
    assert len(await second.kept()) == 2


async def test_times_tokens_and_costs_are_those_of_each(make: Make) -> None:
    clock: list[Callable[[float], None]] = []
    slow: list[Step] = [
        lambda: clock[0](2),
        ReasoningDelta("Hm", 2),
        lambda: clock[0](1),
        *says("Slow.", 8),
        lambda: clock[0](4),
    ]
    stand = make(slow=slow, unpriced=[RateLimited(status=429)])
    clock.append(stand.time.pass_)
    await stand.comparison.run()
    column = stand.columns[0]
    assert (column.first_token_seconds, column.seconds, column.reasoning_seconds) == (2, 7, 1)
    assert (column.tokens, column.tokens_are_counted, column.speed) == (8, True, 8 / 5)
    assert column.cost == pytest.approx(13 * 0.004)
    assert not column.cost_is_said
    assert stand.columns[1].cost == 0  # refused


async def test_the_cheapest_and_the_fastest_are_known_when_all_have_ended(make: Make) -> None:
    clock: list[Callable[[float], None]] = []
    stand = make(slow=[lambda: clock[0](3), *says("a")], quick=says("b"), third=[RateLimited(status=429)])
    clock.append(stand.time.pass_)
    assert cheapest(stand.columns) is fastest(stand.columns) is None
    await stand.comparison.run()
    assert cheapest(stand.columns) is stand.columns[1]
    assert fastest(stand.columns) is not None


async def test_where_a_price_is_not_known_none_is_called_the_cheapest(make: Make) -> None:
    stand = make(slow=says("a"), unpriced=says("b"))
    await stand.comparison.run()
    assert stand.columns[1].cost is None
    assert cheapest(stand.columns) is None


async def test_listeners_hear_all_of_every_column_until_they_leave(make: Make) -> None:
    stand = make(slow=says("a"), quick=says("b"))
    heard: list[int] = []
    end = stand.comparison.subscribe(lambda column, _: heard.append(column.number))
    end()
    await stand.comparison.run()
    assert heard == []
    for number in (0, 1):
        events = [event for its, event in stand.heard if its == number]
        assert any(isinstance(event, AnswerGrew) for event in events)
        assert isinstance(events[-1], AnswerEnded)


async def test_a_mistake_of_ours_in_one_column_ends_no_other_and_is_not_hidden(make: Make) -> None:
    def stumble() -> None:
        raise ZeroDivisionError

    stand = make(slow=[stumble], quick=says("b"))
    with pytest.raises(ZeroDivisionError):
        await stand.comparison.run()
    assert stand.columns[1].state is ColumnState.DONE
    assert (await stand.kept())[1][1] == "b"
