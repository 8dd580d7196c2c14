"""Answers while they are written: streamed from the model, kept in memory, saved whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import aclosing
from dataclasses import dataclass, replace

from oxen_tui.api.errors import ApiError, CutOff
from oxen_tui.api.model import Model
from oxen_tui.services.conversation.answer_checkpoints import Checkpoints
from oxen_tui.services.conversation.answer_growth import GrowingAnswer, Unsaved
from oxen_tui.services.conversation.answer_request import Form, Wish
from oxen_tui.services.conversation.answer_stream import AnswerStream, ClientProvider
from oxen_tui.services.conversation.events import (
    AnswerBegun,
    AnswerEnded,
    ConversationEvent,
    Noted,
    Retrying,
    StoreTrouble,
)
from oxen_tui.services.price.pricing import answer_cost, costs_nothing
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Ending, Message
from oxen_tui.store.store import Store

_IN_MEMORY = "What comes is kept in memory and saved as soon as that works again."
_WEAKER = {
    Form.OBJECT: "This model takes no schema: it is asked for JSON, with the schema in words",
    Form.WORDS: "This model takes no wish for JSON: it is asked in words alone",
}


@dataclass(slots=True)
class _Running:
    """An answer that is being written."""

    answer: Message
    """As it was when this began."""
    growing: GrowingAnswer
    wish: Wish
    stream: AnswerStream
    saving: asyncio.Task[StoreTrouble | Message] | None = None
    """The saving of its end, from when that is known."""


class AnswerWriter:
    """Writes any number of answers at once. However one is left, its connection is closed and what came is stored."""

    def __init__(
        self,
        store: Store,
        client: ClientProvider,
        model: Callable[[str], Model | None],
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """See `ConversationService`."""
        self._store = store
        self._client = client
        self._model = model
        self._monotonic = monotonic
        self._sleep = sleep
        self._running: dict[int, _Running] = {}
        self._unsaved: dict[int, Message] = {}
        self._saving: set[asyncio.Task[StoreTrouble | Message]] = set()
        self._forms: dict[str, Form] = {}
        """In which form models take a schema, as far as they have refused one."""

    async def write(self, answer: Message, wish: Wish) -> AsyncGenerator[ConversationEvent, None]:
        """Streams into a row that was opened with `opened`."""
        growing = GrowingAnswer(answer, self._monotonic)
        form = self._forms.get(wish.model, Form.SCHEMA)
        stream = AnswerStream(self._client, wish.request(form))
        running = self._running[answer.id] = _Running(answer, growing, wish, stream)
        checkpoints = Checkpoints(
            growing,
            lambda unsaved: self._checkpoint(answer.id, unsaved),
            self._sleep,
            lambda error: running.stream.tell(StoreTrouble(f"{error} {_IN_MEMORY}")),
        )
        failed: ApiError | None = None
        try:
            yield AnswerBegun(answer)
            while True:
                try:
                    async with aclosing(running.stream.events()) as arriving:
                        async for arrived in arriving:
                            if isinstance(arrived, Retrying | StoreTrouble):
                                yield arrived
                            elif (event := growing.take(arrived)) is not None:
                                checkpoints.wake()
                                yield event
                except ApiError as error:
                    weaker = None if growing.pieces or running.stream.stopped else wish.weaker(form, error)
                    if weaker is not None:
                        form = self._forms[wish.model] = weaker
                        running.stream = AnswerStream(self._client, wish.request(form))
                        yield Noted(_WEAKER[form])
                        continue
                    from oxen_tui.services.conversation.answer_refusals import (
                        explained,  # loaded when there is something to explain
                    )

                    failed = explained(error, wish.parameters.keys(), with_tools=bool(wish.tools))
                break
            checkpoints.end()
            ended = await self._settle(running, failed, stopped=running.stream.stopped)
            if isinstance(ended, StoreTrouble):
                yield ended
                ended = self._unsaved[answer.id]
            yield AnswerEnded(ended, failed)
        finally:
            # Left before its end: by a cancelled worker, a closed generator, or a mistake of ours.
            checkpoints.end()
            await self._settle(running, None, stopped=True)
            self._running.pop(answer.id, None)

    async def opened(self, opening: Coroutine[None, None, Message]) -> Message:
        """A streaming row. Cancelled while it is written, it must not be left to stream with nobody to end it."""
        task = asyncio.create_task(opening)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.shield(self._kept(self._stopped(task)))
            raise

    def stop(self, message_id: int) -> bool:
        """Ends an answer now. False: it is not being written."""
        running = self._running.get(message_id)
        if running is None:
            return False
        running.stream.stop()
        return True

    def is_unsaved(self, message_id: int) -> bool:
        """Whether the end of an answer is in memory only."""
        return message_id in self._unsaved

    async def save_unsaved(self) -> bool:
        """Tries again to save answers whose end could not be saved. Whether all are saved now."""
        for answer in list(self._unsaved.values()):
            await self._save(answer)
        return not self._unsaved

    async def interrupt(self) -> None:
        """Stores what still runs as cut off."""
        ended = CutOff(title="The program was ended", advice="Continue from here, or ask again.")
        for running in list(self._running.values()):
            running.stream.stop()
            await self._settle(running, ended, stopped=False)

    async def close(self) -> None:
        """Stores what still runs, as stopped."""
        for running in list(self._running.values()):
            running.stream.stop()
            await self._settle(running, None, stopped=True)
        if self._saving:
            await asyncio.wait(self._saving)
        await self.save_unsaved()

    def with_memory(self, path: list[Message]) -> list[Message]:
        """Stored messages with all that came of running answers, saved or not."""
        for place, stored in enumerate(path):
            known = self._unsaved.get(stored.id)
            if known is None and (running := self._running.get(stored.id)) is not None:
                known = running.growing.so_far()
            if known is not None:
                path[place] = replace(known, sibling=stored.sibling, siblings=stored.siblings)
        return path

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
            cost = answer_cost(model.pricing if model else None, growing.usage, running.wish.messages, growing.pieces)
            if error is not None and not growing.pieces and growing.usage is None and costs_nothing(error):
                cost = 0.0
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
