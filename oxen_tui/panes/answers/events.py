"""What happens to an answer that arrives, brought to the page where that shows its conversation.

Loaded with the first answer: a start without one has no use for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from oxen_tui.panes.answers.running_tools import RunningTools
from oxen_tui.services.conversation.events import (
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
from oxen_tui.store.message import Ending, Message
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.transcript.turn import ToolLine
from oxen_tui.widgets.wording import duration

if TYPE_CHECKING:
    from oxen_tui.panes.answers.run import AnswerRun, Listener
    from oxen_tui.panes.answers.turns_with_tools import AnswerTurns
    from oxen_tui.widgets.transcript.view import Transcript


class AnswerEvents:
    """Takes the events of answers, one after the other."""

    def __init__(
        self, transcript: Transcript, turns: AnswerTurns, listener: Listener, monotonic: Callable[[], float]
    ) -> None:
        self._transcript = transcript
        self._turns = turns
        self._listener = listener
        self._monotonic = monotonic
        self.tools = RunningTools(transcript, turns)
        """What becomes of their calls."""

    def take(self, run: AnswerRun, event: ConversationEvent, visible: bool) -> None:
        """Something happened to an answer.

        Args:
            run: Its answer.
            event: What happened.
            visible: Whether the page shows its conversation.
        """
        now, view = self._monotonic(), self._transcript
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
                run.stored = True
                if visible:
                    self.show_question(message)
            case AnswerBegun(message=message):
                self._begin(run, message, visible)
            case Retrying():
                run.enter("retrying", now)
            case AnswerEnded(message=message):
                run.ending = message.ending
                if visible:
                    self._show_end(message)
                self._listener.answer_ended(message)
                if message.ending is Ending.TOOL_CALLS:
                    self.tools.begin(run, message)
            case ToolBegun() | ToolAsks() | ToolProgress() | ToolAttached() | ToolEnded() | ToolStored():
                self.tools.take(run, event, visible, now)
            case Noted(sentence=sentence):
                self._listener.say(sentence)
            case StoreTrouble(sentence=sentence):
                self._listener.in_trouble(sentence)
            case ServerAlive():
                pass

    def _begin(self, run: AnswerRun, message: Message, visible: bool) -> None:
        if run.message_id is not None:  # the answer before it called tools
            run.called, run.calls, run.characters = None, [], 0
            run.enter("waiting", self._monotonic())
        run.message_id, run.ending = message.id, None
        if visible:
            turn = self._turns.of(message)
            turn.streaming = True
            stood_there = self._branch_off(message)
            self._transcript.replace(turn)
            if stood_there:
                self._stand_on(message)

    def show_question(self, question: Message) -> None:
        """Put a question that was just stored on the page."""
        stood_there = self._branch_off(question)
        self._transcript.append(self._turns.of(question))
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
        parent = self._turns.turn_with(message.parent_id)
        below = turns[turns.index(parent) + 1 :] if parent in turns else turns
        stood_there = view.cursor is not None and view.cursor.turn.id in below
        for turn_id in reversed(below):
            view.remove_turn(turn_id)
        return stood_there

    def _stand_on(self, message: Message) -> None:
        """Let keys act on this message: the one they acted on has given way to it."""
        self._transcript.cursor = self._transcript.column.get(message.id)

    def _show_end(self, message: Message) -> None:
        turn = self._turns.of(message)
        self._transcript.update_turn(
            message.id,
            streaming=False,
            note=turn.note,
            trouble=turn.trouble,
            reasoning_seconds=turn.reasoning_seconds,
            tool_calls=turn.tool_calls,
        )

    def show_stopped(self, run: AnswerRun) -> None:
        """The user stopped it: the service marks the stored answer; the screen says the same at once."""
        if run.message_id is not None:
            note = f"{glyph('cancelled')} stopped · {duration(self._monotonic() - run.started)}"
            self._transcript.update_turn(run.message_id, streaming=False, note=note)
