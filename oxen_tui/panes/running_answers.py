"""The answers that arrive now, whichever conversation is on screen: they go on while the user reads another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from typing import Protocol

from oxen_tui.panes.answer_run import AnswerRun
from oxen_tui.panes.turns import turn_of
from oxen_tui.services.attachment_parts import AttachmentGone
from oxen_tui.services.conversation_events import (
    AnswerBegun,
    AnswerEnded,
    AnswerGrew,
    ConversationEvent,
    QuestionStored,
    ReasoningGrew,
    Retrying,
    ServerAlive,
    StoreTrouble,
    ToolCallsGrew,
)
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Message
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.transcript.turn import ToolLine
from oxen_tui.widgets.transcript.view import Transcript
from oxen_tui.widgets.wording import duration


class Listener(Protocol):
    """What the pane wants to hear."""

    def answers_changed(self) -> None:
        """One began or ended, or does something else now."""

    def answer_ended(self, message: Message) -> None:
        """An answer is complete, or as complete as it will be."""

    def in_trouble(self, sentence: str) -> None:
        """Something failed that the transcript does not show."""


class RunningAnswers:
    """Follows answers to their end, and grows the transcript where it shows their conversation."""

    def __init__(self, transcript: Transcript, listener: Listener, monotonic: Callable[[], float]) -> None:
        self._transcript = transcript
        self._listener = listener
        self._monotonic = monotonic
        self._runs: dict[int, AnswerRun] = {}
        self.shown: int | None = None
        """The conversation that the transcript shows."""

    def __len__(self) -> int:
        return len(self._runs)

    def __iter__(self) -> Iterator[AnswerRun]:
        return iter(list(self._runs.values()))

    def of(self, conversation_id: int | None) -> AnswerRun | None:
        """The run of a conversation, if it has one."""
        return self._runs.get(conversation_id) if conversation_id is not None else None

    async def follow(
        self, conversation_id: int, model: str, answers: AsyncGenerator[ConversationEvent, None]
    ) -> None:
        """Take the events of one answer to its end. Cancelling this stops the answer; what came is kept."""
        now = self._monotonic()
        run = AnswerRun(conversation_id, now, model, asyncio.current_task(), state_since=now)
        self._runs[conversation_id] = run
        self._listener.answers_changed()
        try:
            async with aclosing(answers) as events:
                async for event in events:
                    state = run.state
                    self._take(run, event)
                    if run.state != state:
                        self._listener.answers_changed()
        except (StoreError, AttachmentGone) as error:
            self._listener.in_trouble(str(error))
        except asyncio.CancelledError:
            self._show_stopped(run)
            raise
        finally:
            if self._runs.get(conversation_id) is run:
                del self._runs[conversation_id]
            self._listener.answers_changed()

    def _take(self, run: AnswerRun, event: ConversationEvent) -> None:
        now, view = self._monotonic(), self._transcript
        visible = run.conversation_id == self.shown
        match event:
            case AnswerGrew(message_id=message_id, text=text):
                if visible and run.state == "thinking":
                    view.update_turn(message_id, reasoning_seconds=now - run.state_since)
                run.enter("writing", now)
                run.characters += len(text)
                if visible:
                    view.grow(message_id, text)
            case ReasoningGrew(message_id=message_id, text=text):
                run.enter("thinking", now)
                run.characters += len(text)
                if visible:
                    view.grow_reasoning(message_id, text)
            case ToolCallsGrew(message_id=message_id, calls=calls):
                run.enter("writing", now)
                if visible:
                    lines = [ToolLine(name=call.name, arguments=call.arguments) for call in calls]
                    view.update_turn(message_id, tool_calls=lines)
            case QuestionStored(message=message):
                if visible:
                    stood_there = self._branch_off(message)
                    view.append(turn_of(message))
                    if stood_there:
                        self._stand_on(message)
            case AnswerBegun(message=message):
                self._begin(run, message, visible)
            case Retrying():
                run.enter("retrying", now)
            case AnswerEnded(message=message):
                if visible:
                    self._show_end(message)
                self._listener.answer_ended(message)
            case StoreTrouble(sentence=sentence):
                self._listener.in_trouble(sentence)
            case ServerAlive():
                pass

    def _begin(self, run: AnswerRun, message: Message, visible: bool) -> None:
        run.message_id = message.id
        if visible:
            turn = turn_of(message)
            turn.streaming = True
            stood_there = self._branch_off(message)
            self._transcript.replace(turn)
            if stood_there:
                self._stand_on(message)

    def _branch_off(self, message: Message) -> bool:
        """Take away what the page shows below the message's parent: the branch that is left.

        Returns:
            Whether the message that keys act on was among it.
        """
        view = self._transcript
        turns = [lines.turn.id for lines in view.column.turns]
        if message.id in turns:
            return False
        below = turns[turns.index(message.parent_id) + 1 :] if message.parent_id in turns else turns
        stood_there = view.cursor is not None and view.cursor.turn.id in below
        for turn_id in reversed(below):
            view.remove_turn(turn_id)
        return stood_there

    def _stand_on(self, message: Message) -> None:
        """Let keys act on this message: the one they acted on has given way to it."""
        self._transcript.cursor = self._transcript.column.get(message.id)

    def _show_end(self, message: Message) -> None:
        turn = turn_of(message)
        self._transcript.update_turn(
            message.id,
            streaming=False,
            note=turn.note,
            trouble=turn.trouble,
            reasoning_seconds=turn.reasoning_seconds,
            tool_calls=turn.tool_calls,
        )

    def _show_stopped(self, run: AnswerRun) -> None:
        """The user stopped it: the service marks the stored answer; the screen says the same at once."""
        if run.message_id is not None and run.conversation_id == self.shown:
            note = f"{glyph('cancelled')} stopped · {duration(self._monotonic() - run.started)}"
            self._transcript.update_turn(run.message_id, streaming=False, note=note)
