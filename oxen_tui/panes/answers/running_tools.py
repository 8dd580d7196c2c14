"""The tools of an answer that arrives: their fold lines while they ask, run and end."""

from __future__ import annotations

from oxen_tui.panes.answers.run import AnswerRun
from oxen_tui.panes.answers.turns_with_tools import AnswerTurns, line_of, running_line
from oxen_tui.services.conversation.events import (
    ToolAsks,
    ToolAttached,
    ToolBegun,
    ToolEnded,
    ToolEvent,
    ToolProgress,
    ToolStored,
)
from oxen_tui.store.message import Message
from oxen_tui.widgets.transcript.turn import ToolLine
from oxen_tui.widgets.transcript.view import Transcript


class RunningTools:
    """Keeps the lines of calls in their runs, and on the page where it shows them."""

    def __init__(self, transcript: Transcript, turns: AnswerTurns) -> None:
        self._transcript = transcript
        self._turns = turns

    def take(self, run: AnswerRun, event: ToolEvent, visible: bool, now: float) -> None:
        """Something happened to a call."""
        run.message_id = event.message_id
        lines = self._transcript.column.get(event.message_id) if visible else None
        if run.called is None and lines is not None:  # gone on with after a stop: with the results that there were
            run.called, run.calls = self._turns.calling(event.message_id), list(lines.turn.tool_calls)
        match event:
            case ToolBegun(number=number):
                self._set(run, number, running_line(self._line(run, number)))
            case ToolAsks(number=number, waits=waits):
                run.asking += 1 if waits else -1
                if number is not None:
                    self._set(run, number, running_line(self._line(run, number), "asks" if waits else ""))
            case ToolProgress(number=number, words=words):
                self._set(run, number, running_line(self._line(run, number), words))
            case ToolEnded(number=number, text=text, failed=failed, seconds=seconds):
                if run.called is not None:
                    self._set(run, number, line_of(run.called.tool_calls[number], text, failed, seconds))
            case ToolAttached(message_id=message_id, attachments=attachments):
                if visible:
                    from oxen_tui.panes.jobs.cards import plain_cards

                    self._transcript.update_turn(message_id, cards=plain_cards(attachments))
            case ToolStored(message_id=message_id, result=result):
                self._turns.hold(message_id, result)
                if lines is not None and result.id not in lines.turn.holds:
                    lines.turn.holds.append(result.id)
        if run.asking:
            run.enter("asks", now)
        elif any(line.running for line in run.calls):
            run.enter("calling", now)
        if visible:
            self.draw(run)

    def begin(self, run: AnswerRun, answer: Message) -> None:
        """An answer ended in calls."""
        run.called, run.calls = answer, [line_of(call) for call in answer.tool_calls]

    def draw(self, run: AnswerRun) -> None:
        """Put the lines of a run on the page."""
        if run.calls and run.message_id is not None:
            self._transcript.update_turn(run.message_id, tool_calls=list(run.calls))

    def _line(self, run: AnswerRun, number: int) -> ToolLine:
        return run.calls[number] if number < len(run.calls) else ToolLine("tool")

    def _set(self, run: AnswerRun, number: int, line: ToolLine) -> None:
        if number < len(run.calls):
            run.calls[number] = line
