from __future__ import annotations

from contextlib import aclosing
from typing import Any

import httpx
import pytest

from oxen_tui.api.chat import (
    AnswerFinished,
    AnswerStarted,
    ChatCompletion,
    ChatDelta,
    ChatMessage,
    ChatRequest,
    KeptAlive,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)
from oxen_tui.api.client import Client
from oxen_tui.api.errors import (
    ApiError,
    BadRequest,
    CutOff,
    InvalidKey,
    ModelNotFound,
    NotAnApi,
    OutOfCredits,
    RateLimited,
    ServerFailed,
    TimedOut,
)
from oxen_tui.api.usage import Usage
from tests.api.network import Network, Pieces, ok, streamed
from tests.api.recorded import NAMES, stream

ASK = ChatRequest("claude-sonnet-5", (ChatMessage("user", "Do oxen moo?"),))
ID = "chatcmpl-7e1d4c52-90ab-4d3f-8a61-2f5b7c9d0e13"
COMPLETION: dict[str, Any] = {
    "id": "c",
    "model": "m",
    "choices": [
        {
            "message": {"role": "assistant", "content": "Moo.", "reasoning_content": "They do."},
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
}


async def chat(client: Client) -> tuple[list[ChatDelta], ApiError | None]:
    """All deltas, and the error the stream ended in."""
    deltas: list[ChatDelta] = []
    try:
        async with aclosing(client.stream_chat(ASK)) as answer:
            async for delta in answer:
                deltas.append(delta)
    except ApiError as error:
        return deltas, error
    return deltas, None


def text_of(deltas: list[ChatDelta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, TextDelta))


async def test_an_answer_streams() -> None:
    network = Network(streamed(stream("usage_late")))
    deltas, trouble = await chat(network.client())
    assert trouble is None
    assert deltas == [
        KeptAlive(),
        AnswerStarted(ID, "claude-sonnet-5"),
        TextDelta("The yoke holds — both 🐂🐂.", 3),
        AnswerFinished("stop"),
        UsageReported(Usage(18, 7, 25, cached_tokens=4)),
    ]
    assert network.asked == ["POST /api/ai/chat/completions"]
    assert network.sent() == {
        "model": "claude-sonnet-5",
        "messages": [{"role": "user", "content": "Do oxen moo?"}],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    assert network.requests[0].headers["accept-encoding"] == "identity"
    assert network.requests[0].extensions["timeout"]["read"] == 60


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["text/event-stream; charset=utf-8", "text/plain", "application/json", "text/html"])
async def test_a_stream_is_known_by_its_first_bytes_and_by_its_type(name: str, kind: str) -> None:
    body = stream(name)
    expected, _ = await chat(Network(streamed(body)).client())
    cut = [body[at : at + 3] for at in range(0, len(body), 3)]
    deltas, _ = await chat(Network(streamed(*cut, kind=kind)).client())
    assert deltas == expected  # what came without a pause is joined, however it was cut


async def test_a_server_that_does_not_stream_is_taken_at_its_word() -> None:
    deltas, trouble = await chat(Network(ok(COMPLETION)).client())
    assert trouble is None
    assert deltas == [
        AnswerStarted("c", "m"),
        ReasoningDelta("They do.", 1),
        TextDelta("Moo.", 1),
        AnswerFinished("stop"),
        UsageReported(Usage(1, 2, 3)),
    ]


async def test_a_whole_answer_may_call_tools() -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    answer = {"choices": [{"message": {"content": None, "tool_calls": [call]}, "finish_reason": "tool_calls"}]}
    deltas, _ = await chat(Network(ok(answer)).client())
    assert deltas == [AnswerStarted("", ""), ToolCallDelta(0, "c1", "f", "{}"), AnswerFinished("tool_calls")]


async def test_a_whole_answer_is_asked_for_without_a_stream() -> None:
    network = Network(ok({}, 500), ok(COMPLETION))
    completion = await network.client().complete_chat(ASK)
    assert completion == ChatCompletion("c", "m", "Moo.", "They do.", (), "stop", Usage(1, 2, 3))
    assert "stream" not in network.sent()
    with pytest.raises(NotAnApi):
        await Network(ok({"choices": []})).client().complete_chat(ASK)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (httpx.Response(200, html="<!DOCTYPE html><h1>Sign in</h1>"), NotAnApi),
        (httpx.Response(200, text="Ollama is running"), NotAnApi),
        (httpx.Response(200, text=""), NotAnApi),
        (ok({"hello": "there"}), NotAnApi),
        (ok({"error": {"message": "Model not found: ox"}}), ModelNotFound),
        (streamed(b"<html>", kind="text/event-stream"), NotAnApi),
        (streamed(b'{"error":{"type":"insufficient_credits","title":"None left"}}'), OutOfCredits),
        (ok({"error": {"message": "Invalid API key"}}, 401), InvalidKey),
        (ok({"error": {"message": "no"}}, 413), BadRequest),
    ],
)
async def test_an_answer_that_is_no_stream_says_what_it_is(reply: httpx.Response, kind: type[ApiError]) -> None:
    network = Network(reply)
    deltas, trouble = await chat(network.client())
    assert (deltas, type(trouble)) == ([], kind)
    assert len(network.requests) == 1


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (lambda _: ok({}, 429), RateLimited),
        (lambda _: ok({}, 529), ServerFailed),
        (lambda _: streamed(), CutOff),
        (lambda _: streamed(b": warming up\n\n"), CutOff),
        (lambda _: streamed(b'data: {"choices":[{"delta":{"role":"assistant"}}]}\n\n', httpx.ReadError("x")), CutOff),
        (lambda _: streamed(b'data: {"error":{"type":"overloaded_error","message":"busy"}}\n\n'), ServerFailed),
    ],
)
async def test_a_chat_that_produced_nothing_is_sent_again(reply: Any, kind: type[ApiError]) -> None:
    network = Network(reply)
    _, trouble = await chat(network.client())
    assert type(trouble) is kind
    assert len(network.requests) == 4
    assert network.pauses == [0.5, 1.0, 2.0]
    assert network.retries[0] == (kind.__name__, 1, 0.5)
    again = Network(reply, lambda _: streamed(stream("no_usage")))
    deltas, trouble = await chat(again.client())
    assert (text_of(deltas), trouble) == ("Plough.", None)


async def test_a_chat_that_produced_something_is_not_sent_again_and_keeps_it() -> None:
    for ending, kind in (
        ([stream("cut_off")], CutOff),
        ([stream("cut_off"), httpx.ReadError("gone")], CutOff),
        ([stream("cut_off"), httpx.RemoteProtocolError("peer closed connection")], CutOff),
        ([stream("cut_off"), httpx.ReadTimeout("silence")], TimedOut),
        ([stream("error_midway_message")], ServerFailed),
    ):
        network = Network(streamed(*ending))
        deltas, trouble = await chat(network.client())
        assert text_of(deltas)
        assert type(trouble) is kind
        assert len(network.requests) == 1


async def test_a_call_can_hear_of_its_own_retries() -> None:
    heard: list[int] = []
    network = Network(lambda _: ok({}, 500), lambda _: streamed(stream("no_usage")))
    client = network.client()
    async for _ in client.stream_chat(ASK, lambda error, attempt, seconds: heard.append(attempt)):
        pass
    assert (heard, network.retries) == ([1], [])


async def test_an_answer_that_was_finished_cannot_be_cut_off_any_more() -> None:
    finished = stream("no_done")
    for error in (httpx.ReadError("gone"), httpx.ReadTimeout("silence")):
        deltas, trouble = await chat(Network(streamed(finished, error)).client())
        assert (text_of(deltas), trouble) == ("Whole", None)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "stream_options is not supported"),
        (422, "body.stream_options: Extra inputs are not permitted"),
        (400, "Unknown field: include_usage"),
        (400, "Unrecognized request argument supplied: stream_options"),
        (400, "extra fields not permitted"),
        (400, ""),
    ],
)
async def test_a_server_that_refuses_to_be_asked_for_usage_is_not_asked_again(status: int, words: str) -> None:
    network = Network(ok({"error": {"message": words}}, status), lambda _: streamed(stream("no_usage")))
    client = network.client()
    assert text_of((await chat(client))[0]) == "Plough."
    assert ["stream_options" in network.sent(at) for at in (0, 1)] == [True, False]
    await chat(client)
    assert "stream_options" not in network.sent()
    assert len(network.requests) == 3
    assert network.pauses == []


async def test_a_refusal_that_stays_is_raised() -> None:
    network = Network(ok({"error": {"message": "unknown field: temperature"}}, 400))
    client = network.client()
    _, trouble = await chat(client)
    assert isinstance(trouble, BadRequest)
    assert len(network.requests) == 2
    await chat(client)
    assert "stream_options" in network.sent(2), "that refusal said nothing about usage"


async def test_a_server_that_took_the_question_for_usage_is_not_doubted() -> None:
    network = Network(lambda _: streamed(stream("usage_late")), ok({"error": {"message": "too long"}}, 400))
    client = network.client()
    await chat(client)
    _, trouble = await chat(client)
    assert isinstance(trouble, BadRequest)
    assert len(network.requests) == 2


async def test_leaving_an_answer_closes_it() -> None:
    body = Pieces(stream("usage_late"))
    network = Network(httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=body))
    answer = network.client().stream_chat(ASK)
    await anext(answer)
    await answer.aclose()
    assert body.closed


async def test_any_compatible_server_can_be_asked_without_a_key() -> None:
    network = Network(streamed(stream("no_usage")))
    deltas, _ = await chat(network.client("http://127.0.0.1:1234/v1", None))
    assert text_of(deltas) == "Plough."
    assert network.asked == ["POST /v1/chat/completions"]
    assert "authorization" not in network.requests[0].headers
