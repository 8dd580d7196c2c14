from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from oxen_tui.store.database import Database
from oxen_tui.store.errors import StoreUnavailable
from oxen_tui.store.schema import APPLICATION_ID, MIGRATIONS, migrate


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None)
    yield opened
    opened.close()


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_the_steps_are_numbered_without_gaps() -> None:
    numbers = sorted(int(file.name[:4]) for file in MIGRATIONS.glob("*.sql"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_new_file_gets_every_step(connection: sqlite3.Connection, tmp_path: Path) -> None:
    migrate(connection, tmp_path)

    assert _version(connection) == len(list(MIGRATIONS.glob("*.sql")))
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_older_file_gets_the_steps_it_lacks(connection: sqlite3.Connection, tmp_path: Path) -> None:
    (tmp_path / "0001_one.sql").write_text("CREATE TABLE one (a);\n-- a comment; with a semicolon\n")
    migrate(connection, tmp_path, tmp_path)
    (tmp_path / "0002_two.sql").write_text(
        "CREATE TABLE two (a);\n"
        "CREATE TRIGGER t AFTER INSERT ON one BEGIN\n  INSERT INTO two VALUES (new.a);\n  DELETE FROM one;\nEND;\n"
    )
    migrate(connection, tmp_path, tmp_path)

    connection.execute("INSERT INTO one VALUES (1)")
    assert connection.execute("SELECT * FROM two").fetchall() == [(1,)]
    assert _version(connection) == 2


def test_a_step_that_fails_changes_nothing(connection: sqlite3.Connection, tmp_path: Path) -> None:
    (tmp_path / "0001_one.sql").write_text("CREATE TABLE one (a);\nCREATE TABLE one (a);\n")
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, tmp_path, tmp_path)

    assert _version(connection) == 0
    assert connection.execute("SELECT * FROM sqlite_schema").fetchall() == []


async def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(store_file: Path) -> None:
    await (await Database.open(store_file)).close()
    other = sqlite3.connect(store_file)
    other.execute("PRAGMA user_version = 999")
    other.close()
    before = store_file.read_bytes()

    with pytest.raises(StoreUnavailable, match="newer version"):
        await Database.open(store_file)
    assert store_file.read_bytes() == before


async def test_the_database_of_another_program_is_refused(store_file: Path) -> None:
    store_file.parent.mkdir()
    other = sqlite3.connect(store_file)
    other.execute("CREATE TABLE bookmarks (url)")
    other.close()

    with pytest.raises(StoreUnavailable, match="another program"):
        await Database.open(store_file)
    other = sqlite3.connect(store_file)
    assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("bookmarks",)]
    other.close()
