"""What is new, gone or changed in price since the last visit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from oxen_tui.api.model import Pricing
from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.catalogue.changes import Changes, Gone, New, PriceChanged, changes_between
from oxen_tui.services.catalogue.visits import ModelVisits
from oxen_tui.store.store import Store
from tests.services.catalogue_models import body_of, chat, entry, video
from tests.services.fake_models_client import FakeModelsClient, MovedClock

DEARER = {"method": "per_image", "cost_per_image": 0.05}


class Visitor:
    """Looks at a catalogue now and then."""

    def __init__(self, store: Store, clock: MovedClock) -> None:
        self.clock = clock
        self.client = FakeModelsClient(entry("a"), chat("b"))
        self.catalogue = Catalogue(self.client, now=clock)
        self.store = store
        self.visits = ModelVisits(store.models, self.catalogue, now=clock)

    async def look(self, *models: dict[str, object]) -> Changes:
        """Looks at another list; ends the visit before, if there is one."""
        await self.visits.end()
        if models:
            self.client.lists(models)
        await self.catalogue.load(again=True)
        await self.visits.begin()
        return self.visits.changes


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    clock = MovedClock()
    store = await Store.open(tmp_path / "store.sqlite3", clock)
    visitor = Visitor(store, clock)
    yield visitor
    await visitor.catalogue.close()
    await store.close()


async def test_at_the_first_visit_nothing_is_new(visitor: Visitor) -> None:
    assert await visitor.look() == Changes(None, {})


async def test_at_the_next_visit_it_is_said_what_changed_since_when(visitor: Visitor) -> None:
    await visitor.look()
    left = visitor.clock.time
    await visitor.visits.end()
    visitor.clock.move(days=3)
    changes = await visitor.look(entry("a", pricing=DEARER), video("c"), video("d"))

    assert changes.since == left
    assert changes.by_id == {
        "a": PriceChanged(Pricing("per_image", cost_per_image=0.04), Pricing("per_image", cost_per_image=0.05)),
        "b": Gone(),
        "c": New(),
        "d": New(),
    }
    assert [changes.count(kind) for kind in (New, Gone, PriceChanged)] == [2, 1, 1]


async def test_what_was_seen_is_not_new_again(visitor: Visitor) -> None:
    await visitor.look()
    visitor.clock.move(days=1)
    await visitor.look(entry("a"), chat("b"), video("c"))
    await visitor.visits.end()
    visitor.clock.move(days=1)

    assert (await visitor.look()).by_id == {}


async def test_a_glance_at_another_pane_is_the_same_visit(visitor: Visitor) -> None:
    await visitor.look()
    await visitor.visits.end()
    visitor.clock.move(days=1)
    first = await visitor.look(entry("a"), chat("b"), video("c"))
    await visitor.visits.end()
    visitor.clock.move(minutes=5)
    again = await visitor.look(entry("a"), chat("b"), video("c"), video("d"))

    assert set(first.by_id) == {"c"}
    assert (set(again.by_id), again.since) == ({"c", "d"}, first.since)


async def test_a_list_that_changes_during_the_visit_is_compared_anew(visitor: Visitor) -> None:
    await visitor.look()
    await visitor.visits.end()
    visitor.clock.move(days=1)
    await visitor.look()
    visitor.client.lists([entry("a"), chat("b"), video("c")])
    await visitor.catalogue.load(again=True)

    assert set(visitor.visits.changes.by_id) == {"c"}


async def test_a_visit_without_a_list_has_seen_nothing(visitor: Visitor) -> None:
    await visitor.visits.begin()
    await visitor.visits.end()

    assert await visitor.store.models.visits() == (None, None)
    assert visitor.visits.changes == Changes()


async def test_models_that_only_a_search_found_are_neither_new_nor_gone(visitor: Visitor) -> None:
    await visitor.look()
    visitor.client.found["cow"] = body_of([video("found")])
    await visitor.catalogue.find("cow")
    await visitor.visits.end()
    visitor.clock.move(days=1)

    assert (await visitor.look()).by_id == {}


def test_a_price_that_becomes_known_is_another_price() -> None:
    assert changes_between({"a": ""}, {"a": '{"method":"token"}'}) == {"a": PriceChanged(None, Pricing("token"))}
    assert changes_between({}, {}) == {}
