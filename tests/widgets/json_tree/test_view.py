"""A tree on a page of its own, by keys alone."""

from __future__ import annotations

import json

from oxen_tui.widgets.json_tree.opened import Check, Problem
from oxen_tui.widgets.json_tree.view import JsonTreeView
from tests.widgets.host import Host, lines
from tests.widgets.json_tree.test_reading import tree_of

ORDER = {"number": "2026-1", "customer": {"name": "Ada", "unit price": 2}, "items": list(range(300)), "paid": True}


def view_of(value: object, check: Check | None = None) -> JsonTreeView:
    return JsonTreeView(tree_of(json.dumps(value)), check)


def host(view: JsonTreeView) -> Host:
    return Host(view, hears=(JsonTreeView.Copied, JsonTreeView.Searched))


async def test_values_and_paths_are_copied() -> None:
    view = view_of(ORDER)
    app = host(view)
    async with app.run_test(size=(60, 20)) as pilot:
        view.focus()
        await pilot.press("j", "y", "Y", "G", "k", "l", "j", "Y", "y", "g", "Y")
        copied = [(each.text, each.what) for each in app.heard]
    assert copied == [
        ("2026-1", "value"),
        (".number", "path .number"),
        (".items[0]", "path .items[0]"),
        ("0", "value"),
        (".", "path ."),
    ]


async def test_entries_are_opened_and_folded() -> None:
    view = view_of(ORDER)
    app = host(view)
    async with app.run_test(size=(60, 20)) as pilot:
        view.focus()
        await pilot.press("minus")
        assert [line.strip(" ▌") for line in lines(view)[:5]] == [
            "▾ {4 entries}",
            'number  "2026-1"',
            "▸ customer  {2 entries}  name, unit price",
            "▸ items  [300 entries]  0, 1, 2, 3, 4, 5, 6, 7",
            "paid  true",
        ]
        await pilot.press("j", "j", "space")
        assert "unit price  2" in lines(view)[4]
        await pilot.press("j", "h")  # from within, it folds what it stands in
        assert lines(view)[2].startswith("▌ ▸") or "▸ customer" in lines(view)[2]
        assert view.path == ".customer"
        await pilot.press("asterisk")
        assert view.row_count == len(view.opened.tree.nodes)


async def test_words_are_found_wherever_they_are_folded_away() -> None:
    view = view_of(ORDER)
    app = host(view)
    async with app.run_test(size=(60, 20)) as pilot:
        view.focus()
        await pilot.press("minus")
        view.look_for("29")
        assert view.path == ".items[29]"
        await pilot.press("n")
        assert view.path == ".items[129]"
        await pilot.press("N", "N")
        assert view.path == ".items[299]"  # round the end
        view.look_for("nowhere")
        view.look_for("")
        await pilot.pause()
        assert [each.result for each in app.heard][-2:] == ["nothing holds that", ""]


async def test_problems_are_gone_through() -> None:
    problems = (Problem(("items", 200), "must be text"), Problem(("customer", "zip"), "is required"))
    view = view_of(ORDER, Check(False, "2 problems", problems))
    app = host(view)
    async with app.run_test(size=(60, 20)) as pilot:
        view.focus()
        await pilot.press("p")
        assert view.path == ".customer"
        await pilot.press("p")
        assert view.path == ".items[200]"
        assert any("✕ must be text" in line for line in lines(view))
        await pilot.press("p")
        assert view.path == ".customer"
        await pilot.press("P")
        assert view.path == ".items[200]"


async def test_a_long_text_opens_to_lines_of_the_width() -> None:
    view = view_of({"text": "word " * 60})
    app = host(view)
    async with app.run_test(size=(60, 20)) as pilot:
        view.focus()
        await pilot.press("j", "enter")
        assert lines(view)[2].strip().startswith("word word")
        await pilot.resize_terminal(40, 20)
        await pilot.pause()
        assert view.path == ".text"
        assert all(len(line) <= 40 for line in lines(view))
