"""Whatever stands in an export, it is taken in or said to be damaged: never half, and never the program's end."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from oxen_tui.services.conversation.export import FORMAT
from oxen_tui.services.conversation.files import FileTrouble, import_conversations
from oxen_tui.services.conversation.import_file import NotReadable
from oxen_tui.services.conversation.importing import read_export
from oxen_tui.store.store import Store
from oxen_tui.store.whole_conversations import NewConversation

OURS: dict[str, Any] = {
    "format": FORMAT,
    "title": "Boats",
    "model": "model-one",
    "created_at": "2026-01-01T00:00:00+00:00",
    "leaf": 3,
    "settings": {"parameters": {"temperature": 0.2}, "schema": {"type": "object"}, "tools": ["clock"]},
    "messages": [
        {
            "id": 1,
            "parent": None,
            "role": "user",
            "text": "How many?",
            "created_at": "2026-01-01T00:00:00+00:00",
            "attachments": [{"kind": "image", "name": "a.png", "source": "https://example.com/a.png", "size": 3}],
        },
        {
            "id": 2,
            "parent": 1,
            "role": "assistant",
            "text": "",
            "ending": "tool_calls",
            "tool_calls": [{"id": "c1", "name": "clock", "arguments": "{}"}],
            "parameters": {"temperature": 0.2},
            "usage": {"prompt_tokens": 1, "cost": 0.1},
            "cost": 0.1,
            "seconds": 1.5,
        },
        {"id": 3, "parent": 2, "role": "tool", "text": "14:02", "tool_call_id": "c1"},
    ],
}
_SAID = {"author": {"role": "user"}, "content": {"parts": ["Hello"]}, "create_time": 1.7e9, "metadata": {}}
CHATGPT: list[Any] = [
    {
        "title": "From there",
        "create_time": 1.7e9,
        "current_node": "b",
        "mapping": {"a": {"message": None, "parent": None}, "b": {"message": _SAID, "parent": "a"}},
    }
]
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 2, 3, 10**30, 1.5, 1e308, float("inf"), float("nan"), 2**63, -62135596800.0),
    *("", "2", "\ud800", "\x00\x1b[2J", "a" * 70_000, "9999-12-31T23:59", "0001-01-01T00:00:00+14:00", "tool", "job"),
    *([], {}, [None], {"\ud800": 1}, {"stream": 1}, [[["\udfff"]]]),
)
"""What a damaged or malicious file may have in any place."""


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*way, key)
        yield from places(value[key], (*way, key))


def damaged() -> Iterator[str]:
    """Both kinds of export with each of their values replaced by each odd one."""
    for export in (OURS, CHATGPT):
        for *way, last in places(export):
            value = copy.deepcopy(export)
            inner = value
            for key in way:
                inner = inner[key]
            for odd in ODD:
                inner[last] = odd
                yield json.dumps(value)


async def test_any_value_in_any_place_is_taken_in_or_said_and_can_be_read_again(store: Store) -> None:
    taken: list[NewConversation] = []
    for content in damaged():
        with suppress(NotReadable):
            taken += read_export(content).conversations
    assert len(taken) > 500
    for added in await store.whole.add_all(taken):
        await store.conversations.get(added)
        await store.whole.tree(added)


def test_what_the_conversation_itself_says_is_no_parameter_of_a_file() -> None:
    given_ = {"temperature": 0.5, "stream": False, "tools": [{}], "messages": [], "response_format": {}}
    (taken,) = read_export(json.dumps({**OURS, "settings": {"parameters": given_}})).conversations
    assert taken.settings.parameters == {"temperature": 0.5}


async def test_of_several_all_are_taken_in_or_none(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    whole = json.dumps([OURS, OURS])
    for content in (whole[:-200], f"{whole[:-1]}, {{]"):
        file.write_text(content)
        with pytest.raises(FileTrouble, match="damaged"):
            await import_conversations(store, str(file))
        assert await store.conversations.recent() == []
    file.write_text(whole)
    added, _ = await import_conversations(store, str(file))
    assert len(added) == len(await store.conversations.recent()) == 2


async def test_a_write_that_fails_in_the_middle_leaves_nothing(store: Store) -> None:
    (first,) = read_export(json.dumps(OURS)).conversations
    impossible = read_export(json.dumps({**OURS, "title": "b"})).conversations[0]
    object.__setattr__(impossible, "model", None)  # NOT NULL: stands for whatever may fail half way
    with pytest.raises(Exception, match="NOT NULL"):
        await store.whole.add_all([first, impossible])
    assert await store.conversations.recent() == []
