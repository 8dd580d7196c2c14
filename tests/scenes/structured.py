"""An answer by a JSON Schema: a tree with what does not fit, and the same on a page of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from textual.pilot import Pilot

from oxen_tui.screens.dialogs.json_page import JsonPage
from oxen_tui.services.conversation.answer_request import response_format
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.message import Ending
from oxen_tui.store.store import Store
from oxen_tui.widgets.json_tree.view import JsonTreeView
from oxen_tui.widgets.transcript.view import Transcript
from tests.scenes import lighthouse
from tests.scenes.conversations import fill_list
from tests.scenes.moment import StillClock
from tests.scenes.stage import until

_LIGHT: Final = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "built": {"type": "integer"},
        "range_miles": {"type": "number"},
        "remark": {"type": "string"},
    },
    "required": ["name", "built", "range_miles"],
}
SCHEMA: Final[dict[str, Any]] = {
    "title": "lights",
    "type": "object",
    "properties": {
        "coast": {"type": "string"},
        "lights": {"type": "array", "items": _LIGHT},
        "sources": {"type": "array", "items": {"type": "string"}},
        "surveyed": {"type": "boolean"},
    },
    "required": ["coast", "lights", "surveyed"],
    "additionalProperties": False,
}
ANSWER: Final[dict[str, Any]] = {
    "coast": "north",
    "lights": [
        {"name": "Rood Point", "built": 1864, "range_miles": 18.5, "remark": "Two flashes every ten seconds. " * 8},
        {"name": "Old Tessel", "built": "about 1790", "range_miles": 9},
        {"name": "Kettle Skerry", "built": 1931},
    ],
    "sources": [f"Pilot book, page {number}" for number in range(12, 52)],
    "surveyed": True,
}


async def fill_json(store: Store, clock: StillClock) -> None:
    """A conversation whose last answer misses its schema in two places."""
    await fill_list(store, clock)
    clock.at(0, 14, 2)
    settings = ConversationSettings(schema=SCHEMA, schema_name="lights")
    conversation = await store.conversations.create(lighthouse.MODEL, "", settings)
    await store.conversations.rename(conversation.id, "Lights of the north coast")
    question = await store.messages.add_question(
        conversation.id, "Which lights are there on the north coast?", lighthouse.MODEL, None
    )
    kept = {"response_format": response_format(SCHEMA, "lights")}
    answer = await store.answers.begin(conversation.id, question.id, lighthouse.MODEL, kept)
    await store.answers.finish(replace(answer, text=json.dumps(ANSWER, indent=2), ending=Ending.DONE, seconds=6.0))


async def json_tree(pilot: Pilot[Any]) -> None:
    """The answer has been checked, and keys act on it."""
    view = pilot.app.screen.query_one(Transcript)
    await until(pilot, lambda: any(lines.turn.check for lines in view.column.turns), "the answer is checked")
    view.focus()
    await pilot.pause()


async def json_page(pilot: Pilot[Any]) -> None:
    """On the first place that does not fit."""
    await json_tree(pilot)
    await pilot.press("J")
    await until(pilot, lambda: isinstance(pilot.app.screen, JsonPage), "the page")
    await until(pilot, lambda: pilot.app.screen.query_one(JsonTreeView).row_count > 0, "its rows")
    await pilot.press("p", "p")
