"""The catalogue: kept, refreshed behind, asked without a key, and patient with servers of every kind."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from oxen_tui.api.errors import Forbidden, InvalidKey, ModelNotFound, NotAnApi, NotFound, ServerFailed, Unreachable
from oxen_tui.api.model import Model
from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.store.catalogue_cache import CatalogueCache
from tests.services.catalogue_models import body_of, chat, demo_entries, entry, made, schema, video
from tests.services.fake_models_client import FakeModelsClient, MovedClock, until

Open = Callable[..., Awaitable[Catalogue]]


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
async def open_catalogue(tmp_path: Path, clock: MovedClock) -> AsyncIterator[Open]:
    """Opens catalogues that share one file, loaded unless said otherwise."""
    opened = []

    async def open_one(client: FakeModelsClient, *, load: bool = True, kept: bool = True) -> Catalogue:
        cache = CatalogueCache(tmp_path / "models" / "place", "server") if kept else None
        catalogue = Catalogue(client, cache, now=clock)
        opened.append(catalogue)
        if load:
            await catalogue.load()
        return catalogue

    yield open_one
    for catalogue in opened:
        await catalogue.close()


# --- the list


async def test_every_model_is_known_whole_and_as_it_came(open_catalogue: Open) -> None:
    catalogue = await open_catalogue(FakeModelsClient(*demo_entries()))

    for each in demo_entries():
        model = catalogue.get(each["id"])
        assert model is not None
        assert model == Model.from_json(each)
        assert catalogue.raw(each["id"]) == each
    assert catalogue.get("nobody") is None
    assert catalogue.raw("nobody") is None


async def test_chat_models_come_in_the_servers_order(open_catalogue: Open) -> None:
    catalogue = await open_catalogue(FakeModelsClient(video("v"), chat("z"), chat("a")))

    assert [model.id for model in catalogue.chat_models] == ["z", "a"]
    assert [model.id for model in catalogue.chat_models[1:]] == ["a"]
    assert catalogue.first_chat_model == "z"


async def test_without_a_chat_model_the_first_of_all_is_talked_to(open_catalogue: Open) -> None:
    assert (await open_catalogue(FakeModelsClient(video("v"), entry("a")), kept=False)).first_chat_model == "v"
    assert (await open_catalogue(FakeModelsClient(), kept=False)).first_chat_model == ""


async def test_many_who_ask_ask_once(open_catalogue: Open) -> None:
    client = FakeModelsClient(chat("a"))
    catalogue = await open_catalogue(client, load=False)
    await asyncio.gather(*(catalogue.load() for _ in range(5)))

    assert client.asked == ["list"]


@pytest.mark.parametrize("body", [b'[{"id": "a"}, {"id": "a", "summary": "again"}, 3, {"x": 1}]'])
async def test_a_bare_list_with_one_id_twice_is_a_list_with_it_once(open_catalogue: Open, body: bytes) -> None:
    client = FakeModelsClient()
    client.list = body
    catalogue = await open_catalogue(client)

    assert catalogue.index.columns.id == ["a"]
    assert (catalogue.raw("a") or {})["summary"] == "again"


async def test_a_server_without_a_list_is_no_failure(open_catalogue: Open) -> None:
    client = FakeModelsClient()
    client.list = NotFound(status=404)
    catalogue = await open_catalogue(client)

    assert isinstance(catalogue.trouble, NotFound)
    assert (len(catalogue.index), catalogue.first_chat_model, catalogue.fetched_at) == (0, "", None)
    client.lists([chat("a")])
    await catalogue.load(again=True)
    assert (catalogue.trouble is None, catalogue.first_chat_model) == (True, "a")


async def test_a_list_that_breaks_off_is_said(open_catalogue: Open) -> None:
    client = FakeModelsClient()
    client.list = b'{"data": [{"id": "a"}, {"id"'
    catalogue = await open_catalogue(client)

    assert isinstance(catalogue.trouble, NotAnApi)
    assert "breaks off" in str(catalogue.trouble)


async def test_where_the_key_is_refused_the_list_is_asked_for_without_it(open_catalogue: Open) -> None:
    client = FakeModelsClient(chat("a"))
    client.list, client.list_without_key = InvalidKey(status=401), body_of([chat("a")])
    catalogue = await open_catalogue(client)
    await catalogue.load(again=True)

    assert catalogue.trouble is None
    assert client.asked == ["list", "list without key", "list without key"]


async def test_where_both_are_refused_that_is_the_trouble(open_catalogue: Open) -> None:
    client = FakeModelsClient()
    client.list = InvalidKey(status=401)
    catalogue = await open_catalogue(client)

    assert isinstance(catalogue.trouble, InvalidKey)


# --- kept and refreshed


async def test_what_was_kept_is_there_at_once_and_without_a_network(open_catalogue: Open, clock: MovedClock) -> None:
    await open_catalogue(FakeModelsClient(*demo_entries()))
    fetched = clock.time
    clock.move(hours=3)
    client = FakeModelsClient()
    client.list = Unreachable()
    catalogue = await open_catalogue(client)

    assert client.asked == []
    assert (catalogue.fetched_at, catalogue.trouble) == (fetched, None)
    assert catalogue.raw(demo_entries()[7]["id"]) == demo_entries()[7]
    assert len(catalogue.index) == len(demo_entries())


async def test_the_first_look_in_a_session_asks_behind_and_the_next_ones_do_not(
    open_catalogue: Open, clock: MovedClock
) -> None:
    await open_catalogue(FakeModelsClient(chat("old")))
    clock.move(hours=3)
    client = FakeModelsClient(chat("old"), chat("new"))
    catalogue = await open_catalogue(client)
    gate = client.gate("list")

    catalogue.refresh_behind()
    catalogue.refresh_behind()
    await until(lambda: catalogue.refreshing)
    assert catalogue.index.columns.id == ["old"]
    gate.set()
    await until(lambda: not catalogue.refreshing)
    assert catalogue.index.columns.id == ["new", "old"]
    assert catalogue.fetched_at == clock.time

    catalogue.refresh_behind()
    await asyncio.sleep(0)
    assert client.asked == ["list"]
    clock.move(days=1, seconds=1)
    catalogue.refresh_behind()
    await until(lambda: len(client.asked) == 2)


async def test_a_list_older_than_a_day_is_shown_and_asked_for_again(open_catalogue: Open, clock: MovedClock) -> None:
    await open_catalogue(FakeModelsClient(chat("old")))
    clock.move(days=2)
    client = FakeModelsClient(chat("new"))
    gate = client.gate("list")
    catalogue = await open_catalogue(client)

    assert catalogue.index.columns.id == ["old"]
    gate.set()
    await until(lambda: catalogue.index.columns.id == ["new"])


async def test_a_refresh_in_vain_leaves_the_list_and_is_tried_again_at_the_next_look(open_catalogue: Open) -> None:
    client = FakeModelsClient(chat("a"))
    catalogue = await open_catalogue(client)
    client.list = Unreachable()
    await catalogue.load(again=True)

    assert catalogue.trouble is None
    assert isinstance(catalogue.refresh_trouble, Unreachable)
    client.lists([chat("b")])
    catalogue.refresh_behind()
    await until(lambda: catalogue.index.columns.id == ["b"])
    assert catalogue.refresh_trouble is None


async def test_an_empty_list_does_not_wipe_out_what_is_known(open_catalogue: Open) -> None:
    client = FakeModelsClient(chat("a"))
    catalogue = await open_catalogue(client)
    client.lists([])
    await catalogue.load(again=True)

    assert catalogue.index.columns.id == ["a"]
    assert "no models" in str(catalogue.refresh_trouble)


async def test_the_same_list_again_is_only_younger(open_catalogue: Open, clock: MovedClock) -> None:
    client = FakeModelsClient(chat("a"))
    catalogue = await open_catalogue(client)
    index = catalogue.index
    clock.move(hours=5)
    await catalogue.load(again=True)

    assert catalogue.index is index
    assert catalogue.fetched_at == clock.time
    assert (await open_catalogue(FakeModelsClient())).fetched_at == clock.time


async def test_who_asks_again_while_a_refresh_runs_waits_for_that_one(
    open_catalogue: Open, clock: MovedClock
) -> None:
    client = FakeModelsClient(chat("a"))
    catalogue = await open_catalogue(client)
    clock.move(days=2)
    gate = client.gate("list")
    catalogue.refresh_behind()
    await until(lambda: catalogue.refreshing)
    again = asyncio.create_task(catalogue.load(again=True))
    await asyncio.sleep(0)
    gate.set()
    await again

    assert client.asked == ["list", "list"]


async def test_subscribers_hear_of_changes_until_they_end_it(open_catalogue: Open) -> None:
    catalogue = await open_catalogue(FakeModelsClient(chat("a")), load=False)
    heard: list[tuple[int, bool]] = []
    end = catalogue.subscribe(lambda: heard.append((len(catalogue.index), catalogue.refreshing)))
    await catalogue.load()

    assert heard == [(0, True), (1, False)]
    end()
    end()
    await catalogue.load(again=True)
    assert len(heard) == 2


async def test_closing_ends_what_runs(open_catalogue: Open) -> None:
    client = FakeModelsClient(*made(500))
    catalogue = await open_catalogue(client, load=False)
    client.gate("list")
    waiting = asyncio.create_task(catalogue.load())
    await until(lambda: bool(client.asked))
    await catalogue.close()

    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_file_that_lost_its_body_still_lists(open_catalogue: Open, tmp_path: Path) -> None:
    catalogue = await open_catalogue(FakeModelsClient(chat("a", summary="talks")))
    catalogue._models._body.close()

    model = catalogue.get("a")
    assert model is not None
    assert (model.summary, catalogue.raw("a")) == ("talks", None)


# --- single models


async def test_a_detail_is_asked_for_once_in_a_while_and_newer_than_the_list(
    open_catalogue: Open, clock: MovedClock
) -> None:
    client = FakeModelsClient(chat("a", summary="old"))
    catalogue = await open_catalogue(client)
    client.models["a"] = chat("a", summary="new", request_schema=schema("seed"), odd=[1])

    detail = await catalogue.detail("a")
    await catalogue.detail("a")

    assert detail.model is not None
    assert (detail.model.summary, detail.notice, detail.vanished) == ("new", "", False)
    assert catalogue.get("a") == detail.model
    assert (catalogue.raw("a") or {})["odd"] == [1]
    assert catalogue.index.columns.summary == ["new"]
    assert client.asked == ["list", "a"]
    await catalogue.detail("a", live=True)
    clock.move(minutes=6)
    await catalogue.detail("a")
    assert client.asked[2:] == ["live a", "a"]


async def test_a_detail_in_an_envelope_is_taken_out_of_it(open_catalogue: Open) -> None:
    client = FakeModelsClient(chat("a"))
    catalogue = await open_catalogue(client)
    client.models["a"] = {"data": chat("a", summary="inside")}

    detail = await catalogue.detail("a")
    assert detail.model is not None
    assert detail.model.summary == "inside"


async def test_a_model_that_vanished_is_said_and_shown_as_the_list_had_it(open_catalogue: Open) -> None:
    client = FakeModelsClient(chat("a"))
    catalogue = await open_catalogue(client)
    client.models["a"] = ModelNotFound(status=404)

    detail = await catalogue.detail("a")
    unknown = await catalogue.detail("b")

    assert (detail.vanished, detail.model) == (True, catalogue.get("a"))
    assert "does not know this model any more" in detail.notice
    assert (unknown.vanished, unknown.model) == (True, None)
    assert catalogue.vanished == {"a", "b"}
    client.models["a"] = chat("a")
    assert not (await catalogue.detail("a")).vanished
    assert catalogue.vanished == {"b"}


async def test_a_server_that_only_lists_has_lost_no_model(open_catalogue: Open) -> None:
    client = FakeModelsClient(chat("a"))
    catalogue = await open_catalogue(client)
    client.models["a"] = NotFound(status=404)

    assert not (await catalogue.detail("a")).vanished
    client.models["b"] = chat("b")
    await catalogue.detail("b")
    assert (await catalogue.detail("a")).vanished


async def test_a_detail_that_does_not_come_leaves_the_list_and_a_notice(open_catalogue: Open) -> None:
    client = FakeModelsClient(chat("a"))
    catalogue = await open_catalogue(client)
    client.models["a"] = ServerFailed("out to lunch", status=500)

    detail = await catalogue.detail("a")
    assert detail.model == catalogue.get("a")
    assert "out to lunch" in detail.notice


# --- the server's search


async def test_what_a_search_finds_is_known_from_then_on(open_catalogue: Open) -> None:
    client = FakeModelsClient(chat("b"))
    catalogue = await open_catalogue(client)
    client.found["cow"] = body_of([chat("b", summary="ignored: listed"), video("a-cow", odd=1)])

    assert await catalogue.find("cow") == ["b", "a-cow"]
    assert catalogue.index.columns.id == ["a-cow", "b"]
    assert catalogue.raw("a-cow") == video("a-cow", odd=1)
    assert catalogue.index.columns.summary == ["", ""]
    assert [model.id for model in catalogue.chat_models] == ["b"]


async def test_models_that_only_a_search_found_outlive_a_refresh_until_they_are_listed(open_catalogue: Open) -> None:
    client = FakeModelsClient(chat("b"))
    catalogue = await open_catalogue(client)
    client.found["cow"] = body_of([video("a-cow")])
    await catalogue.find("cow")
    client.lists([chat("b"), chat("c")])
    await catalogue.load(again=True)

    assert catalogue.index.columns.id == ["a-cow", "b", "c"]
    assert catalogue.raw("a-cow") == video("a-cow")
    client.lists([chat("b"), video("a-cow", summary="listed")])
    await catalogue.load(again=True)
    assert (catalogue.raw("a-cow") or {})["summary"] == "listed"
    assert min(catalogue.index.columns.start) > 0


async def test_a_search_that_breaks_off_or_is_refused_says_so(open_catalogue: Open) -> None:
    client = FakeModelsClient(chat("b"))
    catalogue = await open_catalogue(client)
    client.found |= {"broken": b'{"data": [{"id": ', "no": Forbidden(status=403)}

    with pytest.raises(NotAnApi):
        await catalogue.find("broken")
    with pytest.raises(Forbidden):
        await catalogue.find("no")


async def test_a_large_list_does_not_keep_others_from_running(open_catalogue: Open) -> None:
    catalogue = await open_catalogue(FakeModelsClient(*made(2000)), load=False)
    turns = 0
    loading = asyncio.create_task(catalogue.load())
    while not loading.done():
        await asyncio.sleep(0)
        turns += 1

    assert len(catalogue.index) == 2000
    assert turns > 100
    assert json.dumps(catalogue.raw("made-1999-" + str(made(2000)[-1]["id"]).split("-", 2)[2])) == json.dumps(
        made(2000)[-1]
    )
