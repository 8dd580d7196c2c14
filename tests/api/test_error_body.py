"""Every row of the contract's section 9, both envelopes and the variants."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.api.error_body import error_in, error_of, error_of_body, says_no_credits, server_text
from oxen_tui.api.errors import (
    ApiError,
    BadRequest,
    Forbidden,
    InvalidKey,
    ModelNotFound,
    NotFound,
    OutOfCredits,
    RateLimited,
    ServerFailed,
    UpdateRequired,
)
from tests.api.anything import JSON, objects


def body(value: Any) -> bytes:
    return json.dumps(value).encode()


def title_and_detail(kind: str, detail: str = "", title: str = "A title.") -> dict[str, Any]:
    return {"error": {"type": kind, "title": title, **({"detail": detail} if detail else {})}, "status": "error"}


@pytest.mark.parametrize(
    ("status", "kind", "may_retry"),
    [
        (400, BadRequest, False),
        (401, InvalidKey, False),
        (402, OutOfCredits, False),
        (403, Forbidden, False),
        (404, NotFound, False),
        (405, BadRequest, False),
        (408, BadRequest, True),
        (413, BadRequest, False),
        (422, BadRequest, False),
        (426, UpdateRequired, False),
        (429, RateLimited, True),
        (500, ServerFailed, True),
        (502, ServerFailed, True),
        (503, ServerFailed, True),
        (504, ServerFailed, True),
        (529, ServerFailed, True),
    ],
)
@pytest.mark.parametrize(
    "value", [{"error": {"message": "said so"}}, title_and_detail("new_type", "said so", "said so")]
)
def test_the_status_decides_the_class_in_both_envelopes(
    status: int, kind: type[ApiError], may_retry: bool, value: Any
) -> None:
    error = error_of_body(status, body(value), "application/json")
    assert type(error) is kind
    assert (error.status, error.server_text, error.may_retry) == (status, "said so", may_retry)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"error": {"detail": "d", "message": "m", "title": "t", "description": "x"}}, "d (t)"),
        ({"error": {"message": "m", "title": "t.", "description": "x"}}, "m (t)"),
        ({"error": {"title": "t", "description": "x"}}, "t"),
        ({"error": {"description": "x"}, "message": "m"}, "x"),
        ({"error": "e", "error_message": "em"}, "e"),
        ({"error_message": "em", "status_message": "sm", "message": "m"}, "em"),
        ({"status": "error", "status_message": "sm", "message": "m"}, "sm"),
        ({"message": "m", "detail": "d"}, "m"),
        ({"detail": "d", "errors": ["x"]}, "d"),
        ({"errors": {"name": ["is missing", "is short"]}}, "name: is missing; is short"),
        ({"errors": {"detail": "Not here"}}, "Not here"),
        ({"detail": [{"loc": ["body", "stream_options"], "msg": "Extra inputs"}]}, "stream_options: Extra inputs"),
        ({"error": {"detail": ":unsupported_media_type"}}, "unsupported_media_type"),
        ({"error": {"detail": "at 10:30"}}, "at 10:30"),
        ({"error": {"detail": "", "message": " ", "title": "t"}}, "t"),
        ({"error": {"detail": {"reason": "why"}}}, "reason: why"),
        ([{"error": {"message": "in an array"}}], "in an array"),
        ("just words", "just words"),
        ({}, ""),
        ([], ""),
        (7, ""),
    ],
)
def test_words_are_taken_from_the_first_place_that_has_some(value: Any, words: str) -> None:
    assert server_text(value) == words


def test_a_body_of_no_known_shape_is_quoted_but_not_at_length() -> None:
    assert error_of_body(500, b"plain trouble\x1b[2J").server_text == "plain trouble␛[2J"
    assert len(error_of_body(500, b"x" * 5000).server_text) == 300
    assert error_of_body(500, body({"a": 1})).server_text == '{"a": 1}'
    assert error_of_body(500, b"").server_text == "status 500"


@pytest.mark.parametrize("page", [b"<!DOCTYPE html><h1>Bad gateway", b"\n <html>", b"<?xml version='1.0'?>"])
def test_a_web_page_is_named_and_never_quoted(page: bytes) -> None:
    error = error_of_body(502, page, "text/html")
    assert isinstance(error, ServerFailed)
    assert error.server_text == "the server answered with a web page"


@pytest.mark.parametrize("status", [400, 402, 403, 429, 500])
def test_a_text_about_credits_is_out_of_credits_whatever_the_status(status: int) -> None:
    value = {"error": {"message": "Insufficient credits for this model"}}
    assert type(error_of_body(status, body(value))) is OutOfCredits
    assert type(error_of_body(status, body(title_and_detail("insufficient_credits")))) is OutOfCredits


def test_texts_about_credits_are_known_in_rows_too() -> None:
    assert says_no_credits("Insufficient credits")
    assert says_no_credits("You have run out of credits.")
    assert not says_no_credits("The credits roll over a meadow")


@pytest.mark.parametrize("status", [400, 404])
def test_an_unknown_model_is_told_from_other_things_not_found(status: int) -> None:
    assert type(error_of_body(status, body({"error": {"message": "Model not found: ox-9"}}))) is ModelNotFound
    assert issubclass(ModelNotFound, NotFound)
    missing = error_of_body(404, body(title_and_detail("resource_not_found", title="Nothing of that name")))
    assert type(missing) is NotFound
    assert missing.server_text == "Nothing of that name"


def test_without_a_status_the_bodys_code_type_or_words_decide() -> None:
    cases: list[tuple[Any, type[ApiError]]] = [
        ({"error": {"code": 429, "message": "slow"}}, RateLimited),
        ({"error": {"message": "x"}, "status": 502}, ServerFailed),
        ({"error": {"type": "unauthenticated", "title": "Who?"}}, InvalidKey),
        ({"error": {"type": "invalid_params", "detail": "no"}}, BadRequest),
        ({"error": {"type": "overloaded_error", "message": "busy"}}, ServerFailed),
        ({"error": {"message": "Getting model response error: 422 - Value error"}}, BadRequest),
        ({"error": "whatever"}, ServerFailed),
    ]
    for value, kind in cases:
        assert type(error_in(value)) is kind, value
    assert type(error_in({"error": "whatever"}, unsaid=BadRequest)) is BadRequest


@pytest.mark.parametrize(
    "value", [{}, {"error": None}, {"error": ""}, {"choices": []}, [], "words", None, {"status": 200}]
)
def test_bodies_without_an_error_hold_none(value: Any) -> None:
    assert error_in(value) is None


def test_other_envelopes_of_an_error_with_status_200_are_seen() -> None:
    assert error_in({"object": "error", "message": "no", "code": 400}) is not None
    assert error_in({"status": "error", "status_message": "unauthenticated"}) is not None
    assert error_in("words", "error") is not None


def test_the_wait_a_server_asks_for_is_passed_on_and_said() -> None:
    error = error_of_body(429, b"{}", retry_after=30.0)
    assert error.retry_after == 30.0
    assert "30 s" in error.advice


def test_an_errors_text_is_one_cleaned_line_of_bounded_length() -> None:
    error = error_of({"error": {"message": "a\n\n b\x1b]0;x\x07" + "y" * 9000}}, 400)
    assert error.server_text.startswith("a b␛]0;x")
    assert len(error.server_text) <= 600
    assert "\n" not in str(error)


@given(
    objects("error", "status", "status_message", "message", "detail", "errors", "type", "code") | JSON,
    st.integers(300, 600),
)
def test_no_body_makes_the_reading_of_it_fail(value: Any, status: int) -> None:
    assert isinstance(error_of(value, status), ApiError)
    assert isinstance(error_of({"error": value}, None), ApiError)
    error_in(value, "error")


@given(st.binary())
def test_no_bytes_make_the_reading_of_them_fail(data: bytes) -> None:
    assert isinstance(error_of_body(500, data), ServerFailed | OutOfCredits)
