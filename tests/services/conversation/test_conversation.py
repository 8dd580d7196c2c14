"""Asking, and how answers end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import pytest

from oxen_tui.api.chat import (
    AnswerFinished,
    AnswerStarted,
    KeptAlive,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)
from oxen_tui.api.errors import ApiError, CutOff, InvalidKey, RateLimited, ServerFailed, TimedOut
from oxen_tui.api.model import Model, Pricing
from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage
from oxen_tui.services.conversation.attachment_parts import AttachmentGone
from oxen_tui.services.conversation.conversation import ConversationService
from oxen_tui.services.conversation.events import (
    AnswerBegun,
    AnswerEnded,
    AnswerGrew,
    ConversationEvent,
    QuestionStored,
    ReasoningGrew,
    Retrying,
    ServerAlive,
    ToolCallsGrew,
)
from oxen_tui.services.conversation.history import GO_ON
from oxen_tui.services.error_words import in_words
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.errors import StillAnswering
from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store
from tests.services.fake_client import FakeClient, FakeTime, Gate, Retry, Step

_START = AnswerStarted("chatcmpl-1", "m")
_MOO: list[Step] = [_START, TextDelta("Mo", 1), TextDelta("o.", 2), AnswerFinished("stop")]


class Talk:
    """A conversation with a scripted model."""

    def __init__(self, store: Store, conversation_id: int, *scripts: list[Step]) -> None:
        self.store = store
        self.id = conversation_id
        self.client = FakeClient(*scripts)
        self.time = FakeTime()
        self.service = ConversationService(
            store, self.client, model=_model, monotonic=self.time.monotonic, sleep=self.time.sleep
        )

    async def ask(self, text: str = "Moo?") -> list[ConversationEvent]:
        return await self.all(self.service.ask(self.id, text, "m"))

    async def all(self, events: AsyncGenerator[ConversationEvent, None]) -> list[ConversationEvent]:
        return [event async for event in events]

    async def texts(self) -> list[str]:
        return [message.text for message in await self.store.messages.path(self.id)]


def _model(model_id: str) -> Model | None:
    priced = Pricing(method="token", input_cost_per_token=0.001, output_cost_per_token=0.01)
    return Model(model_id, pricing=priced) if model_id == "m" else None


def _ended(events: list[ConversationEvent]) -> AnswerEnded:
    assert isinstance(events[-1], AnswerEnded)
    return events[-1]


@pytest.fixture
async def talk(store: Store) -> Talk:
    return Talk(store, (await store.conversations.create("m")).id, _MOO)


async def test_a_question_is_answered_in_typed_events(talk: Talk) -> None:
    events = await talk.ask()

    question, begun, *grown, ended = events
    assert isinstance(question, QuestionStored)
    assert isinstance(begun, AnswerBegun)
    assert grown == [AnswerGrew(begun.message.id, "Mo"), AnswerGrew(begun.message.id, "o.")]
    assert isinstance(ended, AnswerEnded)
    assert (ended.message.text, ended.message.ending, ended.error) == ("Moo.", Ending.DONE, None)
    assert await talk.store.messages.path(talk.id) == [question.message, ended.message]
    assert talk.client.open == 0


async def test_the_question_is_stored_before_anything_is_sent(talk: Talk) -> None:
    async with aclosing(talk.service.ask(talk.id, "Moo?", "m")) as events:
        assert isinstance(await anext(events), QuestionStored)
        assert await talk.texts() == ["Moo?"]
        assert isinstance(await anext(events), AnswerBegun)
        assert talk.client.requests == []


async def test_what_is_set_for_one_answer_leaves_the_conversation_as_it_was(store: Store) -> None:
    set_before = ConversationSettings({"temperature": 0.2})
    conversation = await store.conversations.create("m", "", set_before)
    talk = Talk(store, conversation.id, _MOO, _MOO)
    await talk.ask()
    first = (await store.messages.path(talk.id))[-1]
    once = ConversationSettings({"temperature": 1.2})
    again = _ended(await talk.all(talk.service.regenerate(first.id, "other", settings=once))).message
    assert talk.client.requests[1].parameters == {"temperature": 1.2}
    assert (again.model, again.parameters, again.sibling) == ("other", {"temperature": 1.2}, 2)
    kept = await store.conversations.get(talk.id)
    assert (kept.model, kept.settings, kept.leaf_id) == ("m", set_before, again.id)


async def test_the_path_is_sent_with_the_parameters(talk: Talk) -> None:
    await talk.ask("a")
    await talk.store.conversations.save_draft(talk.id, "b")
    await talk.all(talk.service.ask(talk.id, "b", "other", {"temperature": 0.2}))

    request = talk.client.requests[1]
    assert (request.model, request.parameters) == ("other", {"temperature": 0.2})
    assert [(message.role, message.content) for message in request.messages] == [
        ("user", "a"),
        ("assistant", "Moo."),
        ("user", "b"),
    ]
    assert (await talk.store.conversations.get(talk.id)).draft == ""


async def test_a_pasted_escape_sequence_is_only_text(talk: Talk) -> None:
    await talk.ask("a\x1b]0;evil\x07\udc80")
    assert await talk.texts() == ["a␛]0;evil", "Moo."]


async def test_the_system_prompt_of_the_conversation_is_sent(talk: Talk) -> None:
    await talk.store.conversations.set_system_prompt(talk.id, "Be brief.")
    await talk.ask()
    assert talk.client.requests[0].messages[0].content == "Be brief."


@pytest.mark.parametrize(
    ("reason", "ending"),
    [
        ("stop", Ending.DONE),
        ("length", Ending.LENGTH),
        ("content_filter", Ending.CONTENT_FILTER),
        ("tool_calls", Ending.TOOL_CALLS),
        ("error", Ending.FAILED),
        ("a_word_of_2028", Ending.DONE),
    ],
)
async def test_the_servers_word_says_how_it_ended(talk: Talk, reason: str, ending: Ending) -> None:
    talk.client.scripts = [[TextDelta("Moo", 1), AnswerFinished(reason)]]
    assert _ended(await talk.ask()).message.ending is ending


async def test_a_stream_that_ends_well_without_a_word_is_done(talk: Talk) -> None:
    talk.client.scripts = [[TextDelta("Moo", 1)]]
    assert _ended(await talk.ask()).message.ending is Ending.DONE


async def test_an_answer_of_nothing_is_said_to_be_one(talk: Talk) -> None:
    talk.client.scripts = [[_START, AnswerFinished("stop")]]
    message = _ended(await talk.ask()).message
    assert (message.ending, message.trouble) == (Ending.FAILED, "The model answered nothing.")


@pytest.mark.parametrize("error", [CutOff(), TimedOut()])
async def test_a_dropped_connection_keeps_what_came(talk: Talk, error: ApiError) -> None:
    talk.client.scripts = [[TextDelta("Mo", 1), error]]
    ended = _ended(await talk.ask())
    assert (ended.message.ending, ended.message.text, ended.error) == (Ending.CUT_OFF, "Mo", error)
    assert ended.message.trouble == in_words(error)
    assert ended.message.may_continue


@pytest.mark.parametrize(
    ("error", "cost"),
    [(CutOff(), None), (TimedOut(), None), (InvalidKey("no such key", status=401), 0), (ServerFailed(status=500), 0)],
)
async def test_an_error_before_any_text_is_a_failure_and_free_where_that_is_known(
    talk: Talk, error: ApiError, cost: float | None
) -> None:
    talk.client.scripts = [[error]]
    ended = _ended(await talk.ask())
    assert (ended.message.ending, ended.message.text, ended.error) == (Ending.FAILED, "", error)
    assert (ended.message.cost, ended.message.first_token_seconds) == (cost, None)


async def test_an_error_of_the_server_in_mid_answer_keeps_what_came(talk: Talk) -> None:
    talk.client.scripts = [[TextDelta("Mo", 1), ServerFailed("overloaded", status=529)]]
    message = _ended(await talk.ask()).message
    assert (message.ending, message.text) == (Ending.FAILED, "Mo")
    assert "overloaded" in message.trouble


async def test_a_client_that_cannot_be_had_is_a_failure_too(talk: Talk) -> None:
    async def no_client() -> FakeClient:
        raise InvalidKey("there is none")

    service = ConversationService(talk.store, no_client)
    ended = _ended(await talk.all(service.ask(talk.id, "Moo?", "m")))
    assert ended.message.ending is Ending.FAILED


async def test_stopping_closes_the_connection_and_keeps_what_came(talk: Talk) -> None:
    talk.client.scripts = [[TextDelta("Mo", 1), Gate()]]
    events: list[ConversationEvent] = []
    async with aclosing(talk.service.ask(talk.id, "Moo?", "m")) as arriving:
        async for event in arriving:
            events.append(event)
            if isinstance(event, AnswerGrew):
                assert talk.client.open == 1
                assert talk.service.stop(event.message_id)

    ended = _ended(events)
    assert (ended.message.ending, ended.message.text, ended.error) == (Ending.STOPPED, "Mo", None)
    assert talk.client.open == 0
    assert not talk.service.stop(ended.message.id)


async def test_leaving_the_generator_stops_and_keeps_what_came(talk: Talk) -> None:
    talk.client.scripts = [[TextDelta("Mo", 1), Gate()]]
    async with aclosing(talk.service.ask(talk.id, "Moo?", "m")) as events:
        async for event in events:
            if isinstance(event, AnswerGrew):
                break

    assert talk.client.open == 0
    message = (await talk.store.messages.path(talk.id))[-1]
    assert (message.text, message.ending) == ("Mo", Ending.STOPPED)


async def test_cancelling_the_worker_stops_and_keeps_what_came(talk: Talk) -> None:
    grown = asyncio.Event()
    talk.client.scripts = [[TextDelta("Mo", 1), grown.set, Gate()]]
    worker = asyncio.create_task(talk.ask())
    await grown.wait()
    worker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await worker

    assert talk.client.open == 0
    message = (await talk.store.messages.path(talk.id))[-1]
    assert (message.text, message.ending) == ("Mo", Ending.STOPPED)


async def test_a_listener_that_fails_does_not_leave_the_answer_streaming(talk: Talk) -> None:
    async def listen() -> None:
        async with aclosing(talk.service.ask(talk.id, "Moo?", "m")) as events:
            async for event in events:
                if isinstance(event, AnswerGrew):
                    raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await listen()
    assert (await talk.store.messages.path(talk.id))[-1].ending is Ending.STOPPED


async def test_a_pause_before_another_attempt_is_told_while_it_lasts(talk: Talk) -> None:
    go_on = asyncio.Event()
    error = RateLimited(status=429, retry_after=12)
    talk.client.scripts = [[Retry(error, 12.0), Gate(go_on), *_MOO]]
    events: list[ConversationEvent] = []
    async for event in talk.service.ask(talk.id, "Moo?", "m"):
        events.append(event)
        if event == Retrying(error, 1, 12.0):
            go_on.set()

    assert Retrying(error, 1, 12.0) in events
    assert _ended(events).message.text == "Moo."


async def test_a_pause_can_be_stopped(talk: Talk) -> None:
    talk.client.scripts = [[Retry(RateLimited(status=429), 100.0), Gate()]]
    events: list[ConversationEvent] = []
    async for event in talk.service.ask(talk.id, "Moo?", "m"):
        events.append(event)
        if isinstance(event, Retrying):
            talk.service.stop(next(begun.message.id for begun in events if isinstance(begun, AnswerBegun)))
    assert _ended(events).message.ending is Ending.STOPPED


async def test_signs_of_life_are_told(talk: Talk) -> None:
    talk.client.scripts = [[KeptAlive(), *_MOO]]
    assert ServerAlive() in await talk.ask()


async def test_reasoning_is_told_apart_with_its_time(talk: Talk) -> None:
    talk.client.scripts = [
        [
            lambda: talk.time.pass_(0.5),
            ReasoningDelta("hm", 1),
            lambda: talk.time.pass_(3.0),
            TextDelta("Moo.", 1),
            lambda: talk.time.pass_(1.0),
            AnswerFinished("stop"),
        ]
    ]
    events = await talk.ask()
    message = _ended(events).message
    assert ReasoningGrew(message.id, "hm") in events
    assert (message.text, message.reasoning) == ("Moo.", "hm")
    assert (message.first_token_seconds, message.reasoning_seconds, message.seconds) == (0.5, 3.0, 4.5)


async def test_tool_calls_grow_by_their_index(talk: Talk) -> None:
    talk.client.scripts = [
        [
            ToolCallDelta(0, "c0", "look", '{"a"'),
            ToolCallDelta(1, "c1", "go", ""),
            ToolCallDelta(0, "", "", ": 1}"),
            AnswerFinished("stop"),
        ]
    ]
    events = await talk.ask()
    calls = (ToolCall("c0", "look", '{"a": 1}'), ToolCall("c1", "go", ""))
    message = _ended(events).message
    assert [event.calls for event in events if isinstance(event, ToolCallsGrew)][-1] == calls
    assert (message.tool_calls, message.ending) == (calls, Ending.TOOL_CALLS)


async def test_the_servers_usage_makes_the_cost(talk: Talk) -> None:
    talk.client.scripts = [[*_MOO, UsageReported(Usage(1, 1, 2)), UsageReported(Usage(10, 3, 13))]]
    message = _ended(await talk.ask()).message
    assert message.usage == Usage(10, 3, 13)
    assert message.cost == pytest.approx(0.04)
    assert message.pieces == 3


async def test_without_usage_the_cost_is_an_estimate_by_pieces(talk: Talk) -> None:
    message = _ended(await talk.ask()).message
    assert (message.usage, message.pieces) == (None, 3)
    assert message.cost == pytest.approx(5 * 0.001 + 3 * 0.01)


async def test_the_cost_of_a_model_without_a_price_is_unknown(talk: Talk) -> None:
    events = await talk.all(talk.service.ask(talk.id, "Moo?", "unpriced"))
    assert _ended(events).message.cost is None


async def test_regenerating_puts_an_answer_beside_the_old_one(talk: Talk) -> None:
    talk.client.scripts = [_MOO, [TextDelta("Baa.", 1)]]
    first = _ended(await talk.ask()).message
    again = _ended(await talk.all(talk.service.regenerate(first.id, "other", {"temperature": 0.2}))).message

    assert (again.parent_id, again.sibling, again.siblings) == (first.parent_id, 2, 2)
    assert (again.text, again.model) == ("Baa.", "other")
    assert [message.content for message in talk.client.requests[1].messages] == ["Moo?"]
    assert talk.client.requests[1].parameters == {"temperature": 0.2}
    assert await talk.texts() == ["Moo?", "Baa."]


async def test_a_question_without_an_answer_can_be_answered(talk: Talk) -> None:
    question = await talk.store.messages.add_question(talk.id, "Moo?", "m", None)
    await talk.all(talk.service.regenerate(question.id, "m"))
    assert await talk.texts() == ["Moo?", "Moo."]


async def test_editing_asks_beside_the_old_question(talk: Talk) -> None:
    await talk.ask("a")
    second, *_ = await talk.ask("b")
    assert isinstance(second, QuestionStored)
    await talk.all(talk.service.edit(second.message.id, "b!", "m"))

    assert await talk.texts() == ["a", "Moo.", "b!", "Moo."]
    assert [message.content for message in talk.client.requests[2].messages] == ["a", "Moo.", "b!"]


async def test_continuing_appends_to_the_same_message(talk: Talk) -> None:
    talk.client.scripts = [
        [TextDelta("Mo", 2), UsageReported(Usage(5, 2, 7)), CutOff()],
        [TextDelta("o.", 1), UsageReported(Usage(9, 1, 10)), AnswerFinished("stop")],
    ]
    cut = _ended(await talk.ask()).message
    events = await talk.all(talk.service.continue_answer(cut.id))

    assert isinstance(events[0], AnswerBegun)
    assert events[0].message.text == "Mo"
    message = _ended(events).message
    assert (message.id, message.text, message.ending, message.trouble) == (cut.id, "Moo.", Ending.DONE, "")
    assert (message.usage, message.pieces) == (Usage(14, 3, 17), 3)
    assert cut.cost is not None
    assert message.cost == pytest.approx(cut.cost + 0.019)
    assert [sent.content for sent in talk.client.requests[1].messages] == ["Moo?", "Mo", GO_ON]


async def test_an_answer_that_could_not_be_continued_stays_as_it_was_cut_off(talk: Talk) -> None:
    talk.client.scripts = [[TextDelta("Mo", 2), CutOff()], [InvalidKey(status=401)]]
    cut = _ended(await talk.ask()).message
    ended = _ended(await talk.all(talk.service.continue_answer(cut.id)))

    assert (ended.message.text, ended.message.ending) == ("Mo", Ending.CUT_OFF)
    assert (ended.message.cost, ended.message.trouble) == (cut.cost, in_words(InvalidKey(status=401)))
    assert ended.message.may_continue


async def test_an_answer_that_is_being_written_is_not_continued(talk: Talk) -> None:
    talk.client.scripts = [[TextDelta("Mo", 1), Gate()]]
    async with aclosing(talk.service.ask(talk.id, "Moo?", "m")) as events:
        async for event in events:
            if isinstance(event, AnswerGrew):
                with pytest.raises(StillAnswering):
                    await talk.all(talk.service.continue_answer(event.message_id))
                break


async def test_several_conversations_answer_at_once(talk: Talk) -> None:
    other = await talk.store.conversations.create("m")
    both = await asyncio.gather(talk.ask(), talk.all(talk.service.ask(other.id, "Baa?", "m")))
    assert [_ended(events).message.text for events in both] == ["Moo.", "Moo."]


async def test_a_question_whose_file_is_gone_is_kept_and_can_be_asked_again(talk: Talk, tmp_path: Path) -> None:
    file = tmp_path / "ox.png"
    ox = Attachment("image", "ox.png", file.as_uri(), "image/png")
    with pytest.raises(AttachmentGone, match="cannot be read"):
        await talk.all(talk.service.ask(talk.id, "Moo?", "m", attachments=[ox]))
    (question,) = await talk.store.messages.path(talk.id)
    assert (question.text, question.attachments) == ("Moo?", (ox,))
    assert talk.client.requests == []

    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    events = await talk.all(talk.service.regenerate(question.id, "m"))
    assert _ended(events).message.text == "Moo."
