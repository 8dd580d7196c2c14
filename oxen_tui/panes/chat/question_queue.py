"""The questions that wait in the conversation on screen: in memory at once, on the disk a little later."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from uuid import uuid4

from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import StoreError
from oxen_tui.store.waiting_questions import WaitingQuestion, WaitingQuestions


class QuestionQueue:
    """A list that can be changed until each is asked.

    Nothing is asked by itself while it is held: after an answer that did not end well, or a start.
    """

    def __init__(self, store: Callable[[], WaitingQuestions], on_trouble: Callable[[str], None]) -> None:
        """
        Args:
            store: Where lists are kept; loaded when there is one.
            on_trouble: Told in words what could not be kept.
        """
        self._store = store
        self._on_trouble = on_trouble
        self._last: asyncio.Task[None] | None = None
        self._unkept: set[str] = set()
        """Ids of those that could not be written: the disk must not be asked for them."""
        self.conversation_id: int | None = None
        self.questions: list[WaitingQuestion] = []
        """First to be asked first."""
        self.held = False
        self.edited = ""
        """Id of the one that stands in the composer; it and those behind it are not asked."""

    def __len__(self) -> int:
        return len(self.questions)

    # --- which conversation ---------------------------------------------------------------------------------------

    def begin(self, conversation_id: int | None) -> None:
        """Another conversation is shown; what waits in it is still to be read."""
        self.conversation_id = conversation_id
        self.questions, self.held, self.edited = [], False, ""

    async def load(self, *, answering: bool) -> None:
        """Read what waits. It is held where no answer arrives that it could wait for.

        Raises:
            StoreError: It cannot be read.
        """
        conversation_id = self.conversation_id
        if conversation_id is None:
            return
        await self.settled()
        kept = await self._store().load(conversation_id)
        if conversation_id != self.conversation_id or self.edited:
            return
        there = {each.id for each in kept}
        self.questions = [
            *kept,
            *(each for each in self.questions if each.id in self._unkept and each.id not in there),
        ]
        self.held = bool(self.questions) and (self.held or not answering)

    async def settled(self) -> None:
        """Wait until the disk has all of it."""
        if self._last is not None:
            await asyncio.shield(self._last)

    # --- changing -------------------------------------------------------------------------------------------------

    def add(self, text: str, attachments: Sequence[Attachment]) -> None:
        """Let one more wait."""
        self.put_back(len(self.questions), WaitingQuestion(uuid4().hex, text, tuple(attachments)))

    def put_back(self, place: int, question: WaitingQuestion) -> None:
        """Let one wait at this place that was taken away."""
        place = min(place, len(self.questions))
        self.questions.insert(place, question)
        self._put(question, place)

    def change(self, question_id: str, text: str, attachments: Sequence[Attachment]) -> None:
        """Let it say something else."""
        place = self.place_of(question_id)
        if place is not None:
            question = replace(self.questions[place], text=text, attachments=tuple(attachments))
            self.questions[place] = question
            self._put(question, place)

    def keep(self, question_id: str, text: str, attachments: Sequence[Attachment]) -> None:
        """Write to the disk what one says that is being edited; `change` or its old words follow."""
        self._put(WaitingQuestion(question_id, text, tuple(attachments)), self.place_of(question_id))

    def remove(self, question_id: str) -> tuple[int, WaitingQuestion] | None:
        """Take one away. Its place and itself, for `put_back`."""
        place = self.place_of(question_id)
        if place is None:
            return None
        question = self.questions.pop(place)
        self._write(lambda conversation_id: self._store().remove(conversation_id, question_id))
        return place, question

    def move(self, question_id: str, step: int) -> bool:
        """Let it be asked earlier (-1) or later (1). Whether there is a place to go to."""
        place = self.place_of(question_id)
        if place is None or not 0 <= place + step < len(self.questions):
            return False
        self.questions.insert(place + step, self.questions.pop(place))
        ids = [each.id for each in self.questions]
        self._write(lambda conversation_id: self._store().order(conversation_id, ids))
        return True

    def asked(self, question: WaitingQuestion) -> None:
        """It is one of the conversation now; the disk has it so already."""
        self.questions = [each for each in self.questions if each.id != question.id]
        self.held = self.held and bool(self.questions)

    # --- asking of it ---------------------------------------------------------------------------------------------

    @property
    def next(self) -> WaitingQuestion | None:
        """The one whose turn it is. None while nothing may be asked by itself."""
        if self.held or not self.questions or self.questions[0].id == self.edited:
            return None
        return self.questions[0]

    def get(self, question_id: str) -> WaitingQuestion | None:
        """One of them."""
        return next((each for each in self.questions if each.id == question_id), None)

    def place_of(self, question_id: str) -> int | None:
        """Where it stands, from 0."""
        return next((place for place, each in enumerate(self.questions) if each.id == question_id), None)

    def name_on_disk(self, question: WaitingQuestion) -> str:
        """Its id for who asks it; nothing where the disk does not have it."""
        return "" if question.id in self._unkept else question.id

    # --- the disk -------------------------------------------------------------------------------------------------

    def _put(self, question: WaitingQuestion, place: int | None) -> None:
        async def put(conversation_id: int) -> None:
            self._unkept.add(question.id)
            await self._store().put(conversation_id, question, place)
            self._unkept.discard(question.id)

        self._write(put)

    def _write(self, work: Callable[[int], Awaitable[None]]) -> None:
        if self.conversation_id is not None:
            self._last = asyncio.create_task(self._after(self._last, work(self.conversation_id)))

    async def _after(self, before: asyncio.Task[None] | None, work: Awaitable[None]) -> None:
        if before is not None:
            await before
        try:
            await work
        except StoreError as error:
            self._on_trouble(f"What waits could not be kept. {error}")
