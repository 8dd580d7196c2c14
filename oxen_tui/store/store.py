"""All that is kept on disk, opened and closed as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from .answers import Answers
from .conversations import Conversations
from .database import Database
from .instance import Instance
from .message_tree import MessageTree


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """One store file and this running program's mark beside it. Several programs may have it open at once."""

    def __init__(self, database: Database, instance: Instance, now: Callable[[], datetime]) -> None:
        self.conversations = Conversations(database, now)
        """Their list, titles and drafts."""
        self.messages = MessageTree(database, now)
        """The trees of messages."""
        self.answers = Answers(database, instance, now)
        """Answers while they are written."""
        self._database = database
        self._instance = instance

    @classmethod
    async def open(cls, path: Path, now: Callable[[], datetime] = _now) -> Self:
        """Opens the store, made if there is none, and marks the answers that a killed program left unfinished.

        Raises:
            StoreUnavailable: With what is wrong and what to do. The file is left as it is.
        """
        database = await Database.open(path)
        opened = False
        try:
            store = cls(database, Instance.begin(path.parent / "instances"), now)
            await store.answers.mark_abandoned()
            opened = True
        finally:
            if not opened:
                await database.close()
        return store

    async def close(self) -> None:
        """Lets go of it. Answers that still stream must have been ended before (`ConversationService.close`)."""
        await self._database.close()
        self._instance.end()
