"""A home folder with results in it, for the app as it is started by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from oxen_tui.paths import find_paths
from oxen_tui.services.server.connection import demo_place
from oxen_tui.store.store import Store
from tests.scenes.results import make_results

RESULTS = 36


async def prepare(home: Path) -> None:
    """Fill the store of the demo in this folder with pictures and clips that its drawing made."""
    paths = find_paths({"OXEN_TUI_HOME": str(home)})
    paths.make_folders()
    place = demo_place()
    store = await Store.open(paths.store_file(place.store_name), lambda: datetime.now(UTC))
    try:
        await make_results(store, paths.results(place.store_name), RESULTS, datetime.now().astimezone())
    finally:
        await store.close()
