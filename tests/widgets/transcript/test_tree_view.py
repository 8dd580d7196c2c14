"""Answers that are JSON in the transcript: as trees and as they are written, by keys and by mouse."""

from __future__ import annotations

import json
from typing import Any

from textual.pilot import Pilot

from oxen_tui.widgets.json_tree.opened import Check, Problem
from oxen_tui.widgets.json_tree.reading import read_tree
from oxen_tui.widgets.transcript.tree_lines import AT_ONCE
from oxen_tui.widgets.transcript.tree_view import TreeView
from oxen_tui.widgets.transcript.turn import Turn
from tests.widgets.transcript.host import Host, page, style_of

ORDER = {"number": "2026-1", "customer": {"name": "Ada", "city": "Bremen"}, "paid": True}


class JsonHost(Host):
    def on_transcript_json_requested(self, event: TreeView.JsonRequested) -> None:
        self.heard.append(event)


def answer(text: str, **more: Any) -> Turn:
    turn = Turn(1, "assistant", "heron", text=text, schema="order")
    for name, value in more.items():
        setattr(turn, name, value)
    return turn


async def into(app: Host, pilot: Pilot[None]) -> None:
    app.view.focus()
    await pilot.pause()


async def test_an_answer_by_a_schema_is_a_tree_and_its_text_by_a_key() -> None:
    app = JsonHost([answer(json.dumps(ORDER, indent=2))])
    async with app.run_test(size=(60, 24)) as pilot:
        tree = [line.strip(" ▐") for line in page(app) if line]
        assert tree[:6] == [
            "heron",
            "JSON for order" + " " * 33 + "5 entries",
            'number  "2026-1"',
            "▾ customer  {2 entries}",
            'name  "Ada"',
            'city  "Bremen"',
        ]
        assert style_of(app, "number").color != style_of(app, '"2026-1"').color
        await into(app, pilot)
        await pilot.press("t")
        assert any('"number": "2026-1",' in line for line in page(app))
        await pilot.press("t", "y", "J")
        assert any("▾ customer" in line for line in page(app))
        assert app.heard[0].text == json.dumps(ORDER, indent=2)  # type: ignore[attr-defined]
        assert isinstance(app.heard[-1], TreeView.JsonRequested)


async def test_what_was_checked_is_said_and_stands_at_its_place() -> None:
    app = JsonHost([answer(json.dumps(ORDER))])
    async with app.run_test(size=(60, 24)):
        check = Check(False, "1 problem against order", (Problem(("paid",), "must be text"),))
        app.view.update_turn(1, check=check)
        shown = [line.strip(" ▐") for line in page(app)]
        assert any(line.startswith("✕ 1 problem against order") for line in shown)
        assert any(line.startswith("paid  true") and line.endswith("✕ must be text") for line in shown)


async def test_a_click_folds_what_it_is_on_and_enter_opens_all() -> None:
    app = JsonHost([answer(json.dumps({"many": [[number, [number]] for number in range(30)]}))])
    async with app.run_test(size=(60, 40)) as pilot:
        await into(app, pilot)
        row = next(y for y, line in enumerate(page(app)) if "▸ many" in line)
        await pilot.click("Transcript", offset=(6, row))
        assert any("▾ many  [30 entries]" in line for line in page(app))
        await pilot.press("enter")
        assert any("▾ 0  [2 entries]" in line for line in page(app))
        await pilot.press("enter")
        assert any("▸ many" in line for line in page(app))


async def test_json_in_any_answer_is_a_tree_by_a_key_and_the_rest_is_left_alone() -> None:
    app = JsonHost([answer('See:\n\n```json\n{"a": null}\n```\n', schema="")])
    async with app.run_test(size=(60, 24)) as pilot:
        await into(app, pilot)
        assert any("See:" in line for line in page(app))
        await pilot.press("t")
        assert any(line.endswith("a  null") for line in page(app))
        app.view.show([answer("See [this] and {that}", schema="")])
        await pilot.press("t", "J")
        assert any("See [this]" in line for line in page(app))
        assert not any(isinstance(each, TreeView.JsonRequested) for each in app.heard)


async def test_a_streaming_answer_grows_as_a_tree_and_prose_stays_prose() -> None:
    app = JsonHost([answer("", streaming=True)])
    async with app.run_test(size=(60, 24)) as pilot:
        text = json.dumps(ORDER)
        seen: list[str] = []
        for start in range(0, len(text), 9):
            app.view.grow(1, text[start : start + 9])
            app.view._paint()
            await pilot.pause()
            lines = [line for line in page(app) if line and "▍" not in line]
            assert [line.split("  [")[0].split("  {")[0] for line in lines][: len(seen)] == seen
            seen = [line.split("  [")[0].split("  {")[0] for line in lines]
        app.view.update_turn(1, streaming=False)
        assert any(line.endswith("paid  true") for line in page(app))

        app.view.show([answer("", streaming=True)])
        app.view.grow(1, "{Sorry")
        app.view.update_turn(1, streaming=False)
        assert any("{Sorry" in line for line in page(app))


async def test_of_a_long_answer_the_tree_is_handed_in_and_only_a_page_of_it_is_drawn() -> None:
    text = json.dumps([{"id": number} for number in range(10_000)])
    assert len(text) > AT_ONCE
    app = JsonHost([answer(text)])
    async with app.run_test(size=(60, 24)) as pilot:
        await into(app, pilot)
        assert not any("entries" in line for line in page(app))
        app.view.update_turn(1, tree=read_tree(text))
        tree = app.view.column.turns[0].tree
        assert tree is not None
        assert tree.height == 102
        assert any("9,900 more entries" in line for line in page(app))
        assert len(tree._lines) < 60


async def test_hostile_json_is_only_text() -> None:
    app = JsonHost([answer('{"[/b]\\u001b[2J": "\\u202e[@click=app.quit]x", "deep": ' + "[" * 400 + "]" * 400 + "}")])
    async with app.run_test(size=(60, 24)) as pilot:
        await into(app, pilot)
        assert any('[/b]\\u001b[2J  "\\u202e[@click=app.quit]x"' in line for line in page(app))
        await pilot.press("enter")
        assert all(len(line) <= 60 for line in page(app))
