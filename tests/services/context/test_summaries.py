"""Conversations that go on from a summary."""

from __future__ import annotations

import pytest

from oxen_tui.api.chat import AnswerFinished, TextDelta
from oxen_tui.api.errors import ServerFailed
from oxen_tui.api.model import Model, Pricing
from oxen_tui.services.context.sent_path import SUMMARY_QUESTION, told_conversation
from oxen_tui.services.context.summaries import begin_from_summary, plan_summary
from oxen_tui.services.conversation.conversation import ConversationService
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store
from tests.services.fake_client import FakeClient, Step
from tests.services.messages_made import message

PRICED = Model("m", context_length=1_000, pricing=Pricing("token", 0.001, 0.01))
OLD = [("user", "One?"), ("assistant", "1."), ("user", "Two?"), ("assistant", "2.")]


def said(text: str) -> list[Step]:
    return [TextDelta(text, 1), AnswerFinished("stop")]


class Story:
    """A conversation of two exchanges, and what is made of it."""

    def __init__(self, store: Store, *scripts: list[Step]) -> None:
        self.store = store
        self.client = FakeClient(*scripts)
        self.service = ConversationService(store, self.client, model=lambda _: PRICED)

    async def begin(self) -> int:
        settings = ConversationSettings({"temperature": 0.3}, schema={"type": "object"})
        old = await self.store.conversations.create("m", "Be brief.", settings)
        for question in ("One?", "Two?"):
            await self.ask(old.id, question)
        return old.id

    async def ask(self, conversation_id: int, text: str) -> None:
        async for _ in self.service.ask(conversation_id, text, "m"):
            pass

    async def summarise(self, old: int) -> int:
        leaf = (await self.store.messages.path(old))[-1]
        new, title = await begin_from_summary(self.store, leaf, "m")
        about = told_conversation(leaf.id, title)
        async for _ in self.service.ask(new, SUMMARY_QUESTION, "m", attachments=(about,)):
            pass
        return new

    @property
    def sent(self) -> list[tuple[str, object]]:
        return [(each.role, each.content) for each in self.client.requests[-1].messages]


async def test_a_summary_is_asked_of_all_that_was_said_and_gone_on_from_alone(store: Store) -> None:
    story = Story(store, said("1."), said("2."), said("In short: 1, 2."), said("3."))
    old = await story.begin()
    new = await story.summarise(old)

    assert story.sent == [("system", "Be brief."), *OLD, ("user", SUMMARY_QUESTION)]
    assert story.client.requests[-1].parameters == {"temperature": 0.3}
    kept = await store.conversations.get(new)
    leaf = (await store.messages.path(old))[-1]
    assert (kept.title, kept.forked_from, kept.settings.left_out) == ("Summary of One?", leaf.id, None)

    await story.ask(new, "Three?")
    assert story.sent[1:] == [
        ("user", SUMMARY_QUESTION),
        ("assistant", "In short: 1, 2."),
        ("user", "Three?"),
    ]
    assert [each.text for each in await store.messages.path(old)] == ["One?", "1.", "Two?", "2."]


async def test_a_summary_that_failed_can_be_asked_for_again(store: Store) -> None:
    story = Story(store, said("1."), said("2."), [ServerFailed("no", status=500)], said("In short."))
    new = await story.summarise(await story.begin())
    question, failed = await store.messages.path(new)
    assert failed.ending is Ending.FAILED
    async for _ in story.service.regenerate(failed.id, "m"):
        pass
    assert story.sent == [("system", "Be brief."), *OLD, ("user", question.text)]
    assert (await store.messages.path(new))[-1].text == "In short."


async def test_what_is_left_out_is_not_sent_and_comes_back(store: Store) -> None:
    story = Story(store, said("1."), said("2."), said("3."), said("4."))
    old = await story.begin()
    first_answer = (await store.messages.path(old))[1]
    await store.conversations.set_settings(old, ConversationSettings(left_out=first_answer.id))
    await story.ask(old, "Three?")
    assert story.sent == [("system", "Be brief."), *OLD[2:], ("user", "Three?")]
    await store.conversations.set_settings(old, ConversationSettings())
    await story.ask(old, "Four?")
    assert story.sent[1:5] == OLD


@pytest.mark.parametrize(("length", "sent", "too_old"), [(396, 206, 0), (1_596, 403, 2)])
def test_a_plan_says_what_is_sent_and_what_does_not_fit(length: int, sent: int, too_old: int) -> None:
    long = "x" * length
    path = [message(1, "user", long), message(2, "assistant", "y" * 396), message(3, "user", long)]
    plan = plan_summary(path[:2] if not too_old else path, "m", PRICED)
    assert (plan.sent, plan.too_old) == (sent, too_old)
    assert plan.dollars == pytest.approx(sent * 0.001 + max(100, sent // 3) * 0.01)


def test_the_price_of_a_model_nobody_knows_is_not_known() -> None:
    assert plan_summary([message(1, "user", "Hello")], "own", None).dollars is None
