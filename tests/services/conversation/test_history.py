from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from oxen_tui.api.chat import ChatMessage, MediaPart, TextPart
from oxen_tui.api.tool_call import ToolCall
from oxen_tui.services.conversation.history import GO_ON, history, history_to_continue
from oxen_tui.store.attachment import Attachment
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


def test_a_call_is_sent_with_its_result() -> None:
    call = ToolCall("call_1", "clock", "{}")
    asked = replace(_message("assistant", "", Ending.TOOL_CALLS), tool_calls=(call,))
    found = replace(_message("tool", "14:02"), tool_call_id="call_1")
    assert history([_message("user", "When?"), asked, found]) == (
        ChatMessage("user", "When?"),
        ChatMessage("assistant", None, (call,)),
        ChatMessage("tool", "14:02", tool_call_id="call_1"),
    )


def test_a_call_without_its_result_is_not_sent_nor_a_result_without_its_call() -> None:
    calls = (ToolCall("call_1", "clock", "{}"), ToolCall("call_2", "clock", "{}"))
    asked = replace(_message("assistant", "I look.", Ending.TOOL_CALLS), tool_calls=calls)
    found = replace(_message("tool", "14:02"), tool_call_id="call_1")
    assert _sent(_message("user", "When?"), asked, found, _message("user", "So?")) == [
        ("user", "When?"),
        ("assistant", "I look."),
        ("user", "So?"),
    ]
    assert _sent(_message("user", "When?"), found) == [("user", "When?")]


def test_what_a_question_carries_stands_before_its_text() -> None:
    picture = MediaPart("image_url", "https://example.com/a.png")
    assert history([_message("user", "What is it?")], "", {1: [picture]}) == (
        ChatMessage("user", (picture, TextPart("What is it?"))),
    )
    assert history([_message("user", "")], "", {1: [picture]}) == (ChatMessage("user", (picture,)),)


def test_what_was_asked_of_a_model_that_makes_pictures_is_told_to_others() -> None:
    asked = replace(_message("user", "/image an ox"), attachments=(Attachment("job", "wren", job_id=4),))
    assert [message.content for message in history([asked, _message("user", "Nice?")])] == [
        "(I asked wren for this image, which you are not shown: an ox)\n\nNice?"
    ]
