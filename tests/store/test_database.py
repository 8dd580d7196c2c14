from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from oxen_tui.store.database import Database
from oxen_tui.store.errors import StoreBusy, StoreDamaged, StoreFull, StoreReadOnly, StoreUnavailable


def _draft(text: str) -> str:
    return f"INSERT INTO drafts VALUES ('{text[:20]}', '{text}')"


def _count(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM drafts").fetchone()
    return int(count)


def _write(text: str, connection: sqlite3.Connection) -> None:
    connection.execute(_draft(text))


@pytest.fixture
async def database(store_file: Path) -> AsyncIterator[Database]:
    opened = await Database.open(store_file)
    yield opened
    await opened.close()


async def test_what_is_written_is_read(database: Database) -> None:
    await database.write(lambda connection: connection.execute(_draft("hello")))

    assert await database.read(_count) == 1


async def test_a_write_that_fails_half_way_leaves_nothing(database: Database) -> None:
    def work(connection: sqlite3.Connection) -> None:
        connection.execute(_draft("first"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write(work)

    assert await database.read(_count) == 0
    await database.write(lambda connection: connection.execute(_draft("and it goes on")))
    assert await database.read(_count) == 1


async def test_the_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StoreReadOnly):
        await database.read(lambda connection: connection.execute(_draft("no")))


async def test_a_mistake_in_sql_stays_a_mistake(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await database.read(lambda connection: connection.execute("SELECT * FROM no_such"))


async def test_a_reader_does_not_wait_for_the_writer(database: Database) -> None:
    read_done, begun = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def work(connection: sqlite3.Connection) -> None:
        connection.execute(_draft("slow"))
        loop.call_soon_threadsafe(begun.set)
        assert read_done.wait(10)

    writing = asyncio.create_task(database.write(work))
    await begun.wait()
    assert await database.read(_count) == 0
    read_done.set()
    await writing
    assert await database.read(_count) == 1


async def test_cancelling_who_waits_does_not_break_a_write_that_has_begun(database: Database) -> None:
    go_on, begun = threading.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def work(connection: sqlite3.Connection) -> None:
        loop.call_soon_threadsafe(begun.set)
        assert go_on.wait(10)
        connection.execute(_draft("kept"))

    writing = asyncio.create_task(database.write(work))
    await begun.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    go_on.set()
    await database.write(lambda connection: connection.execute(_draft("next")))
    assert await database.read(_count) == 2


async def test_a_full_disk_is_said_and_takes_nothing_away(database: Database) -> None:
    await database.write(lambda connection: connection.execute(_draft("before")))

    def limit(connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    await database.write(limit)
    with pytest.raises(StoreFull) as caught:
        await database.write(lambda connection: connection.execute(_draft("x" * 100_000)))
    assert "full" in str(caught.value)
    assert await database.read(_count) == 1

    await database.write(lambda connection: connection.execute("PRAGMA max_page_count = 100000"))
    await database.write(lambda connection: connection.execute(_draft("x" * 100_000)))
    assert await database.read(_count) == 2


async def test_another_program_that_holds_the_file_for_long_is_said(database: Database) -> None:
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await database._on(database._writing, lambda: database._writer.execute("PRAGMA busy_timeout = 1"))
    with pytest.raises(StoreBusy):
        await database.write(lambda connection: connection.execute(_draft("x")))
    other.execute("ROLLBACK")
    other.close()
    await database.write(lambda connection: connection.execute(_draft("x")))


async def test_closing_folds_the_journal_into_the_file(store_file: Path) -> None:
    database = await Database.open(store_file)
    await database.write(lambda connection: connection.execute(_draft("kept")))
    await database.close()

    assert [file.name for file in store_file.parent.iterdir()] == [store_file.name]
    again = await Database.open(store_file)
    assert await again.read(_count) == 1
    await again.close()


async def test_other_users_cannot_read_it(database: Database) -> None:
    files = list(database.path.parent.glob("oxen.sqlite3*"))
    assert len(files) == 3
    assert {file.stat().st_mode & 0o077 for file in files} == {0}
    assert database.path.parent.stat().st_mode & 0o077 == 0


async def test_a_file_that_is_no_store_is_left_as_it_is(store_file: Path) -> None:
    store_file.parent.mkdir()
    store_file.write_bytes(b"not a database at all " * 200)
    before = store_file.read_bytes()

    with pytest.raises(StoreUnavailable, match="damaged"):
        await Database.open(store_file)
    assert store_file.read_bytes() == before


async def test_damage_in_the_middle_is_said_when_it_is_met(store_file: Path) -> None:
    database = await Database.open(store_file)
    for number in range(200):
        await database.write(partial(_write, f"{number} " + "x" * 2000), durable=False)
    await database.close()
    content = bytearray(store_file.read_bytes())
    content[len(content) // 2 : -4096] = b"\xff" * (len(content) - 4096 - len(content) // 2)
    store_file.write_bytes(content)

    database = await Database.open(store_file)
    with pytest.raises(StoreDamaged):
        await database.read(lambda connection: connection.execute("SELECT sum(length(text)) FROM drafts").fetchall())
    await database.close()
    assert store_file.exists()


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")

    with pytest.raises(StoreUnavailable) as caught:
        await Database.open(tmp_path / "taken" / "oxen.sqlite3")
    assert "OXEN_TUI_HOME" in caught.value.advice


async def test_two_open_stores_share_one_file(database: Database, store_file: Path) -> None:
    other = await Database.open(store_file)
    await asyncio.gather(
        *(
            one.write(partial(_write, f"{number}"), durable=False)
            for number in range(40)
            for one in ((database, other)[number % 2],)
        )
    )
    assert await database.read(_count) == await other.read(_count) == 40
    await other.close()
