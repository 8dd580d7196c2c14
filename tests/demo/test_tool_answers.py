"""The demo calls the tools that a question is about, with arguments from the question."""

from __future__ import annotations

import json

import pytest

from oxen_tui.demo.answers import reply_to
from oxen_tui.demo.chat_request import chat_from
from oxen_tui.demo.models import Shelf
from tests.demo.stand_ins import MODELS


def tool(name: str, *required: str, description: str = "") -> dict[str, object]:
    properties = {each: {"type": "string"} for each in (*required, "more")}
    parameters = {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


TOOLS = [
    tool("time"),
    tool("calculator", "expression"),
    tool("read_file", "path"),
    tool("fetch_url", "url"),
    tool("make_image", "prompt"),
    tool("tides", "harbour", description="When the tide is high"),
]


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf(lambda: 0.0, 1.0)
    made.stock(MODELS)
    return made


def called(
    shelf: Shelf, question: str, *, endless: bool = False, result: str | None = None
) -> list[tuple[str, object]]:
    messages: list[dict[str, object]] = [{"role": "user", "content": question}]
    if result is not None:
        call = {"id": "c1", "type": "function", "function": {"name": "time", "arguments": "{}"}}
        messages += [
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": result},
        ]
    chat = chat_from({"model": "plain", "messages": messages, "tools": TOOLS}, shelf)
    return [
        (name, json.loads(arguments)) for name, arguments in reply_to(chat, [], shelf.listed, False, endless).calls
    ]


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("What is 12 * 7?", [("calculator", {"expression": "12 * 7"})]),
        (
            "What is 2 + 3 and 4 x 5?",
            [("calculator", {"expression": "2 + 3"}), ("calculator", {"expression": "4 * 5"})],
        ),
        ("Read notes/herd.md to me", [("read_file", {"path": "notes/herd.md"})]),
        ("What does https://a.example/x?y=1 say?", [("fetch_url", {"url": "https://a.example/x?y=1"})]),
        ("Draw a lighthouse", [("make_image", {"prompt": "Draw a lighthouse"})]),
        ("What time is it?", [("time", {})]),
        ("When is the tide high in Lisbon?", [("tides", {"harbour": "When is the tide high in Lisbon?"})]),
        ("Use tides for Faro", [("tides", {"harbour": "Use tides for Faro"})]),
        ("Tell me a story about goats", []),
    ],
)
def test_the_tool_that_a_question_is_about_is_called(
    shelf: Shelf, question: str, calls: list[tuple[str, object]]
) -> None:
    assert called(shelf, question) == calls


def test_after_a_result_it_answers_unless_it_never_has_enough(shelf: Shelf) -> None:
    assert called(shelf, "What time is it?", result="noon") == []
    assert called(shelf, "What time is it?", result="noon", endless=True) == [("time", {})]
