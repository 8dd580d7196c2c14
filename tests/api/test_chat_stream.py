from __future__ import annotations

from collections.abc import Iterable

import pytest

from oxen_tui.api.chat import (
    AnswerFinished,
    AnswerStarted,
    ChatCompletion,
    ChatDelta,
    KeptAlive,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)
from oxen_tui.api.chat_stream import ChatStreamParser, deltas_of
from oxen_tui.api.errors import ApiError, CutOff, ModelNotFound, RateLimited, ServerFailed
from oxen_tui.api.event_stream import EventDecoder
from oxen_tui.api.tool_call import ToolCall
from oxen_tui.api.usage import Usage
from tests.api.recorded import NAMES, stream

ID = "chatcmpl-7e1d4c52-90ab-4d3f-8a61-2f5b7c9d0e13"


def read(chunks: Iterable[bytes]) -> tuple[list[ChatDelta], ApiError | None]:
    decoder, parser = EventDecoder(), ChatStreamParser()
    deltas = [delta for chunk in chunks for delta in parser.feed(decoder.feed(chunk))]
    deltas += [*parser.feed(decoder.finish()), *parser.finish()]
    return deltas, parser.trouble


def recorded(name: str) -> list[ChatDelta]:
    deltas, trouble = read([stream(name)])
    assert trouble is None
    return deltas


def said(deltas: list[ChatDelta]) -> tuple[str, str, dict[int, str], list[ChatDelta]]:
    """Text, reasoning, tool calls and all other deltas: what must not depend on how the stream was cut."""
    calls: dict[int, str] = {}
    for delta in deltas:
        if isinstance(delta, ToolCallDelta):
            calls[delta.index] = calls.get(delta.index, "") + delta.id + delta.name + delta.arguments
    return (
        "".join(delta.text for delta in deltas if isinstance(delta, TextDelta)),
        "".join(delta.text for delta in deltas if isinstance(delta, ReasoningDelta)),
        calls,
        [delta for delta in deltas if isinstance(delta, AnswerStarted | AnswerFinished)],
    )


def test_text_of_one_read_is_one_delta_and_usage_may_come_late() -> None:
    assert recorded("usage_late") == [
        KeptAlive(),
        AnswerStarted(ID, "claude-sonnet-5"),
        TextDelta("The yoke holds — both 🐂🐂.", 3),
        AnswerFinished("stop"),
        UsageReported(Usage(18, 7, 25, cached_tokens=4)),
    ]


def test_usage_on_the_last_chunk_counts() -> None:
    assert recorded("usage_on_last_chunk")[-2:] == [AnswerFinished("stop"), UsageReported(Usage(3, 2, 5))]


def test_usage_on_every_chunk_is_reported_once_a_read() -> None:
    assert [d for d in recorded("usage_on_every_chunk") if isinstance(d, UsageReported)] == [
        UsageReported(Usage(3, 2))
    ]


def test_a_stream_may_hold_no_usage_no_closing_mark_or_no_finish_reason() -> None:
    assert recorded("no_usage")[-1] == AnswerFinished("stop")
    assert recorded("no_done") == [AnswerStarted("", ""), TextDelta("Whole", 1), AnswerFinished("stop")]
    assert recorded("no_finish_reason") == [AnswerStarted("", "gemini-4-flash"), TextDelta("Only the mark", 1)]


def test_a_stream_that_ends_with_neither_is_cut_off_and_keeps_its_text() -> None:
    deltas, trouble = read([stream("cut_off")])
    assert deltas[-1] == TextDelta("I was about to ", 1)
    assert isinstance(trouble, CutOff)
    assert isinstance(read([])[1], CutOff)


@pytest.mark.parametrize(("name", "reason"), [("length", "length"), ("filtered", "content_filter")])
def test_finish_reasons_are_passed_on(name: str, reason: str) -> None:
    assert recorded(name)[-1] == AnswerFinished(reason)


def test_pieces_of_tool_calls_are_told_apart_by_their_index() -> None:
    deltas = recorded("tools_in_parallel")
    assert deltas[1:] == [
        ToolCallDelta(0, "call_field", "read_field", '{"acre":'),
        ToolCallDelta(1, "call_herd", "count_herd", ""),
        ToolCallDelta(0, "", "", "7}"),
        ToolCallDelta(1, "", "", '{"of":"oxen"}'),
        AnswerFinished("tool_calls"),
    ]


def test_pieces_without_an_index_belong_to_the_first_call_until_another_id_comes() -> None:
    assert recorded("tools_without_index")[1:-1] == [
        ToolCallDelta(0, "call_field", "read_field", '{"acre":7}'),
        ToolCallDelta(1, "call_herd", "count_herd", '{"of": "oxen"}'),
    ]


@pytest.mark.parametrize(
    ("name", "reasoning", "text"),
    [
        ("reasoning_content", "Two oxen, one plough.", "Three."),
        ("reasoning_field", "Weighing", "600 kg"),
        ("reasoning_details", "By hand", "Done"),
        ("think_tags", "slow and steady", "It wins."),
    ],
)
def test_reasoning_is_found_in_each_of_its_places(name: str, reasoning: str, text: str) -> None:
    assert said(recorded(name))[:2] == (text, reasoning)


def test_reasoning_and_answer_are_deltas_of_their_own() -> None:
    deltas = recorded("reasoning_content")
    assert deltas[1:3] == [ReasoningDelta("Two oxen, one plough.", 2), TextDelta("Three.", 1)]
    assert deltas[-1] == UsageReported(Usage(9, 30, reasoning_tokens=27))


@pytest.mark.parametrize(
    ("name", "kind", "text", "words"),
    [
        ("error_midway", ServerFailed, "The first furrow", "the upstream went away (The provider failed)"),
        ("error_midway_message", ServerFailed, "Half a", "Getting model response error: 529 - Overloaded"),
        ("error_midway_string", ModelNotFound, "Half a", "Model not found: ox-9"),
        ("error_event", RateLimited, "Half", "too many requests"),
    ],
)
def test_an_error_in_the_stream_is_the_class_it_would_be_before_it(
    name: str, kind: type[ApiError], text: str, words: str
) -> None:
    deltas, trouble = read([stream(name)])
    assert said(deltas)[0] == text
    assert type(trouble) is kind
    assert trouble.server_text == words


def test_what_comes_before_an_error_in_the_same_read_is_not_lost() -> None:
    decoder, parser = EventDecoder(), ChatStreamParser()
    deltas = parser.feed(decoder.feed(stream("error_midway")))
    assert deltas[-1] == TextDelta("The first furrow", 1)
    assert parser.trouble is not None
    assert parser.done


def test_noise_is_passed_over_and_nothing_counts_behind_the_closing_mark() -> None:
    text, _, _, others = said(recorded("noise"))
    assert text == "Kept"
    assert others == [AnswerStarted(ID, "claude-sonnet-5"), AnswerFinished("stop")]


def test_a_null_error_is_no_error() -> None:
    assert said(recorded("error_null"))[0] == "Fine"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_bytes_one_by_one_say_the_same_as_all_at_once(name: str, end: bytes) -> None:
    whole = stream(name)
    other = whole.replace(b"\n", end)
    deltas, trouble = read([whole])
    again, again_trouble = read([other[at : at + 1] for at in range(len(other))])
    assert said(again) == said(deltas)
    assert type(again_trouble) is type(trouble)


def test_a_missing_blank_line_at_the_end_loses_nothing() -> None:
    deltas, trouble = read([stream("no_done").rstrip(b"\n")])
    assert said(deltas)[0] == "Whole"
    assert trouble is None


def test_what_could_act_on_a_terminal_is_taken_out_also_when_cut() -> None:
    cut = [b'data: {"choices":[{"delta":{"content":"%s"}}]}\n\n' % piece for piece in (rb"a\u001b", rb"]0;x\u0007")]
    assert said(read(cut)[0])[0] == said(read([b"".join(cut)])[0])[0] == "a␛]0;x"
    choice = rb'{"delta":{"reasoning":"\u009b\u202er"},"finish_reason":"s\u0007"}'
    deltas, _ = read([rb'data: {"model":"m\u001b[2J\n","choices":[%s]}' % choice + b"\n\n"])
    assert deltas == [AnswerStarted("", "m␛[2J "), ReasoningDelta("r", 1), AnswerFinished("s")]


@pytest.mark.parametrize(
    "chunk",
    [
        '{"choices":[{"delta":null}]}',
        '{"choices":[null]}',
        '{"choices":{"a":1}}',
        '{"choices":[{"delta":{"content":7,"tool_calls":[null,{"function":null,"index":-1}],"reasoning_details":[3]}}]}',
        '{"choices":[{"delta":[],"finish_reason":["stop"]}],"usage":"much"}',
        '{"choices":[{"delta":{"tool_calls":[{"index":99999999999}]}}]}',
        '{"choices":[{"delta":{"tool_calls":{"index":0}}}]}',
        "[" * 100_000,
        "1" * 5000,
        '"words"',
    ],
)
def test_chunks_of_any_shape_do_no_harm(chunk: str) -> None:
    _, trouble = read([f"data: {chunk}\n\ndata: [DONE]\n\n".encode()])
    assert trouble is None


def test_content_in_parts_and_refusals_are_text() -> None:
    body = (
        b'data: {"choices":[{"delta":{"content":[{"type":"text","text":"in "},{"type":"text","text":"parts"}]}}]}\n\n'
        b'data: {"choices":[{"delta":{"content":null,"refusal":" No."}}]}\n\ndata: [DONE]\n\n'
    )
    assert said(read([body])[0])[0] == "in parts No."


def test_a_whole_answer_becomes_the_deltas_of_a_stream() -> None:
    completion = ChatCompletion(
        "id", "m", "text", "why", (ToolCall("c", "f", "{}"),), "tool_calls", Usage(total_tokens=3)
    )
    assert deltas_of(completion) == [
        AnswerStarted("id", "m"),
        ReasoningDelta("why", 1),
        TextDelta("text", 1),
        ToolCallDelta(0, "c", "f", "{}"),
        AnswerFinished("tool_calls"),
        UsageReported(Usage(total_tokens=3)),
    ]
