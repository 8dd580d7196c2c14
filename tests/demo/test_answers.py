"""What the demo writes: forms by the words of the question, lengths as asked, and always that it is made up."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from oxen_tui.demo.answers import reply_to
from oxen_tui.demo.chat_request import chat_from
from oxen_tui.demo.chat_stream import tokens_of
from oxen_tui.demo.faults import ASKED, ASKED_OF_MEDIA
from oxen_tui.demo.models import Shelf
from oxen_tui.demo.phrases import MADE_UP, topic_of
from oxen_tui.demo.sums import sum_in
from tests.demo.stand_ins import MODELS


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf(lambda: 0.0, 1.0)
    shelf.stock(MODELS)
    return shelf


def said(shelf: Shelf, question: str, system: str = "", **more: object) -> str:
    messages = [{"role": "system", "content": system}] if system else []
    body = {"model": "plain", "messages": [*messages, {"role": "user", "content": question}], **more}
    return reply_to(chat_from(body, shelf), [], shelf.listed, False).text


@pytest.mark.parametrize(
    ("question", "pattern"),
    [
        ("a table of ferries", r"\|---"),
        ("compare kettles and urns", r"\| \| kettles \| urns \|"),
        ("tea vs coffee?", r"\| \| tea \| coffee \|"),
        ("seven names for a boat", r"1\. \*\*\w+ \w+\*\*"),
        ("python code for a queue", r"```python\n"),
        ("show it in rust and sql", r"(?s)```rust\n.*```sql\n"),
        ("list ideas for a garden", r"(?m)^- "),
        ("steps to tie a knot", r"(?m)^1\. "),
        ("a poem on tea", r"tea"),
        ("show me markdown", r"(?s)# First heading.*- \[x\] done.*> A quote"),
        ("explain tides", r"(?s)### .*\n> .*\|---"),
        ("what is 12 * 7?", r"12 \* 7 = 84"),
        ("which models make video?", r"`filmer`"),
        ("hello there", r"demo service"),
        ("", r"made up|Made up"),
    ],
)
def test_the_form_follows_the_question(shelf: Shelf, question: str, pattern: str) -> None:
    assert re.search(pattern, said(shelf, question))


@pytest.mark.parametrize(
    "question", ["explain tides", "a table of x", "rust code", "20 names", "a poem", "a long essay"]
)
def test_every_made_up_answer_says_so(shelf: Shelf, question: str) -> None:
    assert said(shelf, question).endswith(MADE_UP)


def test_sizes_are_as_asked(shelf: Shelf) -> None:
    assert len(re.findall(r"(?m)^\d+\. ", said(shelf, "a list of 300 items"))) == 300
    assert len(re.findall(r"(?m)^\| ", said(shelf, "a table of 100 rows"))) == 101
    code = re.search(r"```python\n(.*?)\n```", said(shelf, "2,000 lines of code"), re.DOTALL)
    assert code
    assert len(code[1].split("\n")) == 2000
    compile(code[1], "long", "exec")
    assert len(tokens_of(said(shelf, "about oxen, 20,000 tokens"))) == pytest.approx(20_000, rel=0.3)
    assert len(tokens_of(said(shelf, "2k tokens please"))) == pytest.approx(2_000, rel=0.3)


def test_the_same_question_gets_the_same_answer_and_another_model_another(shelf: Shelf) -> None:
    assert said(shelf, "explain tides") == said(shelf, "explain tides")
    assert said(shelf, "explain tides") != said(shelf, "explain tides", model="picky")


def test_the_help_names_every_fault(shelf: Shelf) -> None:
    page = said(shelf, "/help")
    for name in [*ASKED, *ASKED_OF_MEDIA]:
        assert f"`fault: {name}`" in page


def test_a_system_prompt_is_seen_to_be_heard(shelf: Shelf) -> None:
    assert "System prompt heard: “Be kind”" in said(shelf, "explain tides", "Be kind")
    assert said(shelf, "explain tides", "Answer in UPPERCASE").startswith("ON **TIDES**")
    assert said(shelf, "explain tides", "You are a pirate").startswith("Arr!")
    brief = said(shelf, "explain tides", "Be brief.")
    assert "###" not in brief


def test_a_title_is_a_title_and_nothing_else(shelf: Shelf) -> None:
    title = said(shelf, "Write a title for this conversation in at most five words")
    assert len(title.split()) <= 5
    assert "\n" not in title


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Explain how tides work", "tides work"),
        ("Write a table of ferries.", "ferries"),
        ("What is a lighthouse? And why?", "lighthouse"),
        ("???", "this"),
    ],
)
def test_a_topic_is_found(question: str, topic: str) -> None:
    assert topic_of(question) == topic


def test_sums_are_worked_out_and_other_numbers_left_alone() -> None:
    assert sum_in("2+2") == "2 + 2 = 4"
    assert sum_in("7 / 2") == "7 / 2 = 3.5"
    assert "zero" in str(sum_in("1/0"))
    assert sum_in("the years 2024-2026 were long, and many things happened in them") is None
    assert sum_in("no numbers") is None


SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "age", "tags", "kind", "when", "inner", "maybe"],
    "properties": {
        "name": {"type": "string", "maxLength": 12},
        "age": {"type": "integer", "minimum": 18, "maximum": 99},
        "tags": {"type": "array", "items": {"type": "string"}, "minItems": 3},
        "kind": {"enum": ["ox", "cow"]},
        "when": {"type": "string", "format": "date-time"},
        "inner": {"$ref": "#/$defs/inner"},
        "maybe": {"anyOf": [{"type": "number", "exclusiveMinimum": 2}, {"type": "null"}]},
    },
    "$defs": {"inner": {"type": "object", "required": ["ok"], "properties": {"ok": {"type": "boolean"}}}},
}


def test_json_fits_the_schema_it_was_asked_for(shelf: Shelf) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": SCHEMA}}
    value = json.loads(said(shelf, "One cow, 7 years, in Aarhus", response_format=form))
    jsonschema.validate(value, SCHEMA)
    assert value["kind"] == "cow"
    assert isinstance(json.loads(said(shelf, "anything", response_format={"type": "json_object"})), dict)


def test_a_schema_that_points_at_itself_ends(shelf: Shelf) -> None:
    schema = {"type": "object", "properties": {"next": {"$ref": "#"}}}
    form = {"type": "json_schema", "json_schema": {"schema": schema}}
    assert json.loads(said(shelf, "loop", response_format=form))


@pytest.mark.parametrize(
    "text",
    ["", "a", "snake_case_words", "  two  spaces\n\n", "```py\nx=1\n```", "你好 🐂🏽 e\u0301\x1b[0m", "ß" * 40],
)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens_of(text)) == text
