"""Talking to a model: questions are stored, sent and answered, and nothing that came is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from oxen_tui.api.chat import ChatMessage, ChatRequest
from oxen_tui.api.errors import ApiError, CutOff
from oxen_tui.api.model import Model
from oxen_tui.safe_text import clean
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Ending, Message
from oxen_tui.store.store import Store

from .answer_checkpoints import Checkpoints
from .answer_growth import GrowingAnswer, Unsaved
from .answer_stream import AnswerStream, ClientProvider
from .attachment_parts import parts_of
from .conversation_events import (
    AnswerBegun,
    AnswerEnded,
    ConversationEvent,
    QuestionStored,
    Retrying,
    StoreTrouble,
)
from .conversation_history import history, history_to_continue
from .pricing import answer_cost

_IN_MEMORY = "What comes is kept in memory and saved as soon as that works again."


@dataclass(slots=True)
class _Running:
    """An answer that is being written."""

    answer: Message
    """As it was when this began."""
    growing: GrowingAnswer
    stream: AnswerStream
    sent: tuple[ChatMessage, ...]
    saving: asyncio.Task[StoreTrouble | Message] | None = None
    """The saving of its end, from when that is known."""


class ConversationService:
    """Asks models and keeps what they answer.

    `ask`, `regenerate`, `continue_answer` and `edit` are generators of events. However one is left (to its end,
    closed, cancelled), the connection is closed and what came is stored. Wrap them in `contextlib.aclosing`, so that
    a listener that fails in mid-answer leaves it at once and not when memory is tidied.
    """

    def __init__(
        self,
        store: Store,
        client: ClientProvider,
        *,
        model: Callable[[str], Model | None] = lambda _: None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """
        Args:
            store: Where conversations are kept.
            client: Gives the client of the moment; called for every request, so a new key counts from the next.
            model: What is known of a model by its id, for its price.
            monotonic: A clock in seconds.
            sleep: Waits for some seconds.
        """
        self._store = store
        self._client = client
        self._model = model
        self._monotonic = monotonic
        self._sleep = sleep
        self._running: dict[int, _Running] = {}
        self._unsaved: dict[int, Message] = {}
        self._saving: set[asyncio.Task[StoreTrouble | Message]] = set()

    async def ask(
        self,
        conversation_id: int,
        text: str,
        model: str,
        parameters: Mapping[str, Any] | None = None,
        parent_id: int | None = None,
        attachments: Sequence[Attachment] = (),
    ) -> AsyncGenerator[ConversationEvent, None]:
        """Asks a question at the end of a conversation, or under `parent_id`. The conversation's draft is cleared.

        Raises:
            StoreError: The question could not be stored; nothing was sent.
            AttachmentGone: Something that is to be sent cannot be read. The question is stored.
        """
        if parent_id is None:
            parent_id = (await self._store.conversations.get(conversation_id)).leaf_id
        question = await self._store.messages.add_question(
            conversation_id, clean(text), model, parent_id, attachments=attachments, clear_draft=True
        )
        yield QuestionStored(question)
        async with aclosing(self._answer(question, model, parameters or {})) as events:
            async for event in events:
                yield event

    async def edit(
        self,
        message_id: int,
        text: str,
        model: str,
        parameters: Mapping[str, Any] | None = None,
        attachments: Sequence[Attachment] | None = None,
    ) -> AsyncGenerator[ConversationEvent, None]:
        """Asks a question differently, beside the old one; with what that carried where nothing else is said.

        Raises:
            StoreError: The question could not be stored; nothing was sent.
        """
        old = await self._store.messages.message(message_id)
        carried = old.attachments if attachments is None else attachments
        question = await self._store.messages.add_question(
            old.conversation_id, clean(text), model, old.parent_id, attachments=carried
        )
        yield QuestionStored(question)
        async with aclosing(self._answer(question, model, parameters or {})) as events:
            async for event in events:
                yield event

    async def regenerate(
        self, message_id: int, model: str, parameters: Mapping[str, Any] | None = None
    ) -> AsyncGenerator[ConversationEvent, None]:
        """Answers once more: a new answer beside the old one, or to a question that has none.

        Args:
            message_id: The answer, or the question.
            model: Which model to ask this time.
            parameters: None for those of the old answer.

        Raises:
            StoreError: The answer got no place; nothing was sent.
        """
        old = await self._store.messages.message(message_id)
        question = old
        if old.role == "assistant" and old.parent_id is not None:
            question = await self._store.messages.message(old.parent_id)
        async with aclosing(
            self._answer(question, model, old.parameters if parameters is None else parameters)
        ) as events:
            async for event in events:
                yield event

    async def continue_answer(self, message_id: int) -> AsyncGenerator[ConversationEvent, None]:
        """Has the same model go on with an unfinished answer (`Message.may_continue`), in the same message.

        Raises:
            StillAnswering: It is being written.
            StoreError: Nothing was sent.
        """
        await self.save_unsaved()
        path = await self._path_to(message_id)
        stored = await self._store.messages.message(message_id)
        prompt = (await self._store.conversations.get(stored.conversation_id)).system_prompt
        parts = await parts_of(path)
        # Last: from here on the row streams, and nothing may be waited for outside of what ends it.
        answer = await self._opened(self._store.answers.resume(message_id))
        async with aclosing(self._stream(answer, history_to_continue(path, prompt, parts))) as events:
            async for event in events:
                yield event

    def stop(self, message_id: int) -> bool:
        """Ends an answer now: its generator says `AnswerEnded`. False: it is not running."""
        running = self._running.get(message_id)
        if running is None:
            return False
        running.stream.stop()
        return True

    async def path(self, conversation_id: int, last: int | None = None) -> list[Message]:
        """What a conversation shows, or its `last` messages, with all that came of running answers, saved or not."""
        return self._with_memory(await self._store.messages.path(conversation_id, last))

    async def save_unsaved(self) -> bool:
        """Tries again to save answers whose end could not be saved. Whether all are saved now."""
        for answer in list(self._unsaved.values()):
            await self._save(answer)
        return not self._unsaved

    async def interrupt(self) -> None:
        """Stores what still runs as cut off: the program is being ended from outside, not by its user."""
        ended = CutOff(title="The program was ended", advice="Continue from here, or ask again.")
        for running in list(self._running.values()):
            running.stream.stop()
            await self._settle(running, ended, stopped=False)

    async def close(self) -> None:
        """Stores what still runs, as stopped. Call it before the store is closed."""
        for running in list(self._running.values()):
            running.stream.stop()
            await self._settle(running, None, stopped=True)
        if self._saving:
            await asyncio.wait(self._saving)
        await self.save_unsaved()

    async def _answer(
        self, question: Message, model: str, parameters: Mapping[str, Any]
    ) -> AsyncGenerator[ConversationEvent, None]:
        await self.save_unsaved()
        path = await self._path_to(question.id)
        prompt = (await self._store.conversations.get(question.conversation_id)).system_prompt
        parts = await parts_of(path)
        answer = await self._opened(
            self._store.answers.begin(question.conversation_id, question.id, model, parameters)
        )
        async with aclosing(self._stream(answer, history(path, prompt, parts))) as events:
            async for event in events:
                yield event

    async def _stream(
        self, answer: Message, sent: tuple[ChatMessage, ...]
    ) -> AsyncGenerator[ConversationEvent, None]:
        growing = GrowingAnswer(answer, self._monotonic)
        stream = AnswerStream(self._client, ChatRequest(answer.model, sent, answer.parameters))
        running = self._running[answer.id] = _Running(answer, growing, stream, sent)
        checkpoints = Checkpoints(
            growing,
            lambda unsaved: self._checkpoint(answer.id, unsaved),
            self._sleep,
            lambda error: stream.tell(StoreTrouble(f"{error} {_IN_MEMORY}")),
        )
        failed: ApiError | None = None
        try:
            yield AnswerBegun(answer)
            try:
                async with aclosing(stream.events()) as arriving:
                    async for arrived in arriving:
                        if isinstance(arrived, Retrying | StoreTrouble):
                            yield arrived
                        elif (event := growing.take(arrived)) is not None:
                            checkpoints.wake()
                            yield event
            except ApiError as error:
                failed = error
            checkpoints.end()
            ended = await self._settle(running, failed, stopped=stream.stopped)
            if isinstance(ended, StoreTrouble):
                yield ended
                ended = self._unsaved[answer.id]
            yield AnswerEnded(ended, failed)
        finally:
            # Left before its end: by a cancelled worker, a closed generator, or a mistake of ours.
            checkpoints.end()
            await self._settle(running, None, stopped=True)
            self._running.pop(answer.id, None)

    async def _opened(self, opening: Coroutine[None, None, Message]) -> Message:
        """A streaming row. Cancelled while it is written, it must not be left to stream with nobody to end it."""
        task = asyncio.create_task(opening)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.shield(self._kept(self._stopped(task)))
            raise

    async def _stopped(self, opening: asyncio.Task[Message]) -> StoreTrouble | Message:
        try:
            answer = await opening
        except StoreError as error:
            return StoreTrouble(str(error))
        return await self._save(replace(answer, ending=Ending.STOPPED))

    async def _checkpoint(self, message_id: int, unsaved: Unsaved) -> None:
        await self._store.answers.checkpoint(message_id, unsaved.text, unsaved.reasoning, unsaved.pieces)

    async def _settle(self, running: _Running, error: ApiError | None, *, stopped: bool) -> StoreTrouble | Message:
        """Saves the end of an answer, once, whatever is cancelled meanwhile."""
        if running.saving is None:
            growing = running.growing
            model = self._model(running.answer.model)
            cost = answer_cost(model.pricing if model else None, growing.usage, running.sent, growing.pieces)
            running.saving = self._kept(self._save(growing.ended(error, stopped, cost)))
        return await asyncio.shield(running.saving)

    def _kept(self, saving: Coroutine[None, None, StoreTrouble | Message]) -> asyncio.Task[StoreTrouble | Message]:
        """A saving that goes on when who waits for it is cancelled, and that `close` waits for."""
        task = asyncio.create_task(saving)
        self._saving.add(task)
        task.add_done_callback(self._saving.discard)
        return task

    async def _save(self, answer: Message) -> StoreTrouble | Message:
        try:
            saved = await self._store.answers.finish(answer)
        except StoreError as error:
            self._unsaved[answer.id] = answer
            return StoreTrouble(f"{error} {_IN_MEMORY}")
        self._unsaved.pop(answer.id, None)
        return saved

    async def _path_to(self, message_id: int) -> list[Message]:
        return self._with_memory(await self._store.messages.path_to(message_id))

    def _with_memory(self, path: list[Message]) -> list[Message]:
        for place, stored in enumerate(path):
            known = self._unsaved.get(stored.id)
            if known is None and (running := self._running.get(stored.id)) is not None:
                known = running.growing.so_far()
            if known is not None:
                path[place] = replace(known, sibling=stored.sibling, siblings=stored.siblings)
        return path
