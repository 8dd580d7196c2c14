from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oxen_tui.store.store import Store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    time = [datetime(2026, 11, 22, 14, 2, tzinfo=UTC)]

    def now() -> datetime:
        time[0] += timedelta(seconds=1)
        return time[0]

    opened = await Store.open(tmp_path / "oxen.sqlite3", now)
    yield opened
    await opened.close()
