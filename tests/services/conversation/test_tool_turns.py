"""Answers that call tools: their calls are run, bounded and kept, and the model is asked again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

import pytest

from oxen_tui.api.chat import AnswerFinished, TextDelta
from oxen_tui.services.conversation.conversation import ConversationService
from oxen_tui.services.conversation.events import (
    AnswerBegun,
    AnswerEnded,
    ConversationEvent,
    Noted,
    ToolAsks,
    ToolAttached,
    ToolBegun,
    ToolEnded,
    ToolProgress,
    ToolStored,
)
from oxen_tui.services.conversation.tool_round import MOST_CALLS, MOST_TEXT, STOPPED
from oxen_tui.services.conversation.tool_turns import MOST_ROUNDS
from oxen_tui.services.tools.tool import Answered, Question, Tool, ToolFailed, Use, Verdict
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.message import Ending, Message
from oxen_tui.store.store import Store
from tests.services.fake_client import FakeClient, Gate, Step
from tests.services.tool_doubles import FakeTool, FakeTools, FakeUser, calling

_DONE: list[Step] = [TextDelta("Done.", 1), AnswerFinished("stop")]


class Talk:
    """A conversation with tools switched on."""

    def __init__(self, store: Store, conversation_id: int, tools: tuple[Tool, ...], scripts: tuple[list[Step], ...]):
        self.store, self.id = store, conversation_id
        self.client = FakeClient(*scripts)
        self.user = FakeUser()
        self.service = ConversationService(store, self.client, tools=lambda: FakeTools(*tools))
        self.service.ask_with(self.user)

    async def ask(self) -> list[ConversationEvent]:
        return await self.all(self.service.ask(self.id, "Question", "m"))

    async def all(self, events: AsyncGenerator[ConversationEvent, None]) -> list[ConversationEvent]:
        return [event async for event in events]

    async def path(self) -> list[Message]:
        return await self.store.messages.path(self.id)

    async def results(self) -> list[str]:
        return [message.text for message in await self.path() if message.role == "tool"]


async def _talk(store: Store, *tools: Tool, scripts: tuple[list[Step], ...]) -> Talk:
    settings = ConversationSettings(tools=tuple(tool.name for tool in tools))
    return Talk(store, (await store.conversations.create("m", "", settings)).id, tools, scripts)


async def test_a_call_is_run_and_the_model_is_asked_again_with_what_it_found(store: Store) -> None:
    talk = await _talk(store, FakeTool("look"), scripts=(calling(("look", {"n": 3})), _DONE))

    events = await talk.ask()

    kinds = [type(event) for event in events if isinstance(event, ToolBegun | ToolEnded | ToolStored | AnswerEnded)]
    assert kinds == [AnswerEnded, ToolBegun, ToolEnded, ToolStored, AnswerEnded]
    path = await talk.path()
    assert [(each.role, each.text, each.ending) for each in path] == [
        ("user", "Question", Ending.DONE),
        ("assistant", "", Ending.TOOL_CALLS),
        ("tool", "look 3", Ending.DONE),
        ("assistant", "Done.", Ending.DONE),
    ]
    assert path[2].seconds is not None
    first, second = talk.client.requests
    assert [tool["function"]["name"] for tool in first.parameters["tools"]] == ["look"]
    assert [message.role for message in second.messages] == ["user", "assistant", "tool"]
    assert second.messages[2].tool_call_id == second.messages[1].tool_calls[0].id == "c0"


async def test_without_tools_switched_on_none_are_sent_and_none_is_run(store: Store) -> None:
    tool = FakeTool("look")
    talk = Talk(store, (await store.conversations.create("m")).id, (tool,), (calling(("look", {})),))

    events = await talk.ask()

    assert isinstance(events[-1], AnswerEnded)
    assert "tools" not in talk.client.requests[0].parameters
    assert tool.called == []


async def test_calls_of_one_answer_run_at_once_and_their_results_stand_in_the_order_of_the_calls(
    store: Store,
) -> None:
    second_done = asyncio.Event()

    async def first(_: Mapping[str, Any], __: Use) -> str:
        await second_done.wait()
        return "first"

    async def second(_: Mapping[str, Any], __: Use) -> str:
        second_done.set()
        return "second"

    talk = await _talk(
        store, FakeTool("a", first), FakeTool("b", second), scripts=(calling(("a", {}), ("b", {})), _DONE)
    )

    events = await talk.ask()

    assert [event.number for event in events if isinstance(event, ToolEnded)] == [1, 0]
    assert await talk.results() == ["first", "second"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("gone", {}), 'There is no tool "gone" here. The tools are: look.'),
        (("look", "{broken"), "The arguments are no JSON"),
        (("look", "[1]"), "not a JSON object"),
        (("look", {"n": "three"}), "n: 'three' is not of type 'integer'"),
    ],
)
async def test_a_call_that_cannot_be_run_is_told_to_the_model_in_words(
    store: Store, call: tuple[str, object], words: str
) -> None:
    talk = await _talk(store, FakeTool("look"), scripts=(calling(call), _DONE))

    await talk.ask()

    (result,) = await talk.results()
    assert words in result
    assert (await talk.path())[2].ending is Ending.FAILED
    assert (await talk.path())[-1].text == "Done."


async def test_what_fails_hangs_or_never_ends_to_talk_is_bounded(store: Store) -> None:
    async def fails(_: Mapping[str, Any], __: Use) -> str:
        raise ToolFailed("The tide is out.")

    async def hangs(_: Mapping[str, Any], __: Use) -> str:
        await asyncio.Event().wait()
        return ""

    async def talks(_: Mapping[str, Any], __: Use) -> str:
        return "x" * 1_000_000

    tools = (FakeTool("fails", fails), FakeTool("hangs", hangs, seconds=0.01), FakeTool("talks", talks))
    talk = await _talk(store, *tools, scripts=(calling(("fails", {}), ("hangs", {}), ("talks", {})), _DONE))

    await talk.ask()

    failed, hung, talked = await talk.results()
    assert failed == "The tide is out."
    assert hung == "The tool did not end within 0.01 s and was ended."
    assert len(talked) < MOST_TEXT + 100
    assert talked.endswith(f"[cut: {1_000_000 - MOST_TEXT:,} characters more]")
    assert tools[1].running == 0


async def test_calls_beyond_what_is_run_at_once_are_told_to_come_again(store: Store) -> None:
    many = [("look", {"n": number}) for number in range(MOST_CALLS + 1)]
    talk = await _talk(store, FakeTool("look"), scripts=(calling(*many), _DONE))

    await talk.ask()

    *run, refused = await talk.results()
    assert run == [f"look {number}" for number in range(MOST_CALLS)]
    assert "make this one again" in refused


async def test_calls_without_ids_get_some_of_their_own(store: Store) -> None:
    talk = await _talk(store, FakeTool("look"), scripts=(calling(("look", {}), ("look", {}), ids=False), _DONE))

    await talk.ask()

    calls = talk.client.requests[1].messages[1].tool_calls
    assert len({call.id for call in calls} - {""}) == 2
    assert [message.tool_call_id for message in talk.client.requests[1].messages[2:]] == [call.id for call in calls]


async def test_servers_that_number_calls_anew_in_each_answer_are_understood(store: Store) -> None:
    talk = await _talk(
        store, FakeTool("look"), scripts=(calling(("look", {"n": 1})), calling(("look", {"n": 2})), _DONE)
    )

    await talk.ask()

    last = talk.client.requests[2].messages
    assert [message.content for message in last if message.role == "tool"] == ["look 1", "look 2"]


# --- asking the user ------------------------------------------------------------------------------------------------


def _asking(scope: str = "pages of a.example", warning: str = "", *, holds: bool = False) -> FakeTool:
    async def work(_: Mapping[str, Any], use: Use) -> str:
        question = Question(use.conversation_id, "ask", "Sure?", (), scope=scope, holds=holds, warning=warning)
        await use.confirm(question)
        return "allowed"

    return FakeTool("ask", work)


async def test_a_no_goes_to_the_model_with_its_reason(store: Store) -> None:
    talk = await _talk(store, _asking(), scripts=(calling(("ask", {})), _DONE))
    talk.user.answers = [Answered(Verdict.NO, "Too dear.")]

    events = await talk.ask()

    assert await talk.results() == ["The user did not allow this call. Too dear."]
    assert [event.waits for event in events if isinstance(event, ToolAsks)] == [True, False]


async def test_parallel_calls_are_asked_about_one_after_the_other(store: Store) -> None:
    talk = await _talk(store, _asking(scope=""), scripts=(calling(("ask", {}), ("ask", {}), ("ask", {})), _DONE))

    await talk.ask()

    assert (len(talk.user.asked), talk.user.most_at_once) == (3, 1)


async def test_a_yes_for_the_conversation_holds_for_calls_that_wait_and_for_later_ones(store: Store) -> None:
    talk = await _talk(store, _asking(), scripts=(calling(("ask", {}), ("ask", {})), calling(("ask", {})), _DONE))
    talk.user.answers = [Answered(Verdict.CONVERSATION)]

    await talk.ask()

    assert len(talk.user.asked) == 1
    assert await talk.results() == ["allowed"] * 3


async def test_a_plain_yes_holds_for_the_conversation_where_that_is_what_is_asked(store: Store) -> None:
    talk = await _talk(
        store, _asking(holds=True), scripts=(calling(("ask", {}), ("ask", {})), calling(("ask", {})), _DONE)
    )
    talk.user.answers = [Answered(Verdict.ONCE)]

    await talk.ask()

    assert len(talk.user.asked) == 1


async def test_a_warning_is_asked_about_whatever_was_allowed(store: Store) -> None:
    talk = await _talk(store, _asking(warning="Over the budget."), scripts=(calling(("ask", {}), ("ask", {})), _DONE))
    talk.user.answers = [Answered(Verdict.CONVERSATION)]

    await talk.ask()

    assert len(talk.user.asked) == 2


async def test_the_deadline_waits_while_the_user_is_asked(store: Store) -> None:
    tool = _asking()
    tool.seconds = 0.02
    talk = await _talk(store, tool, scripts=(calling(("ask", {})), _DONE))
    talk.user.hold = asyncio.Event()
    asyncio.get_running_loop().call_later(0.06, talk.user.hold.set)

    await talk.ask()

    assert await talk.results() == ["allowed"]


async def test_a_user_who_wants_no_more_ends_the_answer(store: Store) -> None:
    talk = await _talk(store, _asking(), scripts=(calling(("ask", {}), ("ask", {})), _DONE))
    talk.user.answers = [Answered(Verdict.STOP)]

    await talk.ask()

    assert await talk.results() == [STOPPED, STOPPED]
    assert len(talk.client.requests) == 1


async def test_without_anybody_to_ask_nothing_is_allowed(store: Store) -> None:
    talk = await _talk(store, _asking(), scripts=(calling(("ask", {})), _DONE))
    service = ConversationService(store, talk.client, tools=lambda: FakeTools(_asking()))

    await talk.all(service.ask(talk.id, "Question", "m"))

    assert "nobody here who could be asked" in (await talk.results())[0]


async def test_a_model_that_calls_without_end_is_asked_about(store: Store) -> None:
    talk = await _talk(store, FakeTool("look"), scripts=(calling(("look", {})),))
    talk.user.answers = [Answered(Verdict.ONCE), Answered(Verdict.NO)]

    events = await talk.ask()

    assert len(talk.client.requests) == 2 * MOST_ROUNDS
    assert "Go on?" in talk.user.asked[0].title
    assert isinstance(events[-1], Noted)


# --- stopping and going on ------------------------------------------------------------------------------------------


def _hanging() -> FakeTool:
    async def hangs(_: Mapping[str, Any], use: Use) -> str:
        use.tell("hangs")
        await asyncio.Event().wait()
        return ""

    return FakeTool("hang", hangs)


async def test_a_stop_ends_running_tools_and_keeps_what_others_found(store: Store) -> None:
    hanging = _hanging()
    talk = await _talk(store, FakeTool("look"), hanging, scripts=(calling(("look", {}), ("hang", {})), _DONE))
    events = []
    async with aclosing(talk.service.ask(talk.id, "Question", "m")) as arriving:
        async for event in arriving:
            events.append(event)
            if isinstance(event, ToolProgress):
                assert talk.service.stop(event.message_id)

    assert await talk.results() == ["look None", STOPPED]
    assert hanging.running == 0
    assert len(talk.client.requests) == 1
    assert [event.text for event in events if isinstance(event, ToolEnded)] == ["look None", STOPPED]
    answer = next(each for each in await talk.path() if each.role == "assistant")
    await talk.all(talk.service.continue_answer(answer.id))
    assert (await talk.path())[-1].text == "Done."
    assert hanging.called == [{}]


async def test_a_listener_that_leaves_ends_running_tools_too(store: Store) -> None:
    hanging = _hanging()
    talk = await _talk(store, hanging, scripts=(calling(("hang", {})), _DONE))
    async with aclosing(talk.service.ask(talk.id, "Question", "m")) as arriving:
        async for event in arriving:
            if isinstance(event, ToolProgress):
                break

    assert hanging.running == 0
    assert await talk.results() == [STOPPED]
    await talk.service.close()


async def test_calls_that_a_crash_left_without_results_are_run_when_it_goes_on(store: Store) -> None:
    tool = FakeTool("look")
    talk = await _talk(store, tool, scripts=(calling(("look", {"n": 1}), ("look", {"n": 2})), _DONE))
    async with aclosing(talk.service.ask(talk.id, "Question", "m")) as arriving:
        async for event in arriving:
            if isinstance(event, AnswerEnded):
                break  # before any call is run
    answer = (await talk.path())[-1]
    await store.messages.add_tool_result(answer, "c0", "look", "kept")

    await talk.all(talk.service.continue_answer(answer.id))

    assert await talk.results() == ["kept", "look 2"]
    assert tool.called == [{"n": 2}]
    assert (await talk.path())[-1].text == "Done."
    assert await talk.all(talk.service.continue_answer(answer.id)) == []


async def test_a_question_behind_calls_without_results_is_sent_without_them(store: Store) -> None:
    talk = await _talk(store, FakeTool("look"), scripts=(calling(("look", {})), _DONE))
    async with aclosing(talk.service.ask(talk.id, "Question", "m")) as arriving:
        async for event in arriving:
            if isinstance(event, AnswerEnded):
                break

    await talk.all(talk.service.ask(talk.id, "Another", "m"))

    assert [message.role for message in talk.client.requests[1].messages] == ["user"]


async def test_regenerating_the_last_answer_asks_again_with_the_same_results(store: Store) -> None:
    tool = FakeTool("look")
    talk = await _talk(store, tool, scripts=(calling(("look", {})), _DONE, [TextDelta("Better.", 1)]))
    await talk.ask()
    last = (await talk.path())[-1]

    await talk.all(talk.service.regenerate(last.id, "m"))

    path = await talk.path()
    assert (path[-1].text, path[-1].sibling, path[-1].siblings) == ("Better.", 2, 2)
    assert len(tool.called) == 1
    await store.messages.show(last.id)
    assert (await talk.path())[-1].text == "Done."


async def test_tools_that_were_switched_off_stay_defined_while_the_history_holds_their_calls(store: Store) -> None:
    talk = await _talk(store, FakeTool("look"), scripts=(calling(("look", {})), _DONE))
    await talk.ask()
    await store.conversations.set_settings(talk.id, ConversationSettings())

    await talk.ask()

    sent = talk.client.requests[-1].parameters
    assert [tool["function"]["name"] for tool in sent["tools"]] == ["look"]
    assert sent["tool_choice"] == "none"


async def test_what_a_tool_begins_is_carried_by_the_answer_at_once(store: Store) -> None:
    card = Attachment("job", "kelp", job_id=7)

    async def makes(_: Mapping[str, Any], use: Use) -> str:
        await use.attach(card)
        return "made"

    talk = await _talk(store, FakeTool("make", makes), scripts=(calling(("make", {})), _DONE))

    events = await talk.ask()

    assert [event.attachments for event in events if isinstance(event, ToolAttached)] == [(card,)]
    assert (await talk.path())[1].attachments == (card,)
    assert [event.message.role for event in events if isinstance(event, AnswerBegun)] == ["assistant"] * 2


async def test_closing_ends_what_runs_and_leaves_nothing_half(store: Store) -> None:
    hanging = _hanging()
    talk = await _talk(store, hanging, scripts=(calling(("hang", {})), [Gate()]))
    events: list[ConversationEvent] = []
    running = asyncio.Event()

    async def follow() -> None:
        async for event in talk.service.ask(talk.id, "Question", "m"):
            events.append(event)
            if isinstance(event, ToolProgress):
                running.set()

    following = asyncio.create_task(follow())
    await running.wait()
    await talk.service.close()
    await following

    assert await talk.results() == [STOPPED]
