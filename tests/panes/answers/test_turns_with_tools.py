"""Answers that called tools, as turns: one reading, with results in their calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage
from oxen_tui.panes.answers.turns_with_tools import AnswerTurns, in_one_line, summary_of
from oxen_tui.store.message import Ending, Message

CALLS = (ToolCall("c0", "look", '{"at": "six"}'), ToolCall("c1", "look", "{broken"))


def message(id_: int, role: str, text: str = "", **more: Any) -> Message:
    made = Message(
        id=id_,
        conversation_id=1,
        parent_id=id_ - 1 if id_ > 1 else None,
        role=role,
        text=text,
        reasoning="",
        reasoning_seconds=None,
        tool_calls=(),
        model="heron",
        ending=Ending.DONE,
        trouble="",
        created_at=datetime(2026, 11, 22, 14, 2, tzinfo=UTC),
        seconds=2.0,
        first_token_seconds=None,
        usage=Usage(completion_tokens=10),
        cost=0.01,
        sibling=1,
        siblings=1,
    )
    return replace(made, **more)


PATH = [
    message(1, "user", "Question"),
    message(2, "assistant", tool_calls=CALLS, ending=Ending.TOOL_CALLS),
    message(3, "tool", "7 found:\na\nb", tool_call_id="c0", seconds=0.8),
    message(4, "tool", "The tide is out.", tool_call_id="c1", ending=Ending.FAILED, seconds=0.1),
    message(5, "assistant", "Done."),
]


def test_results_stand_in_the_calls_of_the_answer_that_made_them() -> None:
    question, calling, last = AnswerTurns().of_path(PATH)

    first, second = calling.tool_calls
    assert (first.name, first.arguments, first.result, first.seconds, first.failed) == (
        *("look", "at=six", "7 found", 0.8, False),
    )
    assert first.detail == "at: six\n\n7 found:\na\nb"
    assert (second.arguments, second.result, second.failed) == ("{broken", "The tide is out", True)
    assert calling.holds == [3, 4]
    assert (question.id, last.id) == (1, 5)


def test_an_answer_that_goes_on_has_no_head_and_closes_for_all_of_them() -> None:
    _, calling, last = AnswerTurns().of_path(PATH)

    assert (calling.label, calling.note) == ("heron", "")
    assert (last.label, last.time) == ("", "")
    assert last.note == "20 tokens · ~$0.02 · 4.0 s"


def test_an_answer_of_another_model_keeps_its_head() -> None:
    _, _, last = AnswerTurns().of_path([*PATH[:4], replace(PATH[4], model="kite")])
    assert last.label == "kite"


def test_a_path_may_come_in_slices_cut_anywhere() -> None:
    for cut in range(1, 5):
        turns = AnswerTurns()
        made = [*turns.of_path(PATH[:cut]), *turns.of_path(PATH[cut:])]
        assert [turn.id for turn in made] == [1, 2, 5]
        assert [line.result for line in made[1].tool_calls] == ["7 found", "The tide is out"]


def test_a_message_is_found_in_the_turn_that_shows_it() -> None:
    turns = AnswerTurns()
    turns.of_path(PATH)
    assert [turns.turn_with(number) for number in (1, 3, 4, 5)] == [1, 2, 2, 5]
    assert [answer.id for answer in turns.before(PATH[4])] == [2]


def test_a_result_whose_answer_is_not_there_is_a_turn_of_its_own() -> None:
    assert [turn.role for turn in AnswerTurns().of_path(PATH[2:])] == ["tool", "tool", "assistant"]


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("84", "84"),
        ("7 found:\na\nb", "7 found"),
        ("The user did not allow this call. Do not make it again.", "The user did not allow this call"),
        ("x" * 50, f"{'x' * 39}…"),
        ("\n".join(["y" * 50] * 3), "3 lines"),
        ("", "…"),
    ],
)
def test_a_result_is_summed_up_in_a_few_words(result: str, words: str) -> None:
    assert summary_of(result) == words


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('{"kind": "video", "max": 1.5, "tags": ["a", "b"]}', 'kind=video  max=1.5  tags=["a", "b"]'),
        ("", ""),
        ('{"kind": "vi', '{"kind": "vi'),
        ("[1,\n 2]", "[1, 2]"),
        ('{"text": "two\\nlines"}', "text=two lines"),
    ],
)
def test_arguments_are_shown_in_one_line(written: str, line: str) -> None:
    assert in_one_line(written) == line
