from __future__ import annotations

from datetime import UTC, datetime

from oxen_tui.services.conversation_history import GO_ON, history, history_to_continue
from oxen_tui.store.message import Ending, Message


def _message(role: str, text: str, ending: Ending = Ending.DONE, reasoning: str = "") -> Message:
    return Message(
        id=1,
        conversation_id=1,
        parent_id=None,
        role=role,
        text=text,
        reasoning=reasoning,
        reasoning_seconds=None,
        tool_calls=(),
        model="m",
        ending=ending,
        trouble="",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        seconds=None,
        first_token_seconds=None,
        usage=None,
        cost=None,
        sibling=1,
        siblings=1,
    )


def _sent(*path: Message, prompt: str = "") -> list[tuple[str, object]]:
    return [(message.role, message.content) for message in history(path, prompt)]


def test_questions_and_answers_are_sent_in_their_order() -> None:
    assert _sent(_message("user", "a"), _message("assistant", "A"), _message("user", "b")) == [
        ("user", "a"),
        ("assistant", "A"),
        ("user", "b"),
    ]


def test_a_system_prompt_comes_first_and_as_a_string() -> None:
    assert _sent(_message("user", "a"), prompt="Be brief.") == [("system", "Be brief."), ("user", "a")]
    assert _sent(_message("user", "a"), prompt=" \n") == [("user", "a")]


def test_reasoning_is_not_sent_back() -> None:
    assert _sent(_message("user", "a"), _message("assistant", "A", reasoning="hm")) == [
        ("user", "a"),
        ("assistant", "A"),
    ]


def test_an_answer_that_was_cut_off_is_sent() -> None:
    assert _sent(_message("user", "a"), _message("assistant", "Half", Ending.CUT_OFF)) == [
        ("user", "a"),
        ("assistant", "Half"),
    ]


def test_where_no_answer_came_the_questions_are_joined() -> None:
    assert _sent(
        _message("user", "a"),
        _message("assistant", "", Ending.FAILED),
        _message("user", "b"),
        _message("assistant", "", Ending.DONE, reasoning="only thought"),
        _message("user", "c"),
    ) == [("user", "a\n\nb\n\nc")]


def test_to_continue_an_answer_it_is_sent_with_the_request_to_go_on() -> None:
    sent = history_to_continue((_message("user", "a"), _message("assistant", "Hal", Ending.CUT_OFF)))
    assert [(message.role, message.content) for message in sent] == [
        ("user", "a"),
        ("assistant", "Hal"),
        ("user", GO_ON),
    ]


def test_to_continue_an_answer_that_never_began_the_question_is_sent_again() -> None:
    sent = history_to_continue((_message("user", "a"), _message("assistant", "", Ending.STOPPED)))
    assert [(message.role, message.content) for message in sent] == [("user", "a")]
