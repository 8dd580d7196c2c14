"""Titles that a model is asked for."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.api.chat import AnswerFinished, ReasoningDelta, TextDelta, UsageReported
from oxen_tui.api.errors import BadRequest, ServerFailed, TimedOut
from oxen_tui.api.model import Model, Pricing
from oxen_tui.api.usage import Usage
from oxen_tui.services.conversation.titles import (
    MOST_TOLD,
    WIDEST,
    NoTitle,
    TitlePlan,
    Titles,
    cleaned_title,
    title_request,
)
from oxen_tui.store.spending import Sum
from oxen_tui.store.store import Store
from tests.services.fake_client import FakeClient, Step
from tests.services.messages_made import message

DAY = datetime(2026, 11, 22, tzinfo=UTC)
PATH = [message(1, "user", "How high are tides?"), message(2, "assistant", "Two metres."), message(3, "user", "Why?")]
PRICED = Model("m", pricing=Pricing("token", 0.001, 0.01))


def titles(store: Store, *scripts: list[Step]) -> tuple[Titles, FakeClient, TitlePlan]:
    client = FakeClient(*scripts)
    asking = Titles(store.spending, client, {"m": PRICED}.get, lambda: DAY)
    return asking, client, asking.plan(PATH, "m")


async def test_the_first_exchange_is_told_and_the_cost_is_in_the_ledger(store: Store) -> None:
    reported = UsageReported(Usage(50, 4, 54))
    asking, client, plan = titles(store, [TextDelta('"Tides and why."\n', 4), AnswerFinished("stop"), reported])
    assert plan.dollars == pytest.approx(0.001 * sum(4 + -(-len(str(m.content)) // 4) for m in plan.messages) + 0.4)
    asked = await asking.ask(plan)
    assert asked.title == "Tides and why"
    assert asked.dollars == pytest.approx(0.05 + 0.04)
    (request,) = client.requests
    assert [each.role for each in request.messages] == ["user", "assistant", "user"]
    assert [each.content for each in request.messages][:2] == ["How high are tides?", "Two metres."]
    assert request.parameters == {"max_tokens": 500}
    assert (await store.spending.sums(DAY)).today.dollars == pytest.approx(0.09)
    (used,) = await store.usage.of_session()
    assert (used.model, used.answers, used.uncounted) == ("m", 1, 1)
    await asking.ask(plan)
    assert (await store.spending.sums(DAY)).today.dollars == pytest.approx(0.18)


async def test_a_refusal_costs_nothing_and_a_model_that_is_cut_off_may_have(store: Store) -> None:
    asking, _, plan = titles(store, [ServerFailed("no", status=500)], [TextDelta("Ti", 1), ServerFailed("no")])
    with pytest.raises(ServerFailed):
        await asking.ask(plan)
    assert (await store.spending.sums(DAY)).today == Sum()
    with pytest.raises(ServerFailed):
        await asking.ask(plan)
    assert (await store.spending.sums(DAY)).today == Sum(0.0, True)


async def test_a_model_that_took_the_question_and_was_silent_may_have_cost_something(store: Store) -> None:
    asking, _, plan = titles(store, [TimedOut()])
    with pytest.raises(TimedOut):
        await asking.ask(plan)
    assert (await store.spending.sums(DAY)).today.is_partial


async def test_a_model_that_takes_no_limit_is_asked_without(store: Store) -> None:
    refused = BadRequest("Unsupported parameter: 'max_tokens'", status=400)
    asking, client, plan = titles(store, [refused], [TextDelta("Tides", 1)])
    assert (await asking.ask(plan)).title == "Tides"
    assert [request.parameters for request in client.requests] == [{"max_tokens": 500}, {}]


async def test_an_answer_without_a_title_is_said(store: Store) -> None:
    asking, _, plan = titles(store, [ReasoningDelta("Hm", 1), AnswerFinished("length")], [AnswerFinished("stop")])
    with pytest.raises(NoTitle, match="m thought, and had no room left for one"):
        await asking.ask(plan)
    with pytest.raises(NoTitle, match="m answered nothing"):
        await asking.ask(plan)


@pytest.mark.parametrize(("asked", "answered"), [(10_000, 10_000), (10, 10_000), (10_000, 10), (10_000, 0)])
def test_no_more_than_two_thousand_characters_are_told(asked: int, answered: int) -> None:
    told = title_request([message(1, "user", "q" * asked), message(2, "assistant", "a" * answered)])
    said = sum(
        text.count("q") + text.count("a") for text in [str(each.content) for each in told[: 2 if answered else 1]]
    )
    assert said <= MOST_TOLD + 10  # letters of the wish itself


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Tides", "Tides"),
        ('\n\n"Tides and moons."\nMore', "Tides and moons"),
        ("**Title:** „Ebbe und Flut“", "Ebbe und Flut"),
        ("# `Why tides?`", "Why tides?"),
        ("And so on...", "And so on..."),
        ("Tit\x1b[2Jle", "Tit␛[2Jle"),
        ("«»", ""),
        ("", ""),
        ("word " * 30, "word word word word word word word word word word word…"),
        ("潮" * 40, "潮" * 29 + "…"),
    ],
)
def test_a_title_is_one_line_without_quotes(written: str, title: str) -> None:
    assert cleaned_title(written) == title


@given(st.text(max_size=300))
def test_whatever_comes_is_a_short_line(written: str) -> None:
    title = cleaned_title(written)
    assert sum(not unicodedata.combining(letter) for letter in title) <= WIDEST
    assert "\n" not in title
    assert not title.startswith(('"', "'", "“", " "))
