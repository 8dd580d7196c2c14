"""The gallery in a real terminal: what was made is found, looked at, deleted, brought back; any size will do."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from oxen_tui.paths import Paths, find_paths
from oxen_tui.services.server.connection import demo_place
from oxen_tui.store.store import Store
from tests.journeys.conftest import Start
from tests.journeys.program import ENTER, ESC, OxenTui, alt
from tests.services.gallery_jobs import add_result, picture

NUMBER = 30


@pytest.fixture
def made(home: Path) -> Paths:
    """Thirty results of a user of the demo, the twentieth made from the first."""
    paths = find_paths({"OXEN_TUI_HOME": str(home / "oxen-tui")})
    paths.make_folders()
    asyncio.run(_make(paths))
    return paths


async def _make(paths: Paths) -> None:
    place = demo_place()
    store = await Store.open(paths.store_file(place.store_name))
    folder = paths.results(place.store_name)
    for number in range(1, NUMBER + 1):
        content = picture((8 * number, 40, 200), (96, 64)) if number != 28 else b"<html>no picture</html>"
        parents = (1,) if number == 20 else ()
        await add_result(store, folder, number, content, prompt=f"Harbour {number}", parents=parents)
    await store.close()


def opened(start: Start, columns: int = 120, rows: int = 40) -> OxenTui:
    program = start("--demo", columns=columns, rows=rows)
    program.wait_for("Message,")
    program.send(alt("5"))
    program.wait_for("Harbour 30", f"of {NUMBER}")
    return program


def test_what_was_made_is_found_looked_at_deleted_and_brought_back(start: Start, made: Paths) -> None:
    program = opened(start)
    program.wait_for("1-9 of 30", "result-0030.png", "Seed   30")
    program.wait_until(lambda shown: shown.count("▀") > 20, what="pictures")
    program.wait_for("✕ The file is")
    program.send("lj")
    program.wait_for("result-0026.png", "5 of 30")
    program.send("d")
    program.wait_for("in the trash", "1-9 of 29")
    program.send("u")
    program.wait_for("1-9 of 30", "result-0026.png")
    program.send("/harbour 2 -29" + ENTER)
    program.wait_for("1-9 of 11")
    program.send(ESC)
    program.wait_for("1-9 of 30")
    program.send("G")
    program.wait_for("Harbour 1 ", "30 of 30", "22-30 of 30", "Made from", "Harbour 20")
    assert program.quit() == 0
    assert program.left_as_it_was() == []
    cache = made.thumbnails(demo_place().store_name)
    assert any(cache.glob("*.jpg"))


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_it_fits_small_terminals_and_follows_their_size(start: Start, made: Paths, size: tuple[int, int]) -> None:
    program = opened(start, *size)
    program.send("\t")
    program.wait_for("result-0030.png", "Seed", "1 of 30")
    program.send(ESC)
    program.wait_for("Harbour 30", "of 30")
    program.resize(120, 40)
    program.wait_for("1-9 of 30", "result-0030.png", "Seed   30")
    program.resize(*size)
    program.wait_gone("Seed   30")
    program.wait_for("Harbour 30")
    assert program.quit() == 0


def test_an_empty_gallery_leads_to_what_fills_it(start: Start) -> None:
    program = start("--demo")
    program.wait_for("Message,")
    program.send(alt("5"))
    program.wait_for("No pictures or clips yet", "3 opens Create")
    program.send("3")
    program.wait_gone("No pictures or clips yet")
