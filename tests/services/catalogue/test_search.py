"""Searching while somebody types: ours at once, the server's when the typing rests, and only the newest counts."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from oxen_tui.api.errors import ApiError, BadRequest, NotFound, RateLimited, ServerFailed, Unreachable
from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.catalogue.rows import Standing
from oxen_tui.services.catalogue.search import REST_SECONDS, ModelSearch
from oxen_tui.services.catalogue.selection import SearchResult
from tests.services.catalogue_models import body_of, chat, entry, video
from tests.services.fake_client import FakeTime
from tests.services.fake_models_client import FakeModelsClient, MovedClock, until


class Typist:
    """Types into a search, as a pane would."""

    def __init__(self, *models: dict[str, object]) -> None:
        self.client = FakeModelsClient(*models)
        self.catalogue = Catalogue(self.client)
        self.time = FakeTime()
        self.search = ModelSearch(self.catalogue, Standing, now=MovedClock(), sleep=self.time.sleep)
        self.improved: list[SearchResult] = []
        self.waiting: list[asyncio.Task[None]] = []

    def type(self, text: str) -> list[str]:
        """The ids found at once; what comes later is in `improved`."""
        result = self.search.at_once(text)
        self.waiting.append(asyncio.create_task(self._wait(text)))
        return result.rows.ids

    async def rest(self) -> None:
        """Lets the last key be a quarter of a second old, and whoever waits for that go on."""
        await until(lambda: bool(self.time.sleeping))
        while self.time.sleeping:
            await self.time.wake()

    async def ended(self) -> list[list[str]]:
        """What came later, when nothing more will."""
        await asyncio.gather(*self.waiting)
        return [result.rows.ids for result in self.improved]

    async def _wait(self, text: str) -> None:
        async with aclosing(self.search.improved(text)) as results:
            async for result in results:
                self.improved.append(result)


@pytest.fixture
async def typist() -> Typist:
    typist = Typist(chat("heron"), video("tern"), entry("cowbird"))
    await typist.catalogue.load()
    typist.client.found["cow"] = body_of(
        [entry("cowbird"), video("brand-new", summary="a cow on film"), chat("heron")]
    )
    return typist


async def test_our_own_answer_comes_at_once_and_the_servers_makes_it_better(typist: Typist) -> None:
    assert typist.type("cow") == ["cowbird"]
    await typist.rest()

    assert await typist.ended() == [["cowbird", "brand-new", "heron"]]
    assert typist.improved[0].from_server
    assert not typist.improved[0].rows[1].listed
    assert typist.improved[0].total == 4


async def test_the_server_is_asked_only_when_the_typing_rests_and_for_words_only(typist: Typist) -> None:
    for text in ("c", "co", "cow", "cow kind:video"):
        typist.type(text)
        await asyncio.sleep(0)  # so that it begins to wait
    assert len(typist.time.sleeping) == 3
    assert {seconds for seconds, _ in typist.time.sleeping} == {REST_SECONDS}
    await typist.rest()

    assert await typist.ended() == [["brand-new"]]
    assert typist.client.asked == ["list", "search cow"]


async def test_an_answer_that_comes_after_something_else_was_typed_is_dropped(typist: Typist) -> None:
    late = typist.client.gate("search cow")
    typist.client.found["tern"] = body_of([chat("heron")])
    typist.type("cow")
    await typist.rest()
    await until(lambda: "search cow" in typist.client.asked)
    typist.type("tern")
    await typist.rest()
    await until(lambda: len(typist.improved) == 1)
    late.set()

    assert await typist.ended() == [["tern", "heron"]]
    assert typist.type("cow") == ["cowbird", "brand-new", "heron"]


async def test_going_back_to_words_asks_nobody_again(typist: Typist) -> None:
    typist.type("cow")
    await typist.rest()
    await typist.ended()

    assert typist.type("cow") == ["cowbird", "brand-new", "heron"]
    assert typist.search.at_once("cow").from_server
    await typist.ended()
    assert typist.client.asked == ["list", "search cow"]


async def test_facets_and_single_letters_are_no_question_for_the_server(typist: Typist) -> None:
    for text in ("kind:video", "t", "-tern", ""):
        typist.type(text)
    await typist.ended()

    assert typist.client.asked == ["list"]


async def test_the_same_text_over_a_catalogue_that_changed_is_the_same_question(typist: Typist) -> None:
    typist.catalogue.subscribe(lambda: (typist.search.at_once("cow"), None)[1])
    typist.type("cow")
    await typist.rest()

    assert await typist.ended() == [["cowbird", "brand-new", "heron"]]


@pytest.mark.parametrize("error", [BadRequest("too short", status=400), ServerFailed("oh", status=500)])
async def test_words_that_the_server_rejects_are_said_and_ours_stay(typist: Typist, error: ApiError) -> None:
    typist.client.found["cow"] = error
    typist.type("cow")
    await typist.rest()

    assert await typist.ended() == [["cowbird"]]
    assert "refused these words" in typist.improved[0].notice
    assert error.server_text in typist.improved[0].notice


async def test_rejected_words_are_not_sent_again_but_a_busy_server_is_asked_again(typist: Typist) -> None:
    for error, asked in ((RateLimited(status=429), 2), (BadRequest(status=400), 3)):
        typist.client.found["cow"] = error
        typist.type("cow")
        await typist.rest()
        await typist.ended()
        assert len(typist.client.asked) == asked
    typist.type("cow")
    await typist.ended()
    assert len(typist.client.asked) == 3
    assert typist.search.at_once("cow").notice


async def test_without_a_network_ours_is_all_there_is_and_it_is_said(typist: Typist) -> None:
    typist.client.found["cow"] = Unreachable()
    typist.type("cow")
    await typist.rest()

    assert await typist.ended() == [["cowbird"]]
    assert "no answer" in typist.improved[0].notice


async def test_a_server_without_a_search_is_asked_once(typist: Typist) -> None:
    typist.client.found["cow"] = NotFound(status=404)
    typist.type("cow")
    await typist.rest()
    await typist.ended()
    typist.type("tern")

    assert await typist.ended() == []
    assert typist.client.asked == ["list", "search cow"]
    assert typist.search.at_once("cow").notice == ""


async def test_who_stops_waiting_leaves_nothing_running(typist: Typist) -> None:
    typist.client.gate("search cow")
    typist.type("cow")
    await typist.rest()
    await until(lambda: "search cow" in typist.client.asked)
    typist.waiting[0].cancel()

    with pytest.raises(asyncio.CancelledError):
        await typist.waiting[0]
    assert typist.improved == []
