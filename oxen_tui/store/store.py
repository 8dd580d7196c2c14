"""All that is kept on disk, opened and closed as one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from .answers import Answers
from .conversations import Conversations
from .database import Database
from .draft_attachments import DraftAttachments
from .errors import StoreError, StoreUnavailable
from .instance import Instance
from .message_tree import MessageTree

if TYPE_CHECKING:
    from .answer_schemas import AnswerSchemas
    from .form_drafts import FormDrafts
    from .jobs import Jobs
    from .jobs_at_work import JobsAtWork
    from .model_notes import ModelNotes
    from .presets import Presets
    from .search import Search
    from .spending import Ledger
    from .template_values import TemplateValues
    from .usage import Usages
    from .waiting_questions import WaitingQuestions
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
        self._database = database
        self._instance = instance
        self._now = now

    # What the first screen does without is loaded when it is asked for: together it takes a twentieth of the start.

    @cached_property
    def models(self) -> ModelNotes:
        """What the user does with models."""
        from .model_notes import ModelNotes

        return ModelNotes(self._database, self._now)

    @cached_property
    def form_drafts(self) -> FormDrafts:
        """Requests that were begun and not sent."""
        from .form_drafts import FormDrafts

        return FormDrafts(self._database, self._now)

    @cached_property
    def waiting(self) -> WaitingQuestions:
        """Questions that wait for the answer before them."""
        from .waiting_questions import WaitingQuestions

        return WaitingQuestions(self._database)

    @cached_property
    def presets(self) -> Presets:
        """What conversations are begun with again and again."""
        from .presets import Presets

        return Presets(self._database)

    @cached_property
    def answer_schemas(self) -> AnswerSchemas:
        """JSON Schemas that answers were to follow."""
        from .answer_schemas import AnswerSchemas

        return AnswerSchemas(self._database)

    @cached_property
    def template_values(self) -> TemplateValues:
        """What the fields of prompt templates were filled with."""
        from .template_values import TemplateValues

        return TemplateValues(self._database)

    @cached_property
    def search(self) -> Search:
        """Finding what was ever said."""
        from .search import Search

        return Search(self._database)

    @cached_property
    def whole(self) -> WholeConversations:
        """Trees of messages, copied and taken in."""
        from .whole_conversations import WholeConversations

        return WholeConversations(self._database, self._now)

    @cached_property
    def jobs(self) -> Jobs:
        """Pictures and clips that were asked for."""
        from .jobs import Jobs

        return Jobs(self._database, self._instance, self._now)

    @cached_property
    def jobs_at_work(self) -> JobsAtWork:
        """The same while something happens to them."""
        from .jobs_at_work import JobsAtWork

        return JobsAtWork(self._database, self._instance, self._now)

    @cached_property
    def spending(self) -> Ledger:
        """What all of that cost."""
        from .spending import Ledger

        return Ledger(self._database, self._instance)

    @cached_property
    def usage(self) -> Usages:
        """The same with the tokens of answers, model by model."""
        from .usage import Usages

        return Usages(self._database, self._instance)

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
