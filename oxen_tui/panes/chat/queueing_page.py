"""Questions that were sent while an answer arrives: shown above the composer, written on, moved, asked in their turn.

A question goes out by itself only after a complete answer, and only while its conversation is looked at. Behind one
that failed or was stopped, and after a start, it waits until the user says so: nothing is paid for by surprise.
"""

from __future__ import annotations

from functools import partial

from oxen_tui.panes.answers.attachment_words import names_of
from oxen_tui.panes.answers.run import AnswerRun
from oxen_tui.panes.chat.carrying_page import CarryingPage
from oxen_tui.panes.chat.question_queue import QuestionQueue
from oxen_tui.panes.chat.unsent import Left
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Ending
from oxen_tui.store.waiting_questions import WaitingQuestion
from oxen_tui.widgets.chat.folded_paste import in_words
from oxen_tui.widgets.chat.waiting_list import WaitingList, WaitingRow

_LONGEST_ROW = 300
"""Characters of a question that a row is made of."""


class QueueingPage(CarryingPage, part=True):
    """Lets questions wait, and asks them."""

    def on_mount(self) -> None:
        self._waiting_list = self.query_one(WaitingList)
        self._queue = QuestionQueue(lambda: self.session.store.waiting, self.in_trouble)

    # --- waiting --------------------------------------------------------------------------------------------------

    def take_question(self, kept: str) -> None:
        """A question was sent: it is asked, or waits, or takes the place of the one that was written on."""
        if self._queue.edited:
            self._end_editing(kept)
            self._ask_on()
        elif self._answers.of(self.conversation_id) and self._editing is not None:
            self._composer.put(kept)
            self.say("An answer is arriving: esc stops it, or wait for its end")
        elif self._answers.of(self.conversation_id):
            self.let_wait(kept, self.take_attachments())
        else:
            self._work(partial(self._ask, kept), "answers")

    def _end_editing(self, sent: str | None) -> None:
        """The question that was written on waits again.

        Args:
            sent: What it says now, with what is attached; None is what stands in the composer.
        """
        question_id, self._queue.edited = self._queue.edited, ""
        if not question_id:
            return
        self._queue.change(question_id, self._composer.kept if sent is None else sent, self.attached)
        self._put_aside_back("" if sent is None else self._composer.kept)

    def _put_aside_back(self, typed: str) -> None:
        """Put what stood in the composer there again, before what was typed meanwhile."""
        self._composer.put("\n".join(text for text in (self._unsent.aside, typed) if text))
        self.set_attachments(self._aside or ())
        self._unsent.aside = self._aside = None
        self._draw_queue()

    def let_wait(self, text: str, attachments: tuple[Attachment, ...]) -> None:
        self._queue.add(text, attachments)
        self._draw_queue()

    @property
    def waiting_count(self) -> int:
        return len(self._queue)

    async def _begin_conversation(self, model: str) -> None:
        await super()._begin_conversation(model)
        self._queue.begin(self.conversation_id)
        self._draw_queue()

    def leave_page(self, conversation_id: int | None) -> Left:
        self._end_editing(None)
        self._queue.begin(conversation_id)
        left = super().leave_page(conversation_id)
        self._draw_queue()
        return left

    async def _show(self, conversation_id: int | None) -> None:
        await super()._show(conversation_id)
        if self.conversation_id == conversation_id:
            if self._queue.conversation_id != conversation_id:
                self._queue.begin(conversation_id)
            await self._read_queue()

    async def _read_queue(self) -> None:
        try:
            await self._queue.load(answering=self._answers.of(self.conversation_id) is not None)
        except StoreError as error:
            self.in_trouble(str(error))
        self._draw_queue()

    async def put_away(self) -> None:
        self._end_editing(None)
        await super().put_away()
        await self._queue.settled()

    async def _save_draft(self) -> None:
        if edited := self._queue.edited:
            self._queue.keep(edited, self._composer.kept, self.attached)
        await super()._save_draft()

    # --- asking ---------------------------------------------------------------------------------------------------

    async def go_on_after(self, run: AnswerRun) -> None:
        await super().go_on_after(run)
        if run.conversation_id != self._queue.conversation_id:
            return
        if run.ending is not Ending.DONE:
            self.hold_waiting()
            await self._read_queue()  # one that could not be stored still waits
        else:
            await self._ask_next()

    def hold_waiting(self) -> None:
        self._queue.held = bool(self._queue)
        self._draw_queue()

    def waiting_id(self, question: WaitingQuestion) -> str:
        return self._queue.name_on_disk(question)

    def stop_waiting(self, question: WaitingQuestion) -> None:
        self._queue.asked(question)
        self._draw_queue()

    def _ask_on(self) -> None:
        """Ask what waits, as soon as nothing arrives."""
        self._queue.held = False
        self._draw_queue()
        if not self._answers.of(self.conversation_id):
            self._work(self._ask_next, "answers")

    async def _ask_next(self) -> None:
        question = self._queue.next
        if question is not None and not self._answers.of(self.conversation_id):
            await self._queue.settled()
            await self._ask_waiting(question)

    async def _ask_waiting(self, question: WaitingQuestion) -> None:
        async with self._asking:
            conversation_id = self._queue.conversation_id
            assert conversation_id is not None
            prepared = await self.prepare(question.text, question.attachments) if await self._have_model() else None
            if self._queue.conversation_id != conversation_id or self._queue.next != question:
                return  # the user went to another page, or took it back
            if prepared is None:
                self.hold_waiting()
                return
            text, attachments = prepared
            on_disk, model = self.waiting_id(question), self.model
            self.stop_waiting(question)
            self._transcript.jump_to_end()
            settings = self.take_settings()
            answers = self.session.conversation.ask(
                conversation_id, text, model, attachments=attachments, waiting=on_disk, settings=settings
            )
            self._work(partial(self._note_use, model), "used")
        await self._follow(conversation_id, model, answers)

    # --- showing -------------------------------------------------------------------------------------------------

    def answers_changed(self) -> None:
        super().answers_changed()
        self._draw_queue()

    def _draw_queue(self) -> None:
        """Show what waits, and what it waits for."""
        queue = self._queue
        rows = [WaitingRow(each.id, _in_one_line(each), each.id == queue.edited) for each in queue.questions]
        if queue.edited:
            hint = "enter puts it back · esc leaves it as it was"
        elif not queue.held and self._answers.of(self.conversation_id):
            hint = "waits for the answer · up edits it"
        else:
            hint = "enter sends it · up edits it"
        self._waiting_list.tell(rows, hint)
        self._composer.last_waiting = queue.questions[-1].text if rows and not queue.edited else ""
        self.set_class(bool(rows), "-queueing")
        self._draw_status()
        self.refresh_bindings()


def _in_one_line(question: WaitingQuestion) -> str:
    """What a row says: its words, and what it carries where the words do not name it."""
    words = " ".join(in_words(question.text[: _LONGEST_ROW * 20]).split())[:_LONGEST_ROW]
    names = [f"[{name}]" for name in names_of(question.attachments) if f"[{name}]" not in words]
    return " ".join([*names, words])
