"""Favourites that show at once, on the server where it keeps them, and models used lately."""

from __future__ import annotations

import asyncio

import pytest

from oxen_tui.api.errors import ApiError, BadRequest, InvalidKey, ModelNotFound, NotFound, Unreachable
from oxen_tui.services.catalogue.marks import USED_SHOWN, ModelMarks
from oxen_tui.store.store import Store
from tests.services.fake_models_client import FakeModelsClient, until


@pytest.fixture
def client() -> FakeModelsClient:
    return FakeModelsClient()


async def loaded(store: Store, client: FakeModelsClient, *, has_key: bool = True) -> ModelMarks:
    marks = ModelMarks(store.models, client, has_key=has_key)
    await marks.load()
    return marks


async def test_the_servers_stars_are_shown_and_kept_for_when_it_is_away(
    store: Store, client: FakeModelsClient
) -> None:
    client.stars = ["a", "b"]
    assert (await loaded(store, client)).favourites == {"a", "b"}
    client.stars = Unreachable()
    marks = await loaded(store, client)

    assert marks.favourites == {"a", "b"}
    assert isinstance(marks.trouble, Unreachable)


async def test_a_star_shows_before_the_server_has_answered(store: Store, client: FakeModelsClient) -> None:
    marks = await loaded(store, client)
    gate = client.gate("star a")
    heard: list[bool] = []
    marks.subscribe(lambda: heard.append("a" in marks.favourites))
    starring = asyncio.create_task(marks.toggle("a"))
    await until(lambda: "star a" in client.asked)

    assert heard == [True]
    gate.set()
    assert await starring is None
    assert (marks.favourites, client.stars, await store.models.favourites()) == (frozenset("a"), ["a"], {"a": True})


async def test_a_star_that_the_server_refuses_is_taken_back(store: Store, client: FakeModelsClient) -> None:
    client.stars = ["b"]
    marks = await loaded(store, client)
    client.star_refusal = BadRequest("no more stars", status=400)

    assert await marks.toggle("a") is client.star_refusal
    assert await marks.toggle("b") is client.star_refusal
    assert marks.favourites == {"b"}
    client.star_refusal = ModelNotFound(status=404)
    assert await marks.set("gone", True) is client.star_refusal
    assert marks.on_server


async def test_without_a_key_stars_are_kept_here(store: Store, client: FakeModelsClient) -> None:
    marks = await loaded(store, client, has_key=False)

    await marks.toggle("a")
    assert (await loaded(store, client, has_key=False)).favourites == {"a"}
    await marks.toggle("a")
    assert (await loaded(store, client, has_key=False)).favourites == frozenset()
    assert client.asked == []


@pytest.mark.parametrize("error", [NotFound(status=404), InvalidKey(status=401), BadRequest(status=405)])
async def test_a_server_that_keeps_no_stars_leaves_them_to_us(
    store: Store, client: FakeModelsClient, error: ApiError
) -> None:
    client.stars = error
    marks = await loaded(store, client)

    assert (marks.on_server, marks.trouble) == (False, None)
    assert await marks.toggle("a") is None
    assert marks.favourites == {"a"}
    assert client.asked == ["favorites"]


async def test_a_server_that_lists_no_stars_and_takes_none_leaves_the_first_one_to_us(
    store: Store, client: FakeModelsClient
) -> None:
    client.stars, client.star_refusal = Unreachable(), NotFound(status=404)
    marks = await loaded(store, client)

    assert await marks.toggle("a") is None
    assert (marks.favourites, marks.on_server) == (frozenset("a"), False)


async def test_a_star_of_our_own_is_taken_away_here(store: Store, client: FakeModelsClient) -> None:
    await store.models.star("mine", on_server=False)
    client.stars = ["theirs"]
    marks = await loaded(store, client)
    assert marks.favourites == {"mine", "theirs"}

    assert await marks.toggle("mine") is None
    assert await marks.toggle("theirs") is None
    assert (marks.favourites, client.asked) == (frozenset(), ["favorites", "unstar theirs"])


async def test_quick_fingers_end_with_what_they_asked_for_last(store: Store, client: FakeModelsClient) -> None:
    marks = await loaded(store, client)
    gate = client.gate("star a")
    calls = [asyncio.create_task(marks.toggle("a")) for _ in range(4)]
    await until(lambda: "star a" in client.asked)
    assert marks.favourites == frozenset()
    gate.set()

    assert await asyncio.gather(*calls) == [None] * 4
    assert (marks.favourites, client.stars) == (frozenset(), [])
    assert client.asked == ["favorites", "star a", "unstar a"]


async def test_a_star_given_while_the_list_was_on_its_way_is_not_lost(store: Store, client: FakeModelsClient) -> None:
    marks = ModelMarks(store.models, client, has_key=True)
    client.stars = []
    gate = client.gate("favorites")
    loading = asyncio.create_task(marks.load())
    await until(lambda: "favorites" in client.asked)
    await marks.set("a", True)
    gate.set()
    await loading

    assert marks.favourites == {"a"}
    assert client.asked == ["favorites", "star a", "favorites"]


async def test_models_used_lately_are_remembered(store: Store, client: FakeModelsClient) -> None:
    marks = await loaded(store, client)
    for name in ("a", "b", "a", *"cdef"):
        await marks.mark_used(name)

    assert marks.used == ("f", "e", "d", "c", "a")
    assert len(marks.used) == USED_SHOWN
    assert (await loaded(store, client)).used == marks.used
