"""Brings a store to the schema this program knows, step by step, each whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from .errors import StoreUnavailable

APPLICATION_ID = 0x4F58544C
"""Written in the file's header ("OXTL"), so that no other program's database is taken for ours."""

MIGRATIONS = Path(__file__).parent / "migrations"
"""Files named 0001_name.sql, 0002_name.sql, ...: the number is the `user_version` that the step reaches."""


def migrate(connection: sqlite3.Connection, path: Path, folder: Path = MIGRATIONS) -> None:
    """Applies the steps that the store has not had yet.

    Two programs may start on one store at once: the version is asked again inside the transaction.

    Raises:
        StoreUnavailable: The file belongs to a newer version or to another program. Nothing is changed then.
    """
    steps = sorted((int(file.name[:4]), file) for file in folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    newest = steps[-1][0]
    _check_owner(connection, path)
    if _version(connection) == newest:
        return
    for number, file in steps:
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _version(connection)
            if version > newest:
                raise StoreUnavailable(
                    f"The store {path} was written by a newer version of this program",
                    "Install that version again, or set OXEN_TUI_HOME to another folder. The file is left as it is.",
                )
            if version < number:
                for statement in _statements(file.read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def _check_owner(connection: sqlite3.Connection, path: Path) -> None:
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if owner != APPLICATION_ID and connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
        raise StoreUnavailable(
            f"The file {path} is a database of another program",
            "Move it away, or set OXEN_TUI_HOME to another folder. The file is left as it is.",
        )


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(script: str) -> Iterator[str]:
    """Single statements, because `executescript` would commit the transaction they must share."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
