"""All that is kept on disk, opened and closed as one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from .answers import Answers
from .conversations import Conversations
from .database import Database
from .draft_attachments import DraftAttachments
from .errors import StoreError, StoreUnavailable
from .form_drafts import FormDrafts
from .instance import Instance
from .jobs import Jobs
from .jobs_at_work import JobsAtWork
from .message_tree import MessageTree
from .model_notes import ModelNotes
from .search import Search
from .spending import Ledger
from .whole_conversations import WholeConversations


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """One store file and this running program's mark beside it. Several programs may have it open at once."""

    def __init__(self, database: Database, instance: Instance, now: Callable[[], datetime]) -> None:
        self.conversations = Conversations(database, now)
        """Their list, titles and drafts."""
        self.draft_attachments = DraftAttachments(database)
        """What drafts carry."""
        self.messages = MessageTree(database, now)
        """The trees of messages."""
        self.answers = Answers(database, instance, now)
        """Answers while they are written."""
        self.models = ModelNotes(database, now)
        """What the user does with models."""
        self.form_drafts = FormDrafts(database, now)
        """Requests that were begun and not sent."""
        self.search = Search(database)
        """Finding what was ever said."""
        self.whole = WholeConversations(database, now)
        """Trees of messages, copied and taken in."""
        self.jobs = Jobs(database, instance, now)
        """Pictures and clips that were asked for."""
        self.jobs_at_work = JobsAtWork(database, instance, now)
        """The same while something happens to them."""
        self.spending = Ledger(database, instance)
        """What all of that cost."""
        self._database = database
        self._instance = instance

    @classmethod
    async def open(cls, path: Path, now: Callable[[], datetime] = _now) -> Self:
        """Opens the store, made if there is none, and marks the answers that a killed program left unfinished.

        Raises:
            StoreUnavailable: With what is wrong and what to do. The file is left as it is.
        """
        async with AsyncExitStack() as undo:
            database = await Database.open(path)
            undo.push_async_callback(database.close)
            instance = Instance.begin(path.parent / "instances")
            undo.callback(instance.end)
            store = cls(database, instance, now)
            try:
                await store.answers.mark_abandoned()
            except StoreError as error:
                raise StoreUnavailable(error.title, error.advice) from error
            undo.pop_all()
        return store

    async def close(self) -> None:
        """Lets go of it. Answers that still stream must have been ended before (`ConversationService.close`)."""
        await self._database.close()
        self._instance.end()
