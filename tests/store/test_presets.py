"""Presets are kept by their names."""

from __future__ import annotations

from pathlib import Path

from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.presets import Preset
from oxen_tui.store.store import Store

POET = Preset("poet", "moss", "In verse.", ConversationSettings(parameters={"temperature": 1}, tools=("time",)))


async def test_presets_are_listed_by_name_replaced_and_deleted(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "store.db")
    try:
        assert await store.presets.all() == []
        await store.presets.save(POET)
        await store.presets.save(Preset("Clerk", "heron"))
        assert await store.presets.all() == [Preset("Clerk", "heron"), POET]
        await store.presets.save(Preset("Clerk", "moss"))
        await store.presets.delete("poet")
        assert await store.presets.all() == [Preset("Clerk", "moss")]
    finally:
        await store.close()
