"""Favourites, uses and visits."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

from oxen_tui.store.store import Store
from tests.store.conftest import FakeClock


async def test_stars_are_kept_in_the_order_they_were_given(store: Store) -> None:
    await store.models.star("b", on_server=False)
    await store.models.star("a", on_server=True)
    await store.models.star("b", on_server=True)

    assert list((await store.models.favourites()).items()) == [("b", True), ("a", True)]
    await store.models.unstar("b")
    await store.models.unstar("never")
    assert await store.models.favourites() == {"a": True}


async def test_the_servers_stars_replace_the_servers_and_leave_ours(store: Store) -> None:
    await store.models.star("ours", on_server=False)
    await store.models.star("both", on_server=False)
    await store.models.star("theirs", on_server=True)

    await store.models.keep_server_favourites(["both", "new"])

    assert await store.models.favourites() == {"ours": False, "both": True, "new": True}


async def test_the_model_used_last_comes_first_and_few_are_kept(store: Store) -> None:
    for name in ("a", "b", "a", "c"):
        await store.models.use(name)

    assert await store.models.used(10) == ["c", "a", "b"]
    assert await store.models.used(1) == ["c"]
    for number in range(210):
        await store.models.use(f"m{number}")
    assert len(await store.models.used(1000)) == 200


async def test_a_visit_is_kept_whole_and_a_new_one_moves_it_back(store: Store) -> None:
    assert await store.models.visits() == (None, None)
    await store.models.leave({"a": "1", "b": "", "c": "1"}, is_new_visit=True)
    last, before = await store.models.visits()
    assert last is not None
    assert (last.seen, last.left_at.tzinfo, before) == ({"a": "1", "b": "", "c": "1"}, UTC, None)

    await store.models.leave({"a": "2"}, is_new_visit=False)
    last, before = await store.models.visits()
    assert (last.seen if last else None, before) == ({"a": "2"}, None)

    await store.models.leave({}, is_new_visit=True)
    last, before = await store.models.visits()
    assert (last.seen if last else None, before.seen if before else None) == ({}, {"a": "2"})


async def test_notes_are_there_the_next_time(store_file: Path) -> None:
    first = await Store.open(store_file, FakeClock())
    await first.models.star("a", on_server=False)
    await first.close()
    second = await Store.open(store_file, FakeClock())
    assert await second.models.favourites() == {"a": False}
    await second.close()
