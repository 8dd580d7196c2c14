"""Cutting a list answer into models."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.api.errors import InvalidKey, NotAnApi
from oxen_tui.api.model_list import entries, list_start, model_text
from oxen_tui.api.secret import Secret
from tests.api.network import Network, ok

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def cut(body: bytes) -> list[Any]:
    """What was parsed, after making sure that its place in the body holds the same."""
    found = list(entries(body))
    for entry in found:
        assert json.loads(body[entry.start : entry.end]) == entry.value
    return [entry.value for entry in found]


@given(st.lists(values), st.sampled_from([None, "data", "models"]), st.booleans(), st.sampled_from([None, 1]))
def test_every_object_of_any_list_is_found_at_its_place(
    given_list: list[Any], envelope: str | None, ascii_only: bool, indent: int | None
) -> None:
    answer = given_list if envelope is None else {"object": "list", "page": {"of": [1]}, envelope: given_list, "n": 1}
    body = json.dumps(answer, ensure_ascii=ascii_only, indent=indent).encode("utf-8", "surrogatepass")
    if "\\ud" not in json.dumps(answer) or ascii_only:
        assert cut(body) == [value for value in given_list if isinstance(value, dict)]


def test_a_model_larger_than_the_window_and_a_sign_on_its_edge_are_whole() -> None:
    models = [{"id": "a" * 65_500 + "ü€🐂" * 30_000}, {"id": "b"}]

    assert cut(json.dumps(models, ensure_ascii=False).encode()) == models


@pytest.mark.parametrize(
    "body", [b"", b"null", b'{"data": {}}', b'{"error": {"message": "no"}}', b"<html>", b"\xff\xfe", b'{"data"']
)
def test_what_holds_no_list_says_so(body: bytes) -> None:
    assert list_start(body) is None
    with pytest.raises(ValueError, match="no list"):
        list(entries(body))


@pytest.mark.parametrize(
    "body", [b"[", b'[{"id": "a"}', b'[{"id": "a"} {"id": "b"}]', b'{"data": [{"id": "a"}, ', b"[1,"]
)
def test_a_list_that_breaks_off_is_an_error_and_no_shorter_list(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the decoder's own, or ours
        list(entries(body))


def test_a_list_nested_without_end_is_an_error_like_any_other() -> None:
    with pytest.raises(ValueError, match="deeply"):
        list(entries(b"[" * 200_000))


def test_a_byte_order_mark_is_passed_over() -> None:
    assert cut(b'\xef\xbb\xbf {"data": [{"id": "a"}]}') == [{"id": "a"}]


@pytest.mark.parametrize("answer", [b'{"id": "a"}', b'{"data": {"id": "a"}}', b'{"x": 1, "model": {"id": "a"}}'])
def test_a_model_is_taken_out_of_its_envelope(answer: bytes) -> None:
    assert model_text(answer) == b'{"id": "a"}'


async def test_bodies_are_asked_for_at_the_places_of_lists_and_models() -> None:
    network = Network(ok([{"id": "a"}]), ok([]), ok({"id": "a"}), ok({"id": "a"}))
    client = network.client()

    assert json.loads(await client.models_body()) == [{"id": "a"}]
    assert json.loads(await client.models_body("two words", anonymous=True)) == []
    assert json.loads(await client.model_body("a/b")) == {"id": "a"}
    assert json.loads(await client.model_body("a", live=True, anonymous=True)) == {"id": "a"}

    assert network.asked == [
        "GET /api/ai/models",
        "GET /api/ai/models/search?search=two+words",
        "GET /api/ai/models/a%2Fb",
        "GET /api/ai/models/a?deployment_status=live",
    ]
    assert ["authorization" in request.headers for request in network.requests] == [True, False, True, False]


async def test_an_answer_with_an_error_instead_of_a_list_is_that_error() -> None:
    client = Network(ok({"error": {"type": "unauthenticated", "message": "who?"}}), ok({"models": 3})).client()

    with pytest.raises(InvalidKey, match="who"):
        await client.models_body()
    with pytest.raises(NotAnApi, match="no list"):
        await client.models_body()


async def test_a_key_that_cannot_be_sent_does_not_keep_an_anonymous_call_back() -> None:
    client = Network(ok([])).client(key=Secret("two words"))

    with pytest.raises(InvalidKey):
        await client.models_body()
    assert await client.models_body(anonymous=True) == b"[]"
