from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from oxen_tui.api.errors import Unreachable
from oxen_tui.api.secret import Secret
from oxen_tui.paths import Paths, find_paths
from oxen_tui.services.server.connection import Place, demo_place
from oxen_tui.services.server.embedded_demo import EmbeddedDemo
from oxen_tui.services.session import open_session
from oxen_tui.settings import Settings
from oxen_tui.store.errors import StoreUnavailable

LISTENS = "import json, os, sys; base = f'http://127.0.0.1:9/{os.getpid()}';" + (
    "print(json.dumps({'base_url': base, 'token': 't'}), flush=True); sys.stdin.read()"
)
LOCAL = Place("local", "http://127.0.0.1:9/v1", "local · 127.0.0.1:9", "local", Secret("k"))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths({"OXEN_TUI_HOME": str(tmp_path)})


def played_demo(code: str = LISTENS) -> EmbeddedDemo:
    return EmbeddedDemo((sys.executable, "-c", code))


async def test_the_client_goes_to_the_place_and_is_made_once(paths: Paths) -> None:
    async with await open_session(LOCAL, paths) as session:
        first, second = await asyncio.gather(session.client(), session.client())

        assert first is second
        assert first.address.base == LOCAL.base_url
        assert paths.store_file("local").exists()


async def test_the_demo_is_started_at_once_and_waited_for(paths: Paths) -> None:
    demo = played_demo()
    async with await open_session(demo_place(), paths, demo=demo) as session:
        client = await session.client()

        assert client.address.base == f"http://127.0.0.1:9/{demo.pid}"
        assert paths.store_file("demo").exists()
    assert not demo.running


async def test_a_session_closed_before_the_demo_listens_ends_it(paths: Paths) -> None:
    demo = played_demo("import sys; sys.stdin.read()")

    async with await open_session(demo_place(), paths, demo=demo):
        pass

    assert not demo.running


async def test_a_demo_that_came_back_elsewhere_gets_a_new_client(paths: Paths) -> None:
    demo = played_demo()
    async with await open_session(demo_place(), paths, demo=demo) as session:
        first = await session.client()
        assert demo._process is not None
        demo._process.kill()
        await demo._process.wait()

        second = await session.client()

        assert second is not first
        assert second.address.base == f"http://127.0.0.1:9/{demo.pid}"


async def test_a_demo_that_cannot_start_is_a_server_that_cannot_be_reached(paths: Paths) -> None:
    async with await open_session(demo_place(), paths, demo=played_demo("raise SystemExit('broken')")) as session:
        with pytest.raises(Unreachable) as caught:
            await session.client()

        assert "broken" in caught.value.title
        assert "OXEN_API_KEY" in caught.value.advice


async def test_a_damaged_store_is_said_and_nothing_is_left_running(paths: Paths) -> None:
    paths.make_folders()
    paths.store_file("local").write_bytes(b"not a store " * 1000)

    with pytest.raises(StoreUnavailable):
        await open_session(LOCAL, paths)

    assert paths.store_file("local").read_bytes() == b"not a store " * 1000


async def test_what_is_kept_is_there_the_next_time(paths: Paths) -> None:
    async with await open_session(LOCAL, paths) as session:
        conversation = await session.store.conversations.create("model")
    async with await open_session(LOCAL, paths) as session:
        assert (await session.store.conversations.get(conversation.id)).model == "model"


async def test_the_sum_says_when_it_is_only_a_lower_bound(paths: Paths) -> None:
    async with await open_session(LOCAL, paths) as session:
        session.spend(0.25)
        session.spend(0.5)
        assert (session.spent, session.spent_is_partial) == (0.75, False)
        session.spend(None)
        assert (session.spent, session.spent_is_partial) == (0.75, True)


async def test_the_budgets_are_those_of_the_settings(paths: Paths) -> None:
    async with await open_session(LOCAL, paths) as session:
        session.settings = Settings(budget_session=2.0, budget_day=5.0)

        assert (session.spending.budget_session, session.spending.budget_day) == (2.0, 5.0)
        assert "budget of $2.00 for this session" in (session.spending.would_pass(3.0) or "")


def test_the_network_library_is_not_loaded_before_somebody_needs_it() -> None:
    code = "import sys, oxen_tui.services.session; sys.exit('httpx' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_the_list_of_models_is_kept_for_each_place_and_server(paths: Paths) -> None:
    async with await open_session(LOCAL, paths) as session:
        await session.note_use("b")
        assert session.models is session.models
        assert session.models.catalogue is session.catalogue
        await session.note_use("a")
        assert session.models.marks.used == ("a",)
    async with await open_session(LOCAL, paths) as session:
        assert await session.store.models.used(5) == ["a", "b"]
    assert paths.catalogue_file("local") == paths.cache / "models" / "local"
