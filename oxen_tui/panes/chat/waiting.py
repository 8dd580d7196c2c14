"""What is done with questions that wait: one is written on, taken away and brought back, asked earlier or later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on

from oxen_tui.panes.chat.queueing_page import QueueingPage
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.chat.waiting_list import WaitingList

if TYPE_CHECKING:
    from oxen_tui.store.waiting_questions import WaitingQuestion


class ChatQueue(QueueingPage, part=True):
    """Does what the composer and the list above it ask for."""

    _taken_away: tuple[int, WaitingQuestion] | None = None
    """What was removed last, with its place."""

    # --- writing on one -------------------------------------------------------------------------------------------

    @on(Composer.TakenBack)
    def _take_last_back(self) -> None:
        if self._queue.questions:
            self._write_on(self._queue.questions[-1], "")

    @on(WaitingList.EditWanted)
    def _take_chosen_back(self, event: WaitingList.EditWanted) -> None:
        self._take_back_question(event.question_id)

    def _take_back_question(self, question_id: str) -> None:
        """Put a question that waits into the composer; what stands there is put aside."""
        self._end_editing(None)
        if (question := self._queue.get(question_id)) is not None:
            aside = self._composer.kept
            self._composer.put(question.text)
            self._write_on(question, aside)
            self._composer.focus()

    def _write_on(self, question: WaitingQuestion, aside: str) -> None:
        self._unsent.aside, self._aside = aside, self.attached
        self._queue.edited = question.id
        self.set_attachments(question.attachments)
        self._draw_queue()

    def put_question_back(self) -> bool:
        """Leave the question as it was that is written on. Whether one is."""
        question_id, self._queue.edited = self._queue.edited, ""
        question = self._queue.get(question_id)
        if question is not None:
            self._queue.change(question_id, question.text, question.attachments)
            self._put_aside_back("")
            self._go_on_now()
        return bool(question_id)

    def _go_on_now(self) -> None:
        """What an edited question held up has its turn."""
        if not self._answers.of(self.conversation_id) and self._queue.next is not None:
            self._work(self._ask_next, "answers")

    @on(Composer.EmptySubmitted)
    def _send_waiting(self) -> None:
        """Enter where nothing is written: what waits may go. An edited question without words is taken away."""
        if edited := self._queue.edited:
            self._end_editing("")
            self._remove(edited)
            self._go_on_now()
        elif self._queue.questions:
            self._ask_on()

    # --- the list -------------------------------------------------------------------------------------------------

    def action_waiting(self) -> None:
        """Go to the questions that wait."""
        if self._queue.questions:
            self.remove_class("-listing")
            self._waiting_list.focus()
        else:
            self.say("No question waits: enter lets one wait while an answer arrives")

    @property
    def queue_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [("Questions that wait: edit, move, remove", "alt+up", self.action_waiting)]

    @on(WaitingList.RemoveWanted)
    def _remove_chosen(self, event: WaitingList.RemoveWanted) -> None:
        self._remove(event.question_id)

    def _remove(self, question_id: str) -> None:
        self._taken_away = self._queue.remove(question_id)
        if self._taken_away is not None:
            self._bring_back = self._bring_question_back
            self.refresh_bindings()
            self.say("Taken away · u in the list or the conversation brings it back")
        self._draw_queue()
        if not self._queue.questions and self._waiting_list.has_focus:
            self._transcript.focus()

    async def _undo(self) -> None:
        if self._bring_back == self._bring_question_back:
            self._bring_back = None
            await self._bring_question_back()
        else:
            await super()._undo()

    async def _bring_question_back(self) -> None:
        taken, self._taken_away = self._taken_away, None
        if taken is not None:
            held = self._queue.held or not self._answers.of(self.conversation_id)
            self._queue.put_back(*taken)
            self._queue.held = held
            self._draw_queue()

    @on(WaitingList.MoveWanted)
    def _move(self, event: WaitingList.MoveWanted) -> None:
        if self._queue.move(event.question_id, event.step):
            self._draw_queue()

    @on(WaitingList.Left)
    def _leave_list(self) -> None:
        self._composer.focus()
