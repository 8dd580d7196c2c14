"""What was set goes into the request; what is refused is asked for in a weaker form, or explained."""

from __future__ import annotations

from typing import Any

import pytest

from oxen_tui.api.chat import AnswerFinished, ChatMessage, TextDelta
from oxen_tui.api.errors import ApiError, BadRequest, RateLimited
from oxen_tui.services.conversation.answer_refusals import explained
from oxen_tui.services.conversation.answer_request import Form, Wish, response_format
from oxen_tui.services.conversation.conversation import ConversationService
from oxen_tui.services.conversation.events import AnswerEnded, Noted
from oxen_tui.services.structured.answer_schema import allows_strict
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.store import Store
from tests.services.fake_client import FakeClient, Step

_TIDE = {
    "type": "object",
    "properties": {"at": {"type": "string"}},
    "required": ["at"],
    "additionalProperties": False,
}
_DONE: list[Step] = [TextDelta('{"at": "six"}', 1), AnswerFinished("stop")]


def test_only_what_is_set_is_sent() -> None:
    wish = Wish("m", (), {"temperature": 0.2, "top_p": None})
    assert wish.request().parameters == {"temperature": 0.2}


def test_a_schema_is_sent_strictly_where_its_words_allow_it() -> None:
    assert response_format(_TIDE, "the tide!")["json_schema"] == {"name": "the_tide", "schema": _TIDE, "strict": True}
    loose = {"type": "object", "properties": {"at": {"type": "string"}}}
    assert response_format(loose)["json_schema"] == {"name": "answer", "schema": loose}


@pytest.mark.parametrize(
    ("change", "strict"),
    [
        ({}, True),
        ({"required": []}, False),
        ({"additionalProperties": True}, False),
        ({"allOf": []}, False),
        ({"type": "array", "items": {}}, False),
        ({"properties": {"at": {"type": "object", "properties": {}}}}, False),
        ({"properties": {"at": {"type": "array", "items": {"$ref": "#/$defs/x"}}}, "$defs": {"x": _TIDE}}, True),
        ({"properties": {"at": {"anyOf": [_TIDE, {"type": "null"}]}}}, True),
        ({"properties": {"at": {"type": "string", "minLength": 3}}}, False),
        ({"properties": 7}, False),
    ],
)
def test_a_schema_is_strict_only_by_the_rules_that_providers_share(change: dict[str, Any], strict: bool) -> None:
    assert allows_strict({**_TIDE, **change}) is strict


def test_a_weaker_form_says_the_schema_in_words_beside_the_system_prompt() -> None:
    wish = Wish("m", (ChatMessage("system", "Be brief."), ChatMessage("user", "When?")), schema=_TIDE)
    object_form, words = wish.request(Form.OBJECT), wish.request(Form.WORDS)

    assert object_form.parameters == {"response_format": {"type": "json_object"}}
    assert words.parameters == {}
    assert str(words.messages[0].content).startswith("Be brief.\n\nAnswer with one JSON value")
    assert '"additionalProperties": false' in str(words.messages[0].content)
    assert [message.role for message in Wish("m", wish.messages[1:], schema=_TIDE).request(Form.WORDS).messages] == [
        "system",
        "user",
    ]


def _refused(words: str) -> BadRequest:
    return BadRequest(words, status=400)


async def test_a_refused_schema_is_asked_for_in_weaker_forms_and_that_is_remembered(store: Store) -> None:
    client = FakeClient(
        [_refused("response_format.type: json_schema is not supported")],
        [_refused("`response_format` is not permitted")],
        _DONE,
    )
    service = ConversationService(store, client)
    settings = ConversationSettings(schema=_TIDE, schema_name="tide")
    conversation = await store.conversations.create("m", "", settings)

    events = [event async for event in service.ask(conversation.id, "When?", "m")]

    assert [request.parameters.get("response_format", {}).get("type") for request in client.requests] == [
        "json_schema",
        "json_object",
        None,
    ]
    assert len([event for event in events if isinstance(event, Noted)]) == 2
    ended = events[-1]
    assert isinstance(ended, AnswerEnded)
    assert (ended.message.text, ended.error) == ('{"at": "six"}', None)
    assert ended.message.parameters["response_format"]["json_schema"]["schema"] == _TIDE
    [event async for event in service.ask(conversation.id, "And then?", "m")]
    assert "response_format" not in client.requests[-1].parameters


async def test_a_refusal_of_something_else_is_no_reason_for_a_weaker_form(store: Store) -> None:
    client = FakeClient([_refused("max_tokens is too large")])
    conversation = await store.conversations.create("m", "", ConversationSettings(schema=_TIDE))

    events = [event async for event in ConversationService(store, client).ask(conversation.id, "When?", "m")]

    assert len(client.requests) == 1
    assert isinstance(events[-1], AnswerEnded)


async def test_what_is_set_holds_for_every_question_and_can_be_replaced_for_one(store: Store) -> None:
    client = FakeClient(_DONE)
    service = ConversationService(store, client)
    settings = ConversationSettings(parameters={"temperature": 0.2, "max_tokens": 5})
    conversation = await store.conversations.create("m", "", settings)

    [event async for event in service.ask(conversation.id, "a", "m", {"temperature": 1.0})]
    [event async for event in service.ask(conversation.id, "b", "m", settings=ConversationSettings())]
    last = (await store.messages.path(conversation.id))[-1]
    [event async for event in service.regenerate(last.id, "m")]

    assert [dict(request.parameters) for request in client.requests] == [
        {"temperature": 1.0, "max_tokens": 5},
        {},
        {"temperature": 0.2, "max_tokens": 5},
    ]
    assert (await service.request_for(last.parent_id or 0, "m")).parameters == {"temperature": 0.2, "max_tokens": 5}


@pytest.mark.parametrize(
    ("said", "set_", "title", "advice"),
    [
        (
            "`temperature` and `top_p` cannot both be specified for this model.",
            ["temperature", "top_p"],
            "temperature and top_p do not go together here",
            "Unset one of them with /params, then r asks again.",
        ),
        (
            "frequency_penalty is not supported by quill-1",
            ["frequency_penalty", "temperature"],
            "The model does not take frequency_penalty",
            "Models of Anthropic and Google take no penalties.",
        ),
        (
            "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
            ["max_tokens"],
            "The model does not take max_tokens",
            "Unset it with /params",
        ),
        (
            "reasoning_effort must be one of: max",
            ["reasoning_effort"],
            "The model refused the value of reasoning_effort",
            "Change it with /params",
        ),
        (
            "Extra inputs are not permitted",
            ["temperature", "top_p"],
            "A parameter was refused",
            "Set are temperature and top_p",
        ),
    ],
)
def test_a_refused_parameter_is_named_with_what_to_unset(said: str, set_: list[str], title: str, advice: str) -> None:
    error = explained(_refused(said), set_)

    assert error.title == title
    assert advice in error.advice
    assert error.server_text == said


def test_refused_tools_are_explained() -> None:
    error = explained(_refused("this model does not support tool use"), [], with_tools=True)
    assert error.title == "The model refused the tools"


@pytest.mark.parametrize(
    "error",
    [_refused("the picture is too large"), _refused("top_p is wrong"), RateLimited("temperature", status=429)],
)
def test_other_errors_stay_as_they_are(error: ApiError) -> None:
    assert explained(error, ["temperature"]) is error


@pytest.mark.parametrize(
    "said",
    [
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
        "prompt is too long: 210000 tokens > 200000 maximum",
        "the request exceeds the available context size. try increasing the context size or enable context shift",
        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
        "Please reduce the length of the messages or completion.",
        "error code: context_length_exceeded",
    ],
)
def test_a_conversation_that_is_too_long_is_said_with_the_ways_out(said: str) -> None:
    error = explained(_refused(said), ["max_tokens"])
    assert error.title == "The conversation is too long for this model"
    assert error.advice.startswith("/context shows")
    assert error.server_text == said
