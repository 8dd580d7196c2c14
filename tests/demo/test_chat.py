"""Chat completions on the wire: framing, checks, reasoning, tools, faults (contract section 3)."""

from __future__ import annotations

import asyncio
import base64
import json

import pytest

from tests.demo.conftest import Make, Wire, chunks, deltas, picture

TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Weather of a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
OTHER = {"type": "function", "function": {"name": "find_ferry", "parameters": {"type": "object", "properties": {}}}}


async def test_a_whole_answer_has_the_documented_shape(wire: Wire) -> None:
    body = (await wire.chat("hello")).json()
    assert body["id"].startswith("chatcmpl-")
    assert (body["object"], body["model"]) == ("chat.completion", "plain")
    (choice,) = body["choices"]
    assert choice["finish_reason"] == "stop"
    assert "demo service" in choice["message"]["content"]
    usage = body["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


async def test_a_stream_is_role_then_content_then_finish_then_done(wire: Wire) -> None:
    answer = await wire.chat("explain tides", stream=True)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.endswith("data: [DONE]\n\n")
    parts = chunks(answer)
    assert {part["object"] for part in parts} == {"chat.completion.chunk"}
    assert len({part["id"] for part in parts}) == 1
    choices = [part["choices"][0] for part in parts]  # type: ignore[index]
    assert choices[0]["delta"] == {"role": "assistant", "content": ""}
    assert all(set(choice["delta"]) == {"content"} for choice in choices[1:-1])
    assert (choices[-1]["delta"], choices[-1]["finish_reason"]) == ({}, "stop")
    whole = (await wire.chat("explain tides")).json()["choices"][0]["message"]["content"]
    assert deltas(answer) == whole


async def test_usage_comes_late_and_only_when_asked_for(wire: Wire) -> None:
    without = await wire.chat("hello", stream=True)
    assert not any("usage" in part for part in chunks(without))
    with_usage = chunks(await wire.chat("hello", stream=True, stream_options={"include_usage": True}))
    assert with_usage[-1]["choices"] == []
    assert with_usage[-1]["usage"]["completion_tokens"] > 10  # type: ignore[index]
    assert not any("usage" in part for part in with_usage[:-1])


async def test_thoughts_come_in_the_field_of_the_model(wire: Wire) -> None:
    streamed = await wire.chat("explain tides", model="thinker", stream=True, stream_options={"include_usage": True})
    thought = deltas(streamed, "reasoning_content")
    assert "demo" in thought
    usage = chunks(streamed)[-1]["usage"]
    assert usage["completion_tokens_details"]["reasoning_tokens"] > 10  # type: ignore[index]
    tagged = deltas(await wire.chat("explain tides", model="tagger", stream=True))
    assert tagged.startswith("<think>\n")
    assert "</think>\n\n" in tagged
    detailed = await wire.chat("explain tides", model="detailer", stream=True)
    pieces = [part["choices"][0]["delta"].get("reasoning_details") for part in chunks(detailed)]  # type: ignore[index]
    assert any(piece and piece[0]["text"] for piece in pieces)
    assert deltas(await wire.chat("think about tides", stream=True), "reasoning_content")
    message = (await wire.chat("explain tides", model="thinker")).json()["choices"][0]["message"]
    assert message["reasoning_content"] == thought


async def test_tool_calls_come_in_pieces_that_join_to_json(wire: Wire) -> None:
    answer = await wire.chat("weather in Paris and the ferry?", tools=[TOOL, OTHER], stream=True)
    calls: dict[int, dict[str, str]] = {}
    order = []
    for part in chunks(answer):
        for piece in part["choices"][0]["delta"].get("tool_calls", []):  # type: ignore[index]
            call = calls.setdefault(piece["index"], {"name": "", "arguments": "", "id": ""})
            call["id"] += piece.get("id", "")
            call["name"] += piece["function"].get("name", "")
            call["arguments"] += piece["function"]["arguments"]
            order.append(piece["index"])
    assert [call["name"] for call in calls.values()] == ["get_weather", "find_ferry"]
    assert json.loads(calls[0]["arguments"]) == {"city": "Paris"}
    assert order[:3] == [0, 1, 0]
    assert chunks(answer)[-1]["choices"][0]["finish_reason"] == "tool_calls"  # type: ignore[index]


async def test_tool_choice_is_obeyed(wire: Wire) -> None:
    async def called(**more: object) -> list[str]:
        body = (await wire.chat("weather in Paris and ferries", tools=[TOOL, OTHER], **more)).json()
        message = body["choices"][0]["message"]
        return [call["function"]["name"] for call in message.get("tool_calls", [])]

    assert await called(tool_choice="none") == []
    assert await called(tool_choice={"type": "function", "function": {"name": "find_ferry"}}) == ["find_ferry"]
    assert await called(parallel_tool_calls=False) == ["get_weather"]


async def test_an_answer_after_tool_results_uses_them(wire: Wire) -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "get_weather", "arguments": "{}"}}
    messages = [
        {"role": "user", "content": "Weather in Paris?"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": '{"celsius": 17}'},
    ]
    body = (await wire.chat("", messages=messages, tools=[TOOL])).json()
    content = body["choices"][0]["message"]["content"]
    assert "| celsius | 17 |" in content
    assert "get_weather" in content


async def test_a_picture_is_truly_looked_at(wire: Wire) -> None:
    url = f"data:image/png;base64,{base64.b64encode(picture('#ce3030', (400, 100))).decode()}"
    parts = [{"type": "image_url", "image_url": {"url": url}}, {"type": "text", "text": "What is this?"}]
    body = (await wire.chat("", messages=[{"role": "user", "content": parts}])).json()
    content = body["choices"][0]["message"]["content"]
    assert "400 × 100" in content
    assert "**red**" in content
    assert "darkest at the top right" in content
    assert body["usage"]["prompt_tokens"] > 85


async def test_max_tokens_ends_the_answer_with_length(wire: Wire) -> None:
    answer = await wire.chat("a long story", stream=True, max_tokens=20, stream_options={"include_usage": True})
    assert chunks(answer)[-2]["choices"][0]["finish_reason"] == "length"  # type: ignore[index]
    assert chunks(answer)[-1]["usage"]["completion_tokens"] == 20  # type: ignore[index]


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"model": None}, 400, "You must specify a model to call"),
        ({"model": "nope"}, 404, "Model not found: nope"),
        ({"model": "painter"}, 400, "cannot chat"),
        ({"messages": []}, 400, "Messages array cannot be empty"),
        ({"messages": "hello"}, 400, "Messages array cannot be empty"),
        ({"messages": [{"role": "owl", "content": "x"}]}, 400, "role"),
        ({"messages": [{"role": "user"}]}, 400, "content"),
        ({"messages": [{"role": "tool", "content": "x"}]}, 400, "tool_call_id"),
        ({"messages": [{"role": "user", "content": [{"type": "smell"}]}]}, 400, "part type"),
        ({"temperature": 2.5}, 400, "temperature"),
        ({"top_p": "1"}, 400, "top_p"),
        ({"max_tokens": 0}, 400, "max_tokens"),
        ({"model": "picky", "frequency_penalty": 0.5}, 400, "frequency_penalty is not supported by picky"),
        ({"model": "picky", "stream_options": {"include_usage": True}}, 400, "stream_options"),
        ({"model": "picky", "reasoning_effort": "low"}, 400, "reasoning_effort"),
        ({"tools": [{"type": "function", "function": {}}]}, 400, "name"),
    ],
)
async def test_a_bad_request_is_refused_with_its_reason(
    wire: Wire, body: dict[str, object], status: int, words: str
) -> None:
    answer = await wire.chat("hello", **body)
    assert answer.status_code == status
    assert words in answer.text


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}, "cannot be read|not a picture"),
        ({"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}, "403 Client Error"),
        ({"type": "file", "file": {}}, "exactly one"),
        (
            {"type": "file", "file": {"file_data": "data:image/tiff;base64,AAAA"}},
            "Unsupported file type 'image/tiff'",
        ),
    ],
)
async def test_an_attachment_that_cannot_be_used_is_an_invalid_file_input(
    wire: Wire, part: dict[str, object], words: str
) -> None:
    answer = await wire.chat("", messages=[{"role": "user", "content": [part, {"type": "text", "text": "?"}]}])
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_file_input"
    assert any(word in answer.text for word in words.split("|"))
    blind = await wire.chat("", model="thinker", messages=[{"role": "user", "content": [part]}])
    assert blind.status_code == 400


async def test_a_model_that_fails_now_and_then_does_so_every_nth_time(wire: Wire) -> None:
    states = [(await wire.chat("hello", model="flaky")).status_code for _ in range(4)]
    assert states == [200, 502, 200, 502]


async def test_a_status_asked_for_is_answered_and_with_once_only_once(wire: Wire) -> None:
    limited = await wire.chat("fault: 429 7")
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "7")
    assert (await wire.chat("fault: 402")).json()["error"]["type"] == "insufficient_credits"
    assert [(await wire.chat("fault: 503 once")).status_code for _ in range(2)] == [503, 200]


async def test_streams_end_badly_on_request(wire: Wire) -> None:
    hung_up = await wire.chat("fault: hang up", stream=True)
    assert "[DONE]" not in hung_up.text
    assert not any(part["choices"][0]["finish_reason"] for part in chunks(hung_up))  # type: ignore[index]
    no_done = await wire.chat("fault: no done", stream=True)
    assert "[DONE]" not in no_done.text
    assert chunks(no_done)[-1]["choices"][0]["finish_reason"] == "stop"  # type: ignore[index]
    broken = chunks(await wire.chat("fault: error midway", stream=True))
    assert broken[-1]["error"]["type"] == "upstream"  # type: ignore[index]
    page = await wire.chat("fault: html", stream=True)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")


async def test_odd_answers_come_on_request(wire: Wire) -> None:
    hostile = deltas(await wire.chat("fault: escape", stream=True))
    assert "\x1b]52;c;" in hostile
    assert "\x9b2J" in hostile
    assert "[@click=app.quit]" in hostile
    filtered = chunks(await wire.chat("fault: content_filter", stream=True))
    assert filtered[-1]["choices"][0]["finish_reason"] == "content_filter"  # type: ignore[index]
    odd = chunks(await wire.chat("fault: unknown finish", stream=True))
    assert odd[-1]["choices"][0]["finish_reason"] == "moonrise"  # type: ignore[index]
    assert deltas(await wire.chat("fault: empty", stream=True)) == ""
    noisy = await wire.chat("fault: noise", stream=True)
    assert "data: {broken\n" in noisy.text
    assert deltas(noisy) == (await wire.chat("fault: noise")).json()["choices"][0]["message"]["content"]
    usage = {"stream": True, "stream_options": {"include_usage": True}}
    assert not any("usage" in part for part in chunks(await wire.chat("fault: no usage", **usage)))


async def test_an_answer_is_written_at_the_pace_of_the_model(make: Make) -> None:
    wire = await make(pace=1.0)
    call = asyncio.create_task(wire.chat("fault: slow", stream=True))
    await wire.clock.advance(0.1)
    assert wire.demo.chat.generations.tokens == 0
    await wire.clock.advance(0.4)
    for _ in range(9):
        await wire.clock.advance(0.5)
    assert wire.demo.chat.generations.tokens == 10
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)


async def test_a_conversation_is_remembered_and_counts_as_cached(wire: Wire) -> None:
    messages = [
        {"role": "user", "content": "Where do oxen sleep?"},
        {"role": "assistant", "content": "Outside."},
        {"role": "user", "content": "And what did I ask first?"},
    ]
    body = (await wire.chat("", messages=messages)).json()
    assert "> Where do oxen sleep?" in body["choices"][0]["message"]["content"]
    assert body["usage"]["prompt_tokens_details"]["cached_tokens"] > 0


async def test_a_conversation_longer_than_the_context_is_refused(wire: Wire) -> None:
    wire.demo.shelf.get("plain").entry["context_length"] = 30
    assert (await wire.chat("short")).status_code == 200
    refused = await wire.chat("long " * 40)
    assert refused.status_code == 400
    assert "maximum context length is 30 tokens" in refused.json()["error"]["message"]
