"""The answers that arrive now, whichever conversation is on screen: they go on while the user reads another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from oxen_tui.panes.answers.run import AnswerRun, Listener
from oxen_tui.panes.answers.turns_with_tools import AnswerTurns, open_note
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Ending, Message

if TYPE_CHECKING:
    from oxen_tui.panes.answers.events import AnswerEvents
    from oxen_tui.services.conversation.events import ConversationEvent
    from oxen_tui.widgets.transcript.view import Transcript


class RunningAnswers:
    """Follows answers to their end, and grows the transcript where it shows their conversation."""

    def __init__(self, transcript: Transcript, listener: Listener, monotonic: Callable[[], float]) -> None:
        self._transcript = transcript
        self._listener = listener
        self._monotonic = monotonic
        self._runs: dict[int, AnswerRun] = {}
        self.shown: int | None = None
        """The conversation that the transcript shows."""
        self.turns = AnswerTurns()
        """Makes its turns."""

    def __len__(self) -> int:
        return len(self._runs)

    def __iter__(self) -> Iterator[AnswerRun]:
        return iter(list(self._runs.values()))

    def of(self, conversation_id: int | None) -> AnswerRun | None:
        """The run of a conversation, if it has one."""
        return self._runs.get(conversation_id) if conversation_id is not None else None

    @cached_property
    def _events(self) -> AnswerEvents:
        from oxen_tui.panes.answers.events import AnswerEvents

        return AnswerEvents(self._transcript, self.turns, self._listener, self._monotonic)

    def show(self, messages: Sequence[Message]) -> int | None:
        """Put the end of a path on the page, and what runs there.

        Returns:
            The first message that is on it: results of tools whose answer stands before them are not.
        """
        first = next((place for place, each in enumerate(messages) if each.role != "tool"), 0)
        self.turns.clear()
        self._transcript.show(self.turns.of_path(messages[first:]))
        if (run := self.of(self.shown)) is not None:
            self._events.tools.draw(run)
        else:
            self._note_open()
        return messages[first].id if messages else None

    async def follow(
        self, conversation_id: int, model: str, answers: AsyncGenerator[ConversationEvent, None]
    ) -> AnswerRun:
        """Take the events of one answer to its end. Cancelling this stops the answer; what came is kept."""
        from oxen_tui.services.conversation.attachment_parts import AttachmentGone

        now = self._monotonic()
        run = AnswerRun(conversation_id, now, model, asyncio.current_task(), state_since=now)
        self._runs[conversation_id] = run
        self._listener.answers_changed()
        try:
            async with aclosing(answers) as events:
                async for event in events:
                    state = run.state
                    self._events.take(run, event, run.conversation_id == self.shown)
                    if run.state != state:
                        self._listener.answers_changed()
        except (StoreError, AttachmentGone) as error:
            self._listener.in_trouble(str(error))
        except asyncio.CancelledError:
            if run.conversation_id == self.shown:
                self._events.show_stopped(run)
            raise
        finally:
            if self._runs.get(conversation_id) is run:
                del self._runs[conversation_id]
            if conversation_id == self.shown:
                self._note_open()
            self._listener.answers_changed()
        return run

    @contextmanager
    def holding(self, run: AnswerRun) -> Iterator[None]:
        """For as long as somebody else follows what runs in a conversation, and tells of it by `take`."""
        self._runs[run.conversation_id] = run
        self._listener.answers_changed()
        try:
            yield
        finally:
            if self._runs.get(run.conversation_id) is run:
                del self._runs[run.conversation_id]
            self._listener.answers_changed()

    def take(self, run: AnswerRun, event: ConversationEvent) -> None:
        """Something happened to one of its answers."""
        self._events.take(run, event, run.conversation_id == self.shown)

    def show_question(self, question: Message) -> None:
        """Put a question that was just stored on the page, if that shows its conversation."""
        if question.conversation_id == self.shown:
            self._events.show_question(question)

    def _note_open(self) -> None:
        """Say under the last answer that its tools wait to be gone on from, if they do. Nothing runs there."""
        turns = self._transcript.column.turns
        answer = self.turns.calling(turns[-1].turn.id) if turns else None
        if answer is not None and answer.ending is Ending.TOOL_CALLS:
            note = open_note(len(turns[-1].turn.holds) >= len(answer.tool_calls))
            self._transcript.update_turn(answer.id, note=note)
