"""A store in a folder of its own, with a clock that moves a second each time it is read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oxen_tui.store.store import Store

BEGIN = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


class FakeClock:
    def __init__(self) -> None:
        self.time = BEGIN

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "oxen.sqlite3"


@pytest.fixture
async def store(store_file: Path) -> AsyncIterator[Store]:
    opened = await Store.open(store_file, FakeClock())
    yield opened
    await opened.close()
