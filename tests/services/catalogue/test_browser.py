"""All of the catalogue together: over a double for the order of things, and over the demo service for the truth."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import httpx
import pytest

from oxen_tui.api.client import Client
from oxen_tui.api.secret import Secret
from oxen_tui.demo.service import TOKEN, create_service
from oxen_tui.services.catalogue.browser import ModelBrowser
from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.catalogue.rows import GroupTitle
from oxen_tui.services.clock import Clock
from oxen_tui.store.catalogue_cache import CatalogueCache
from oxen_tui.store.store import Store
from tests.demo.conftest import FakeClock
from tests.services.catalogue_models import chat, demo_entries, video
from tests.services.fake_models_client import FakeModelsClient, MovedClock, until

KEY = Secret(TOKEN)


async def at_once(seconds: float) -> None:
    """A pause that is none."""
    await asyncio.sleep(0)


class OverTheWire:
    """A browser whose server is the demo, reached without a socket; time passes when it pauses."""

    def __init__(self, store: Store, folder: Path, key: Secret | None = KEY) -> None:
        self.time = FakeClock()
        self.service = create_service(clock=self.time, sleep=self.time.sleep, media_dir=folder / "media")
        transport = httpx.ASGITransport(app=self.service)
        self.client = Client("http://testserver/api/ai", key, transport=transport, sleep=at_once)
        clock = Clock(MovedClock(), lambda: self.time.now)
        catalogue = Catalogue(self._client, CatalogueCache(folder / "models", "demo"), now=clock.now)
        self.browser = ModelBrowser(
            catalogue, store.models, self._client, clock, has_key=key is not None, sleep=self._pause
        )

    async def close(self) -> None:
        await self.browser.catalogue.close()
        await self.client.aclose()

    async def _client(self) -> Client:
        return self.client

    async def _pause(self, seconds: float) -> None:
        await self.time.advance(seconds)


@pytest.fixture
async def wire(store: Store, tmp_path: Path) -> AsyncIterator[OverTheWire]:
    opened = OverTheWire(store, tmp_path)
    await opened.browser.begin()
    yield opened
    await opened.close()


async def test_every_model_of_the_demo_is_listed_and_shown_as_it_came(wire: OverTheWire) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=wire.service)) as plain:
        listed = (await plain.get("http://testserver/api/ai/models")).json()["data"]
    result = wire.browser.search.at_once("")

    assert sorted(result.rows.ids) == sorted(entry["id"] for entry in listed)
    assert {group.title for group in result.groups} >= {GroupTitle.ALL, GroupTitle.YOURS, GroupTitle.FAVOURITES}
    for entry in listed:
        assert wire.browser.catalogue.raw(entry["id"]) == entry
    for row in result.rows:
        assert (await wire.browser.catalogue.detail(row.id)).notice == ""


async def test_a_model_that_only_the_search_knows_comes_with_the_servers_answer(wire: OverTheWire) -> None:
    hidden = next(entry["id"] for entry in demo_entries() if entry["id"] not in wire.browser.catalogue.index.position)

    assert wire.browser.search.at_once(hidden).rows.find(hidden) is None
    async with aclosing(wire.browser.search.improved(hidden)) as results:
        (improved,) = [result async for result in results]
    assert improved.rows.key_at(0) == hidden
    assert not improved.rows[0].listed
    model = wire.browser.catalogue.get(hidden)
    assert model is not None


async def test_stars_and_deployments_reach_the_server(wire: OverTheWire) -> None:
    browser = wire.browser
    (model_id,) = (row.id for row in browser.search.at_once("custom status:inactive").rows if "plates" in row.id)
    assert await browser.marks.toggle(model_id) is None
    assert model_id in {model.id for model in await wire.client.favorite_models()}

    states = [state async for state in browser.deployments.activate(model_id)]
    assert [state.status for state in states][:2] == ["deploying", "deploying"]
    assert states[-1].reached
    assert browser.search.at_once("custom status:active").rows.find(model_id) is not None
    assert [state.status async for state in browser.deployments.deactivate(model_id)][-1] == "inactive"

    (refused,) = [state async for state in browser.deployments.activate(browser.catalogue.first_chat_model)]
    assert (refused.ended, refused.reached) == (True, False)
    assert "always active" in refused.reason


async def test_a_deployment_that_fails_says_so(wire: OverTheWire) -> None:
    states = [state async for state in wire.browser.deployments.activate("ada:finch-brave-cobalt")]

    assert (states[-1].status, states[-1].ended, states[-1].reached) == ("error", True, False)
    assert states[-1].reason


@pytest.mark.parametrize("key", [None, Secret("wrong")])
async def test_the_catalogue_can_be_read_without_a_good_key(store: Store, tmp_path: Path, key: Secret | None) -> None:
    opened = OverTheWire(store, tmp_path, key)
    await opened.browser.begin()

    assert len(opened.browser.catalogue.index) > 50
    assert await opened.browser.marks.toggle("nano") is None
    assert opened.browser.marks.favourites == {"nano"}
    assert not opened.browser.marks.on_server
    await opened.close()


async def test_the_first_look_shows_what_was_kept_and_then_what_is_new(store: Store, tmp_path: Path) -> None:
    clock = MovedClock()

    def browser_of(client: FakeModelsClient) -> ModelBrowser:
        catalogue = Catalogue(client, CatalogueCache(tmp_path / "models", "here"), now=clock)
        return ModelBrowser(catalogue, store.models, client, Clock(clock, lambda: 0.0), has_key=True)

    first = browser_of(FakeModelsClient(chat("a")))
    await first.begin()
    await first.end()
    await first.catalogue.close()
    clock.move(days=60)

    client = FakeModelsClient(chat("a"), video("b"))
    client.stars = ["b"]
    gate = client.gate("list")
    second, heard = browser_of(client), []
    end = second.subscribe(lambda: heard.append(second.search.at_once("").rows.ids))
    await second.begin()
    assert heard[0] == ["a"]
    gate.set()
    await until(lambda: not second.catalogue.refreshing)

    assert heard[-1] == ["b", "a"]
    assert second.search.at_once("new").rows.ids == ["b"]
    assert second.changes.since is not None
    end()
    await second.refresh()
    assert client.asked.count("favorites") == 2
    await second.catalogue.close()
