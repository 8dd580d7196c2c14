from __future__ import annotations

from typing import Any

from hypothesis import given

from oxen_tui.api.chat import (
    ChatCompletion,
    ChatMessage,
    ChatRequest,
    FilePart,
    MediaPart,
    TextPart,
)
from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage
from tests.api.anything import JSON, objects


def test_a_request_holds_what_was_set_and_nothing_else() -> None:
    request = ChatRequest("ox", (ChatMessage("user", "Hi"),), {"temperature": 0, "top_p": None})
    plain = {"model": "ox", "messages": [{"role": "user", "content": "Hi"}], "temperature": 0}
    assert request.to_json(stream=False, include_usage=True) == plain
    assert request.to_json(stream=True, include_usage=False) == {**plain, "stream": True}
    assert request.to_json(stream=True, include_usage=True)["stream_options"] == {"include_usage": True}


def test_parameters_cannot_take_the_place_of_the_request() -> None:
    request = ChatRequest("ox", (), {"model": "other", "messages": "none"})
    assert request.to_json(stream=False, include_usage=False) == {"model": "ox", "messages": []}


def test_parts_are_written_as_the_contract_has_them() -> None:
    message = ChatMessage(
        "user",
        (
            MediaPart("image_url", "data:image/png;base64,AA=="),
            FilePart("a.pdf", "data:application/pdf;base64,AA=="),
            FilePart(file_url="https://x/a.pdf"),
            TextPart("What is it?"),
        ),
    )
    assert message.to_json() == {
        "role": "user",
        "content": [
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}},
            {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,AA=="}},
            {"type": "file", "file": {"file_url": "https://x/a.pdf"}},
            {"type": "text", "text": "What is it?"},
        ],
    }


def test_a_system_message_is_always_a_string() -> None:
    assert ChatMessage("system", (TextPart("a"), TextPart("b"))).to_json()["content"] == "a\n\nb"


def test_tool_calls_and_their_answers_are_written() -> None:
    call = ToolCall("call_1", "count_herd", '{"of":"oxen"}')
    asked = ChatMessage("assistant", None, (call,)).to_json()
    assert asked["content"] is None
    assert ToolCall.from_json(asked["tool_calls"][0]) == call
    assert ChatMessage("tool", "2", tool_call_id="call_1").to_json() == {
        "role": "tool",
        "content": "2",
        "tool_call_id": "call_1",
    }


def test_usage_is_read_in_either_style() -> None:
    assert Usage.from_json(
        {
            "prompt_tokens": 3,
            "completion_tokens": "5",
            "total_tokens": 8,
            "prompt_tokens_details": {"cached_tokens": 2},
            "completion_tokens_details": {"reasoning_tokens": 1},
            "cost": "0.01",
        }
    ) == Usage(3, 5, 8, 2, 1, 0.01)
    assert Usage.from_json({"input_tokens": 3, "output_tokens": 5, "cache_read_input_tokens": 2}) == Usage(
        3, 5, None, 2
    )


def test_a_whole_answer_is_read() -> None:
    answer = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": "claude-sonnet-5",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": "Moo."}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15},
    }
    assert ChatCompletion.from_json(answer) == ChatCompletion(
        "chatcmpl-1", "claude-sonnet-5", "Moo.", "", (), "stop", Usage(12, 3, 15)
    )


def test_a_whole_answer_may_call_tools_reason_in_tags_and_leave_out_the_rest() -> None:
    call = {"id": "call_1", "index": 0, "type": "function", "function": {"name": "f", "arguments": "{}"}}
    called = ChatCompletion.from_json({"choices": [{"message": {"content": None, "tool_calls": [call]}}]})
    assert called == ChatCompletion("", "", "", "", (ToolCall("call_1", "f", "{}"),), None, None)
    thought = ChatCompletion.from_json({"choices": [{"message": {"content": "<think>why</think>\nso\x1b"}}]})
    assert (thought.reasoning, thought.text) == ("why", "so␛")


@given(objects("id", "choices", "usage", "model"), objects("message", "delta", "finish_reason"), JSON)
def test_no_json_makes_the_reading_of_an_answer_fail(answer: Any, choice: Any, message: Any) -> None:
    ChatCompletion.from_json(answer)
    ChatCompletion.from_json({"choices": [choice]})
    ChatCompletion.from_json({"choices": [{"message": message}], "usage": message})
    Usage.from_json(message)
    ToolCall.from_json(message)
