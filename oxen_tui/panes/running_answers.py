"""The answers that arrive now, whichever conversation is on screen: they go on while the user reads another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from typing import Protocol

from oxen_tui.panes.answer_run import AnswerRun
from oxen_tui.panes.answer_turns import AnswerTurns
from oxen_tui.panes.running_tools import RunningTools
from oxen_tui.services.attachment_parts import AttachmentGone
from oxen_tui.services.conversation_events import (
    AnswerBegun,
    AnswerEnded,
    AnswerGrew,
    ConversationEvent,
    Noted,
    QuestionStored,
    ReasoningGrew,
    Retrying,
    ServerAlive,
    StoreTrouble,
    ToolAsks,
    ToolAttached,
    ToolBegun,
    ToolCallsGrew,
    ToolEnded,
    ToolProgress,
    ToolStored,
)
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Ending, Message
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

    def note(self, sentence: str) -> None:
        """Something went otherwise than asked for."""


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
        self._tools = RunningTools(transcript, self.turns)

    def __len__(self) -> int:
        return len(self._runs)

    def __iter__(self) -> Iterator[AnswerRun]:
        return iter(list(self._runs.values()))

    def of(self, conversation_id: int | None) -> AnswerRun | None:
        """The run of a conversation, if it has one."""
        return self._runs.get(conversation_id) if conversation_id is not None else None

    def show(self, messages: Sequence[Message]) -> int | None:
        """Put the end of a path on the page, and what runs there.

        Returns:
            The first message that is on it: results of tools whose answer stands before them are not.
        """
        first = next((place for place, each in enumerate(messages) if each.role != "tool"), 0)
        self.turns.clear()
        self._transcript.show(self.turns.of_path(messages[first:]))
        if (run := self.of(self.shown)) is not None:
            self._tools.draw(run)
        else:
            self._tools.note_open()
        return messages[first].id if messages else None

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
            if conversation_id == self.shown:
                self._tools.note_open()
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
                    lines = [ToolLine(call.name, " ".join(call.arguments[:300].split())) for call in calls]
                    view.update_turn(message_id, tool_calls=lines)
            case QuestionStored(message=message):
                self.show_question(message)
            case AnswerBegun(message=message):
                self._begin(run, message, visible)
            case Retrying():
                run.enter("retrying", now)
            case AnswerEnded(message=message):
                if visible:
                    self._show_end(message)
                self._listener.answer_ended(message)
                if message.ending is Ending.TOOL_CALLS:
                    self._tools.begin(run, message)
            case ToolBegun() | ToolAsks() | ToolProgress() | ToolAttached() | ToolEnded() | ToolStored():
                self._tools.take(run, event, visible, now)
            case Noted(sentence=sentence):
                self._listener.note(sentence)
            case StoreTrouble(sentence=sentence):
                self._listener.in_trouble(sentence)
            case ServerAlive():
                pass

    def _begin(self, run: AnswerRun, message: Message, visible: bool) -> None:
        if run.message_id is not None:  # the answer before it called tools
            run.called, run.calls, run.characters = None, [], 0
            run.enter("waiting", self._monotonic())
        run.message_id = message.id
        if visible:
            turn = self.turns.of(message)
            turn.streaming = True
            stood_there = self._branch_off(message)
            self._transcript.replace(turn)
            if stood_there:
                self._stand_on(message)

    def show_question(self, question: Message) -> None:
        """Put a question that was just stored on the page, if that shows its conversation."""
        if question.conversation_id == self.shown:
            stood_there = self._branch_off(question)
            self._transcript.append(self.turns.of(question))
            if stood_there:
                self._stand_on(question)

    def _branch_off(self, message: Message) -> bool:
        """Take away what the page shows below the message's parent: the branch that is left.

        Returns:
            Whether the message that keys act on was among it.
        """
        view = self._transcript
        turns = [lines.turn.id for lines in view.column.turns]
        if message.id in turns:
            return False
        parent = self.turns.turn_with(message.parent_id)
        below = turns[turns.index(parent) + 1 :] if parent in turns else turns
        stood_there = view.cursor is not None and view.cursor.turn.id in below
        for turn_id in reversed(below):
            view.remove_turn(turn_id)
        return stood_there

    def _stand_on(self, message: Message) -> None:
        """Let keys act on this message: the one they acted on has given way to it."""
        self._transcript.cursor = self._transcript.column.get(message.id)

    def _show_end(self, message: Message) -> None:
        turn = self.turns.of(message)
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
