"""Requests that were begun and not sent."""

from __future__ import annotations

from pathlib import Path

from oxen_tui.store.store import Store
from tests.store.conftest import FakeClock


async def test_a_draft_is_there_the_next_time(store_file: Path) -> None:
    first = await Store.open(store_file, FakeClock())
    draft = {"body": {"prompt": "An ox", "seed": 7, "weights": {"ö": None}}, "typed": [[["steps"], "12a"]]}
    await first.form_drafts.save("wren", draft)
    await first.close()

    second = await Store.open(store_file, FakeClock())
    assert await second.form_drafts.load("wren") == draft
    assert await second.form_drafts.load("tern") == {}
    await second.close()


async def test_a_model_has_one_draft_and_an_empty_one_is_none(store: Store) -> None:
    await store.form_drafts.save("wren", {"body": {"prompt": "a"}})
    await store.form_drafts.save("tern", {"body": {"prompt": "b"}})
    await store.form_drafts.save("wren", {"body": {"prompt": "c"}})

    assert await store.form_drafts.load("wren") == {"body": {"prompt": "c"}}
    assert await store.form_drafts.latest() == "wren"
    await store.form_drafts.save("wren", {})
    assert await store.form_drafts.load("wren") == {}
    await store.form_drafts.clear("tern")
    await store.form_drafts.clear("never")
    assert await store.form_drafts.latest() is None


async def test_the_drafts_of_the_models_touched_last_are_kept(store: Store) -> None:
    for number in range(205):
        await store.form_drafts.save(f"m{number}", {"body": {"seed": number}})

    assert await store.form_drafts.load("m4") == {}
    assert await store.form_drafts.load("m5") == {"body": {"seed": 5}}
