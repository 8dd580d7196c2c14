"""One SQLite file, written by one thread and read by another, so that the event loop never waits for the disk."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from .errors import StoreError, StoreUnavailable, explain, explain_opening
from .schema import migrate

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]

_BUSY_SECONDS = 5.0
"""How long to wait for another instance's write. Ours take milliseconds; a backup may take longer."""

_WAL_BYTES = 4 * 1024 * 1024
"""What the journal is cut back to after it was folded into the file."""


class Database:
    """The store's file. Work is handed in as functions of a connection and runs in the order it was handed in.

    Each `write` is one transaction, whole or not at all; each `read` sees one moment. A reader does not wait for
    the writer (WAL). Cancelling who waits leaves work that has begun to end by itself and drops what has not begun.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = ThreadPoolExecutor(1, "store-writer")
        self._reading = ThreadPoolExecutor(1, "store-reader")
        self._writer: sqlite3.Connection
        self._reader: sqlite3.Connection
        self._durable = False

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Opens the file, or makes it, and brings it to the newest schema.

        Raises:
            StoreUnavailable: It cannot be written, is full, damaged, another program's or a newer version's. The
                file is left as it is.
        """
        database = cls(path)
        opened = False
        try:
            await database._on(database._writing, database._open_both)
            opened = True
        finally:
            if not opened:
                database._writing.shutdown(wait=False)
                database._reading.shutdown(wait=False)
        return database

    async def read(self, work: Work[Result]) -> Result:
        """What `work` finds. It cannot write."""
        return await self._on(self._reading, lambda: self._look(work))

    async def write(self, work: Work[Result], *, durable: bool = True) -> Result:
        """What `work` returns, after all it wrote is committed.

        Args:
            work: What to do inside the transaction.
            durable: Survives loss of power too, at the price of waiting for the disk itself. Without it a write
                survives the end of the program (also by kill -9), and is the rest for what is written often.
        """
        return await self._on(self._writing, lambda: self._commit(work, durable))

    async def close(self) -> None:
        """Ends what was begun, folds the journal into the file and lets go of it."""
        await self._on(self._reading, self._reader.close)
        await self._on(self._writing, self._fold_and_close)
        self._reading.shutdown()
        self._writing.shutdown()

    async def _on(self, thread: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(thread, work)

    def _open_both(self) -> None:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Made here and not by SQLite, so that other users cannot read it; its journal takes over the rights.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        except OSError as error:
            raise explain_opening(error, self.path) from error
        writer: sqlite3.Connection | None = None
        try:
            with self._in_words():
                writer = self._connect()
                writer.execute("PRAGMA journal_mode = WAL")
                writer.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
                writer.execute("PRAGMA foreign_keys = ON")
                writer.execute("PRAGMA synchronous = NORMAL")
                migrate(writer, self.path)
                self._reader = self._reading.submit(self._connect_reader).result()
                self._writer, writer = writer, None
        except StoreUnavailable:
            raise
        except StoreError as error:
            raise StoreUnavailable(error.title, error.advice) from error
        finally:
            if writer is not None:
                writer.close()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)

    def _connect_reader(self) -> sqlite3.Connection:
        reader = self._connect()
        reader.execute("PRAGMA query_only = ON")
        return reader

    def _look(self, work: Work[Result]) -> Result:
        with self._in_words(), _transaction(self._reader, "BEGIN"):
            return work(self._reader)

    def _commit(self, work: Work[Result], durable: bool) -> Result:
        with self._in_words():
            if durable != self._durable:
                self._writer.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self._durable = durable
            with _transaction(self._writer, "BEGIN IMMEDIATE"):
                return work(self._writer)

    def _fold_and_close(self) -> None:
        try:
            with self._in_words():
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except StoreError:
            pass  # a full disk: the journal stays beside the file and is read again at the next start
        finally:
            self._writer.close()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            said = explain(error, self.path)
            if said is None:
                raise
            raise said from error


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
