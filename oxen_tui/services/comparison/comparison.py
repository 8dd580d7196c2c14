"""One question to several models at once. Every answer is a message of the conversation like any other, beside its
siblings under the one question, so nothing is lost whatever ends the comparison."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from oxen_tui.services.comparison.column import Column, ColumnState
from oxen_tui.services.conversation.attachment_parts import AttachmentGone
from oxen_tui.services.conversation.conversation import ConversationService
from oxen_tui.services.conversation.events import AnswerBegun, ConversationEvent, QuestionStored
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Message
from oxen_tui.store.message_tree import MessageTree

FEWEST, MOST = 2, 4
"""Models that are compared."""

Listener: TypeAlias = Callable[[Column, ConversationEvent | None], None]
"""Hears what happens in which column; None is what no event says: it was asked again, or ended without an answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of whom."""

    conversation_id: int
    text: str
    models: tuple[str, ...]
    """Each once, in the order of the columns."""
    settings: ConversationSettings = field(default_factory=ConversationSettings)
    """What is set for the conversation. Tools are left out: several models at once would act side by side."""
    attachments: tuple[Attachment, ...] = ()
    instead_of: int | None = None
    """The question that this is an edit of: it then becomes a branch beside that."""
    model_before: str = ""
    """The conversation's, which it has again where no answer is picked."""


class Comparison:
    """Asks the models, and knows how far each is. One that fails or is stopped disturbs no other."""

    def __init__(
        self, service: ConversationService, messages: MessageTree, asked: Asked, monotonic: Callable[[], float]
    ) -> None:
        """
        Args:
            service: Asks, and keeps what comes.
            messages: Where the picked answer is made the one that is shown.
            asked: The question.
            monotonic: A clock in seconds.
        """
        self.asked = replace(asked, settings=replace(asked.settings, tools=()))
        self.had_tools = bool(asked.settings.tools)
        """Whether the conversation has tools, which are not called here."""
        self.question: Message | None = None
        """As it is stored."""
        self.picked: Column | None = None
        """What the conversation goes on with, once that is known."""
        self.columns = tuple(Column(number, model, monotonic) for number, model in enumerate(asked.models))
        self._service = service
        self._messages = messages
        self._listeners: list[Listener] = []
        self._wanted = list(self.columns)
        """To be asked by the next `run`."""
        self._tasks: dict[asyncio.Task[None], Column] = {}
        self._newest: dict[int, asyncio.Task[None]] = {}
        """Of each column, the one that asked last."""
        self._placed = [asyncio.Event() for _ in self.columns]
        """Set when the answer of a column has its row, so that rows stand in the order of the columns."""

    @property
    def is_running(self) -> bool:
        """Whether any answer may still grow."""
        return any(column.is_running for column in self.columns)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` for whatever happens; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def run(self) -> None:
        """Asks all that are to be asked, until all have ended. Cancelled, it stops them; what came is kept."""
        for column in self._wanted:
            self._begin(column)
        self._wanted.clear()
        mistakes: list[BaseException] = []
        try:
            while self._tasks:
                ended, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in ended:
                    del self._tasks[task]
                    if not task.cancelled() and (mistake := task.exception()) is not None:
                        mistakes.append(mistake)
        finally:
            for task in self._tasks:
                task.cancel()
            if self._tasks:
                await asyncio.wait(self._tasks)
            self._tasks.clear()
        if mistakes:
            raise mistakes[0]

    def again(self, number: int) -> bool:
        """Asks the model of a column once more; the answer that is there stays as a sibling.

        Returns:
            Whether it will be by the `run` that there is. False: `run` is to be called.
        """
        column = self.columns[number]
        if column.is_running:
            return True
        column.ask()
        self._tell(column, None)
        if self._tasks:
            self._begin(column)
            return True
        on_its_way = bool(self._wanted)
        self._wanted.append(column)
        return on_its_way

    def stop(self, number: int) -> None:
        """Ends the answer of a column now."""
        column = self.columns[number]
        if not column.is_running:
            return
        if column.message is None or not self._service.stop(column.message.id):
            for task in [task for task, its in self._tasks.items() if its is column]:
                task.cancel()

    def stop_all(self, but: Column | None = None) -> None:
        """Ends all answers now, or all but one."""
        for column in self.columns:
            if column is not but:
                self.stop(column.number)

    async def pick(self, number: int) -> bool:
        """The conversation goes on with the answer of this column, and with its model. The other answers stop.

        Returns:
            Whether there was something to go on with.

        Raises:
            StoreError: It could not be kept; the conversation shows another answer.
        """
        column = self.columns[number]
        if column.message is None or not column.can_be_picked:
            return False
        self.picked = column
        self.stop_all(but=column)
        # An answer that is just getting its row would become what the conversation shows, after this one.
        if opening := [task for task, its in self._tasks.items() if its is not column and its.message is None]:
            await asyncio.wait(opening)
        await self._messages.show(column.message.id, model=column.model)
        return True

    async def leave(self) -> None:
        """No answer is picked: the last is shown, and the conversation keeps the model that it had.

        Raises:
            StoreError: It could not be kept.
        """
        begun = [column.message for column in self.columns if column.message is not None]
        if begun:
            await self._messages.show(begun[-1].id, model=self.asked.model_before or None)

    def _begin(self, column: Column) -> None:
        task = asyncio.create_task(self._answer(column))
        task.add_done_callback(lambda task: self._ended(column, task))
        self._tasks[task] = column
        self._newest[column.number] = task

    def _ended(self, column: Column, task: asyncio.Task[None]) -> None:
        self._placed[column.number].set()
        # Stopped before or outside of an answer, or a mistake of ours; not if it is asked again by now.
        if column.is_running and self._newest[column.number] is task:
            stopped = task.cancelled()
            state = ColumnState.STOPPED if stopped else ColumnState.FAILED
            column.end(state, "" if stopped else "A mistake in the program")
            self._tell(column, None)

    async def _answer(self, column: Column) -> None:
        try:
            if column.number:
                await self._placed[column.number - 1].wait()
            if self.question is None and column.number:
                column.end(ColumnState.FAILED, "Not asked: the question could not be kept")
                self._tell(column, None)
                return
            async with aclosing(self._events(column)) as events:
                async for event in events:
                    self._take(column, event)
        except (StoreError, AttachmentGone) as error:
            column.end(ColumnState.FAILED, str(error))
            self._tell(column, None)

    def _events(self, column: Column) -> AsyncGenerator[ConversationEvent, None]:
        asked, service = self.asked, self._service
        if self.question is not None:
            return service.regenerate(self.question.id, column.model, settings=asked.settings)
        if asked.instead_of is not None:
            return service.edit(
                asked.instead_of, asked.text, column.model, None, asked.attachments, settings=asked.settings
            )
        return service.ask(
            *(asked.conversation_id, asked.text, column.model),
            attachments=asked.attachments,
            settings=asked.settings,
        )

    def _take(self, column: Column, event: ConversationEvent) -> None:
        if isinstance(event, QuestionStored):
            self.question = event.message
        column.take(event)
        if isinstance(event, AnswerBegun):
            self._placed[column.number].set()
        self._tell(column, event)

    def _tell(self, column: Column, event: ConversationEvent | None) -> None:
        for listener in list(self._listeners):
            listener(column, event)
