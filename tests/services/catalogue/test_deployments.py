"""Waking and stopping custom models, followed to the end."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from oxen_tui.api.errors import BadRequest, ModelNotFound, Unreachable
from oxen_tui.api.model import Model
from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.catalogue.deployments import Deployments, DeploymentState
from tests.services.catalogue_models import entry
from tests.services.fake_models_client import FakeModelsClient


class Bench:
    """A model whose deployment says one word after the other, and time that passes in the pauses."""

    def __init__(self, *words: object) -> None:
        self.words = list(words)
        self.client = FakeModelsClient(self._entry("inactive"))
        self.client.deployment_answer = Model("own", deployment="deploying")
        self.catalogue = Catalogue(self.client)
        self.seconds = 0.0
        self.pauses: list[float] = []
        self.deployments = Deployments(self.client, self.catalogue, monotonic=lambda: self.seconds, sleep=self._sleep)

    async def states(self, states: AsyncGenerator[DeploymentState, None]) -> list[tuple[str, bool, bool]]:
        self.said = [state async for state in states]
        return [(state.status, state.ended, state.reached) for state in self.said]

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.seconds += seconds
        self._next()

    def _next(self) -> None:
        word = self.words.pop(0) if len(self.words) > 1 else self.words[0]
        self.client.models["own"] = word if isinstance(word, Exception) else self._entry(word)  # type: ignore[assignment]

    @staticmethod
    def _entry(word: object) -> dict[str, object]:
        deployment = word if isinstance(word, dict) else {"status": word}
        return entry("own", model_type="custom", deployments=[deployment])


async def bench_of(*words: object) -> Bench:
    bench = Bench(*words)
    await bench.catalogue.load()
    return bench


async def test_waking_is_followed_until_the_model_is_awake() -> None:
    bench = await bench_of("deploying", "deploying", "active")

    assert await bench.states(bench.deployments.activate("own")) == [
        ("deploying", False, False),
        ("deploying", False, False),
        ("deploying", False, False),
        ("active", True, True),
    ]
    assert bench.client.asked == ["list", "activate own", "live own", "live own", "live own"]
    assert [state.elapsed for state in bench.said] == [0, 2, 4, 6]
    assert bench.catalogue.index.columns.deployment == ["active"]


async def test_stopping_is_followed_until_the_model_sleeps() -> None:
    bench = await bench_of("deactivating", "inactive")
    bench.client.deployment_answer = Model("own", deployment="deactivating")

    assert (await bench.states(bench.deployments.deactivate("own")))[-1] == ("inactive", True, True)
    assert bench.client.asked[1] == "deactivate own"


async def test_looks_are_two_to_ten_seconds_apart() -> None:
    bench = await bench_of(*["deploying"] * 60, "active")
    await bench.states(bench.deployments.activate("own"))

    assert bench.pauses == sorted(bench.pauses)
    assert (bench.pauses[0], bench.pauses[-1]) == (2, 10)


async def test_a_failure_is_told_with_its_reason() -> None:
    bench = await bench_of("deploying", {"status": "error", "error": {"message": "out of\x1b memory"}})
    await bench.states(bench.deployments.activate("own"))

    assert (bench.said[-1].status, bench.said[-1].reached) == ("error", False)
    assert "out of" in bench.said[-1].reason
    assert "\x1b" not in bench.said[-1].reason


async def test_a_failure_without_a_reason_says_that() -> None:
    bench = await bench_of("error")
    await bench.states(bench.deployments.activate("own"))

    assert "gives no reason" in bench.said[-1].reason


async def test_an_order_that_is_refused_is_over_at_once() -> None:
    bench = await bench_of("inactive")
    bench.client.deployment_answer = BadRequest("base models are always active", status=400)

    assert await bench.states(bench.deployments.activate("own")) == [("inactive", True, False)]
    assert "base models are always active" in bench.said[0].reason


async def test_an_old_state_is_not_believed_at_first() -> None:
    bench = await bench_of("inactive", "error", "deploying", "active")
    bench.client.deployment_answer = Model("own", deployment="inactive")

    assert (await bench.states(bench.deployments.activate("own")))[-1] == ("active", True, True)


async def test_a_state_that_does_not_change_is_believed_in_the_end() -> None:
    bench = await bench_of("inactive")
    bench.client.deployment_answer = Model("own", deployment="inactive")

    assert (await bench.states(bench.deployments.activate("own")))[-1] == ("inactive", True, False)
    assert 30 < bench.seconds < 45
    assert "left it inactive" in bench.said[-1].reason


async def test_words_that_nobody_has_heard_of_are_shown_and_waited_through() -> None:
    bench = await bench_of("warming the barn", "unknown", "active")

    assert [status for status, _, _ in await bench.states(bench.deployments.activate("own"))] == [
        *("deploying", "warming the barn", "unknown", "active"),
    ]


async def test_looks_that_fail_are_said_and_gone_over() -> None:
    bench = await bench_of(Unreachable(), "active")
    await bench.states(bench.deployments.activate("own"))

    assert [state.status for state in bench.said] == ["deploying", "deploying", "active"]
    assert bench.said[1].reason
    assert not bench.said[1].ended


async def test_looks_that_go_on_failing_end_it() -> None:
    bench = await bench_of(Unreachable())

    assert (await bench.states(bench.deployments.activate("own")))[-1] == ("deploying", True, False)
    assert len(bench.pauses) == 10


async def test_a_model_that_vanishes_ends_it() -> None:
    bench = await bench_of(ModelNotFound(status=404))

    assert (await bench.states(bench.deployments.activate("own")))[-1] == ("unknown", True, False)
    assert "does not know this model" in bench.said[-1].reason


async def test_one_that_never_ends_is_left_after_an_hour() -> None:
    bench = await bench_of("deploying")
    await bench.states(bench.deployments.activate("own"))

    assert 3600 < bench.seconds < 3620
    assert "longer than an hour" in bench.said[-1].reason


async def test_an_answer_that_is_final_ends_it_with_one_look_for_the_rest() -> None:
    bench = await bench_of("active")
    bench.client.deployment_answer = Model("own", deployment="active")
    bench.client.models["own"] = Bench._entry("active")

    assert await bench.states(bench.deployments.activate("own")) == [("active", True, True)]
    assert bench.client.asked == ["list", "activate own", "live own"]


@pytest.mark.parametrize(
    ("first", "then", "end"),
    [("deploying", "active", True), ("deactivating", "inactive", True), ("deploying", "error", False)],
)
async def test_what_was_begun_elsewhere_can_be_followed(first: str, then: str, end: bool) -> None:
    bench = await bench_of(then)
    bench.client.models["own"] = Bench._entry(first)

    assert await bench.states(bench.deployments.follow("own")) == [(first, False, False), (then, True, end)]


@pytest.mark.parametrize("status", ["active", "inactive"])
async def test_what_rests_has_nothing_to_follow(status: str) -> None:
    bench = await bench_of(status)
    bench.client.models["own"] = Bench._entry(status)

    assert await bench.states(bench.deployments.follow("own")) == [(status, True, True)]
