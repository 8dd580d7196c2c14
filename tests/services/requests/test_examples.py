"""Example requests: valid by the model's schema, sent to the right place, and safe to paste."""

from __future__ import annotations

import ast
import json
import re
import shlex
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from oxen_tui.api.model import Model, ModelKind
from oxen_tui.demo.catalogue import load_models
from oxen_tui.safe_text import clean
from oxen_tui.services.requests.bodies import full_body, minimal_body
from oxen_tui.services.requests.code import Language
from oxen_tui.services.requests.examples import OXEN_URL, request_example, request_path, written_request
from oxen_tui.services.schema.chat_parameters import chat_parameters
from oxen_tui.services.schema.request_schema import model_schema
from tests.demo.test_catalogue_schemas import in_standard_words
from tests.schema_cases import SchemaCase, demo_cases

MODELS = [Model.from_json(entry) for entry in load_models()]
BY_ID = {model.id: model for model in MODELS}


def check(schema: Any, body: Any) -> None:
    """Raises where the schema refuses the body."""
    Draft202012Validator(in_standard_words(schema)).validate(body)


def curl_parts(text: str) -> tuple[str, Any, list[str]]:
    """What a shell would make of it: address, body, and all words."""
    words = shlex.split(text.replace("\\\n", " "))
    address = next(word for word in words if "://" in word)
    return address, json.loads(words[words.index("-d") + 1]), words


def python_values(text: str) -> list[Any]:
    """Every value written in it that is a plain one."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Dict | ast.Constant):
            try:
                found.append(ast.literal_eval(node))
            except ValueError:
                continue
    return found


def test_the_least_body_is_what_is_required_and_valid(schema_case: SchemaCase) -> None:
    body = minimal_body(schema_case.model)

    check(schema_case.schema, body)
    required = set(schema_case.schema.get("required", ()))
    assert set(body) == required or (not required and set(body) <= {"prompt", "messages"})
    assert "" not in body.values()


def test_the_full_body_has_every_visible_field_and_is_valid(schema_case: SchemaCase) -> None:
    body = full_body(schema_case.model)

    check(schema_case.schema, body)
    for name, field in schema_case.schema["properties"].items():
        stated = field.get("default") is not None or "enum" in field or "x-workbench-default" in field
        if name == "multi_prompt" and "prompt" in body:
            assert name not in body
        elif field.get("x-hidden"):
            assert name not in body or name in schema_case.schema["required"]
        elif stated:
            assert name in body, name


@pytest.mark.parametrize("model", [m for m in MODELS if m.kind is ModelKind.CHAT], ids=lambda m: m.id)
def test_chat_bodies_are_valid_by_the_usual_parameters(model: Model) -> None:
    for body in (minimal_body(model), full_body(model)):
        check(chat_parameters(model.max_output_tokens), body)
        assert not {"top_p", "presence_penalty", "frequency_penalty"} & set(body)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.id)
def test_both_languages_say_the_same_request(model: Model, full: bool) -> None:
    body = {"model": model.id, **(full_body(model) if full else minimal_body(model))}

    address, sent, words = curl_parts(request_example(model, Language.CURL, full=full))
    assert sent == body
    assert address == OXEN_URL + request_path(model, body)
    assert "Authorization: Bearer $OXEN_API_KEY" in words
    text = request_example(model, Language.PYTHON, full=full)
    if model.kind is ModelKind.CHAT:
        call = next(
            n
            for n in ast.walk(ast.parse(text))
            if isinstance(n, ast.Call) and ast.unparse(n.func).endswith(".create")
        )
        assert {word.arg: ast.literal_eval(word.value) for word in call.keywords} == body
    else:
        assert body in python_values(text)
        assert address in python_values(text)


@pytest.mark.parametrize(
    ("name", "minimal", "full"),
    [
        ("heron-3-pro", "/chat/completions", "/chat/completions"),
        ("alder-turbo", "/images/generate", "/images/generate"),
        ("juniper-4", "/images/generate", "/images/edit"),
        ("cinder-edit", "/images/edit", "/images/edit"),
        ("slate-poster", "/images/generate", "/images/edit"),
        ("tern-2-pro", "/queue", "/queue"),
        ("foley-1", "/audio/generate", "/audio/generate"),
        ("rail-embed-1", "/embeddings", "/embeddings"),
    ],
)
def test_a_request_goes_where_its_body_belongs(name: str, minimal: str, full: str) -> None:
    model = BY_ID[name]

    assert request_path(model, minimal_body(model)) == minimal
    assert request_path(model, full_body(model)) == full


def test_the_queue_can_be_asked_for_or_left_aside() -> None:
    assert request_path(BY_ID["moss-image-xl"], {}, queue=True) == "/queue"
    assert request_path(BY_ID["tern-2-pro"], {}, queue=False) == "/videos/generate"
    assert "generation_id" in request_example(BY_ID["moss-image-xl"], Language.PYTHON, queue=True)


@pytest.mark.parametrize("body", [{}, {"input_image": None}, {"input_image": []}, {"input_image": ""}])
def test_an_empty_picture_is_no_picture(body: dict[str, Any]) -> None:
    model = Model.from_json(
        {
            "id": "m",
            "capabilities": {"output": ["image"]},
            "request_schema": {"properties": {"input_image": {"type": "string"}}},
        }
    )

    assert request_path(model, body) == "/images/generate"
    assert request_path(model, {"input_image": "data:image/png;base64,AA=="}) == "/images/edit"


@pytest.mark.parametrize(
    ("stated", "path"),
    [
        ("/embeddings", "/embeddings"),
        ("embeddings", "/embeddings"),
        ("https://hub.oxen.ai/api/ai/embeddings", "/embeddings"),
        ("/api/ai/rerank", "/rerank"),
        ("/../../users/me", "/users/me"),
        ("/x y;rm", "/embeddings"),
        ("", "/embeddings"),
    ],
)
def test_an_endpoint_is_read_however_it_is_written(stated: str, path: str) -> None:
    model = Model("m", outputs=frozenset({"embeddings"}), endpoint=stated)

    assert request_path(model, {}) == path


NASTY = [
    'it\'s $(rm -rf ~) `id` \\ "quoted" !1',
    "a\nb\tc",
    "\x1b[201~\nrm -rf ~\n",
    "\u202eevil\u2066",
    "bell\x07\x9b31m\x7f",
    "line\u2028break",
    "tag\U000e0041 and \U0010eeee",
    "'''\n\"\"\"",
]


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("name", ["heron-3-pro", "moss-image-xl", "tern-2-pro"])
def test_what_is_pasted_is_what_is_sent_and_acts_on_nothing(text: str, name: str) -> None:
    model, body = BY_ID[name], {"prompt": text, text: [text, {"deep": text}]}

    curl = written_request(model, body, Language.CURL)
    python = written_request(model, body, Language.PYTHON)
    assert clean(curl) == curl
    assert clean(python) == python
    assert "\t" not in curl + python
    assert curl_parts(curl)[1] == {"model": name, **body}
    assert text in python_values(python)


@given(
    st.dictionaries(
        st.text(max_size=5),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
            max_leaves=6,
        ),
        max_size=4,
    )
)
def test_any_body_survives_both_languages(body: dict[str, Any]) -> None:
    model = BY_ID["moss-image-xl"]

    sent = {"model": model.id, **body}
    assert curl_parts(written_request(model, body, Language.CURL))[1] == sent
    assert sent in python_values(written_request(model, body, Language.PYTHON))


@pytest.mark.parametrize(
    ("base", "shown"),
    [
        ("https://ada:secret@hub.oxen.ai/api/ai/?key=secret", "https://hub.oxen.ai/api/ai/images/generate"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1/images/generate"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1/images/generate"),
        ("http://x/$(id)/'a'", "http://x/$(id)/'a'/images/generate"),
    ],
)
def test_the_address_is_quoted_and_has_no_password(base: str, shown: str) -> None:
    for language in Language:
        text = request_example(BY_ID["moss-image-xl"], language, base_url=base)
        assert "secret" not in text
        found = curl_parts(text)[0] if language is Language.CURL else None
        assert found in (shown, None)
        assert language is Language.CURL or shown in python_values(text)


def test_no_key_is_ever_in_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OXEN_API_KEY", "SFMyNTY.secret.key")

    for case in demo_cases():
        for language in Language:
            assert "SFMyNTY" not in request_example(case.model, language, full=True)


def test_parameters_the_package_does_not_know_are_handed_over_apart() -> None:
    text = written_request(BY_ID["heron-3-pro"], {"messages": [], "top_k": 5, "class": "x"}, Language.PYTHON)

    assert {"top_k": 5, "class": "x"} in python_values(text)
    assert re.search(r"extra_body=", text)


def test_models_without_a_schema_have_examples() -> None:
    for output, key in (("image", "prompt"), ("text", "messages"), ("embeddings", "input")):
        model = Model("m", outputs=frozenset({output}))
        assert list(minimal_body(model)) == [key]
        assert request_example(model, Language.CURL)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "type",
                        "properties",
                        "required",
                        "items",
                        "enum",
                        "default",
                        "minimum",
                        "maximum",
                        "multipleOf",
                    ),
                    *(
                        "exclusiveMinimum",
                        "minItems",
                        "maxItems",
                        "anyOf",
                        "format",
                        "minLength",
                        "maxLength",
                        "prompt",
                    ),
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(json_values, st.sampled_from(["text", "image", "video", "audio", "smell"]))
def test_no_schema_makes_an_example_fail(schema: Any, output: str) -> None:
    model = Model("m", outputs=frozenset({output}), request_schema=schema if isinstance(schema, dict) else None)

    for language in Language:
        assert request_example(model, language)
        assert request_example(model, language, full=True)
    assert model_schema(model) is not None
