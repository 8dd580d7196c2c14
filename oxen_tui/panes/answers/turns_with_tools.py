"""Answers with tools as turns: each call is a fold line of the answer that made it, with what came of it.

What a tool found is a message of its own in the store, and the answers before and after it are two. On screen the
result stands in its call, and an answer that goes on from results goes on without a head, as one reading.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from oxen_tui.api.json_values import parse_json
from oxen_tui.panes.answers.turns import closing_note, turn_of
from oxen_tui.store.message import Ending, Message
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.transcript.turn import ToolLine, Turn
from oxen_tui.widgets.wording import counted

if TYPE_CHECKING:
    from oxen_tui.api.tool_call import ToolCall

_LONGEST_SUMMARY = 40
"""Characters of a result that stand in its fold line."""


class AnswerTurns:
    """Makes the turns of the conversation on screen, and knows which answers called tools."""

    def __init__(self) -> None:
        self._calling: dict[int, Message] = {}
        """Answers that called tools, by their ids."""
        self._turns: dict[int, Turn] = {}
        """Their turns."""
        self._answer_of: dict[int, int] = {}
        """The answers by the ids of their results."""

    def clear(self) -> None:
        """Another conversation is shown, or another branch of it."""
        self._calling, self._turns, self._answer_of = {}, {}, {}

    def of_path(self, messages: Iterable[Message]) -> list[Turn]:
        """Turns for a part of a path; results of tools go into turns that were made before."""
        turns = []
        for message in messages:
            answer_id = self._answer_for(message)
            if message.role != "tool" or answer_id is None:
                turns.append(self.of(message))
            else:
                turn = self._turns[answer_id]
                turn.holds.append(message.id)
                self.hold(answer_id, message)
                for number, call in enumerate(self._calling[answer_id].tool_calls):
                    if call.id == message.tool_call_id:
                        failed = message.ending is Ending.FAILED
                        turn.tool_calls[number] = line_of(call, message.text, failed, message.seconds)
                turn.note = ""
        return turns

    def of(self, message: Message) -> Turn:
        """The turn of a question or an answer."""
        turn = turn_of(message)
        turn.tool_calls = [line_of(call) for call in message.tool_calls]
        if message.tool_calls:
            self._calling[message.id] = message
            self._turns[message.id] = turn
            if message.ending is Ending.TOOL_CALLS:
                turn.note = ""
        before = self.before(message)
        if before:
            if before[-1].model == message.model:
                turn.label = turn.time = ""
            turn.note = turn.note and closing_note(message, before)
        return turn

    def before(self, message: Message) -> list[Message]:
        """The answers of which this one goes on, oldest first: those whose tools' results it follows."""
        before: list[Message] = []
        parent = message.parent_id
        while parent is not None and (answer_id := self._answer_of.get(parent)) is not None:
            answer = self._calling[answer_id]
            before.insert(0, answer)
            parent = answer.parent_id
        return before

    def hold(self, answer_id: int, result: Message) -> None:
        """A result is shown in the turn of the answer that called for it."""
        self._answer_of[result.id] = answer_id

    def calling(self, message_id: int) -> Message | None:
        """An answer that called tools."""
        return self._calling.get(message_id)

    def turn_with(self, message_id: int | None) -> int | None:
        """The turn in which a message is shown."""
        return message_id if message_id is None else self._answer_of.get(message_id, message_id)

    def _answer_for(self, result: Message) -> int | None:
        """The answer that a result belongs to, by what it follows: the answer, or the result before."""
        if result.parent_id in self._calling:
            return result.parent_id
        return None if result.parent_id is None else self._answer_of.get(result.parent_id)


def line_of(
    call: ToolCall, result: str | None = None, failed: bool = False, seconds: float | None = None
) -> ToolLine:
    """A call as a fold line; with what came of it, where that is known."""
    detail = _arguments(call.arguments)
    if result is not None:
        detail = f"{detail}\n\n{result}" if detail else result
    return ToolLine(
        name=call.name or "tool",
        arguments=in_one_line(call.arguments),
        result="" if result is None else summary_of(result),
        seconds=seconds,
        failed=failed,
        detail=detail,
    )


def summary_of(result: str) -> str:
    """A result in a few words: its first line or sentence, if that is short, else how long it is."""
    first, _, rest = result.strip().partition("\n")
    first = first.strip().rstrip(":.")
    sentence, stop, _ = first.partition(". ")
    if stop and len(sentence) <= _LONGEST_SUMMARY:
        return sentence
    if first and len(first) <= _LONGEST_SUMMARY:
        return first
    if not rest:
        return f"{first[: _LONGEST_SUMMARY - 1].rstrip()}…"
    return counted(len(result.strip().splitlines()), "line")


def in_one_line(written: str, most: int = 300) -> str:
    """Arguments for the eye: `kind=video accepts=image`; as they are written where they are no table (yet)."""
    try:
        value = parse_json(written) if written.strip() else {}
    except ValueError:
        return " ".join(written[: most * 2].split())[:most]
    if not isinstance(value, dict):
        return " ".join(written[: most * 2].split())[:most]
    return "  ".join(f"{name}={_short(each)}" for name, each in value.items())[:most]


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(text[:400].split())


def open_note(has_results: bool) -> str:
    """What stands under an answer whose tools were called and that was not gone on from."""
    return f"{glyph('cancelled')} stopped · c goes on" if has_results else f"{glyph('cancelled')} not run · c runs it"


def running_line(line: ToolLine, words: str = "") -> ToolLine:
    """A line whose call runs, or waits for the user."""
    return replace(line, running=True, result=words)


def _arguments(written: str) -> str:
    """Arguments to read: one to a line."""
    try:
        value = parse_json(written) if written.strip() else {}
    except ValueError:
        return written
    if not isinstance(value, dict):
        return written
    return "\n".join(
        f"{name}: {each if isinstance(each, str) else json.dumps(each, ensure_ascii=False, indent=2)}"
        for name, each in value.items()
    )
