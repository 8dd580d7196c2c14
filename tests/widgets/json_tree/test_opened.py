"""What is folded has no rows; what is wrong is in view from the start."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from oxen_tui.widgets.glyphs import ASCII, UNICODE
from oxen_tui.widgets.json_tree.drawing import drawn
from oxen_tui.widgets.json_tree.opened import OpenTree, Problem, What
from oxen_tui.widgets.json_tree.reading import Reader, read_tree
from tests.widgets.json_tree.test_reading import JSON, tree_of

ORDER: dict[str, Any] = {
    "number": "2026-1",
    "customer": {"name": "Ada", "city": "Bremen"},
    "items": [{"price": 1.5, "what": "chair"}, {"price": None, "what": "desk"}],
    "paid": True,
    "none": {},
}


def shown(opened: OpenTree, width: int = 60) -> list[str]:
    lines = []
    for row in opened.rows:
        parts = drawn(opened, row, width, UNICODE)
        left = parts.before + "".join(piece.text for piece in parts.left)
        right = "".join(piece.text for piece in parts.right)
        lines.append(f"{left} | {right}" if right else left)
    return lines


def test_levels_are_open_as_far_as_they_fit() -> None:
    opened = OpenTree(tree_of(json.dumps(ORDER)))
    opened.open_to(6)
    assert shown(opened) == [
        "▾ {5 entries}",
        '    number  "2026-1"',
        "  ▸ customer  {2 entries}  name, city",
        "  ▸ items  [2 entries]",
        "    paid  true",
        "    none  {}",
    ]
    opened.open_to(11)
    assert shown(opened)[2:8] == [
        "  ▾ customer  {2 entries}",
        '      name  "Ada"',
        '      city  "Bremen"',
        "  ▾ items  [2 entries]",
        "    ▸ 0  {2 entries}  price, what",
        "    ▸ 1  {2 entries}  price, what",
    ]


def test_rows_are_opened_and_folded_one_by_one_or_all() -> None:
    opened = OpenTree(tree_of(json.dumps(ORDER)))
    opened.fold_all()
    assert len(opened.rows) == 6
    opened.toggle(opened.rows[2].node)
    assert len(opened.rows) == 8
    opened.toggle(opened.rows[1].node)  # a short text has nothing in it
    assert len(opened.rows) == 8
    opened.open_all()
    assert len(opened.rows) == len(opened.tree.nodes)
    opened.fold_all()
    price = next(number for number, node in enumerate(opened.tree.nodes) if node.text == "1.5")
    row = opened.reveal(price)
    assert opened.rows[row].node == price


def test_of_many_entries_some_are_shown_and_the_rest_is_counted() -> None:
    opened = OpenTree(tree_of(json.dumps({"all": list(range(10_000))})), most=100, bare=True)
    opened.open_all()
    assert len(opened.rows) == 102
    assert shown(opened)[-1].strip() == "… 9,900 more entries"
    assert opened.rows[0].depth == 0


def test_problems_stand_at_their_places_and_are_opened() -> None:
    opened = OpenTree(tree_of(json.dumps(ORDER)))
    opened.fold_all()
    problems = [
        Problem(("items", 1, "price"), "must be a number"),
        Problem(("customer", "email"), "is required"),
        Problem((), "is odd"),
    ]
    opened.take(problems)
    lines = shown(opened)
    assert lines[0] == "▾ {5 entries} | ✕ is odd"
    assert "      email  missing | ✕ is required" in lines
    assert "        price  null | ✕ must be a number" in lines
    opened.toggle(opened.tree.find(("items",))[0])
    assert "  ▸ items  [2 entries] | ✕ 1 problem within" in shown(opened)
    opened.take(())
    assert not any("✕" in line for line in shown(opened))


def test_a_long_text_is_cut_with_its_length_and_opens_to_lines() -> None:
    opened = OpenTree(tree_of(json.dumps({"text": "word " * 100 + "\nend"})))
    opened.set_width(40)
    opened.fold_all()
    assert shown(opened, 40)[1] == '  ▸ text  "word word wor… 505 characters'
    opened.toggle(1)
    lines = shown(opened, 40)
    assert lines[1] == "  ▾ text  505 characters"
    assert lines[2].startswith("      word word")
    assert lines[-1] == "      end"


def test_while_it_grows_rows_only_come_at_the_end() -> None:
    text = json.dumps(ORDER)
    reader = Reader()
    opened = OpenTree(reader.tree, bare=True)
    before: list[object] = []
    for sign in text:
        reader.feed(sign)
        opened.grown()
        rows = [row for row in opened.rows if row.what is What.NODE]
        assert rows[: len(before)] == before
        before = list(rows)
        opened.set_width(60 + len(rows) % 2)  # another page has the same rows
        assert [row for row in opened.rows if row.what is What.NODE] == rows
    reader.finish()
    opened.grown()
    opened.ended()
    grown = list(opened.rows)
    opened.set_width(200)
    assert opened.rows == grown


def test_what_is_cut_off_says_so_in_its_place() -> None:
    opened = OpenTree(tree_of('{"a": [1, "tw'))
    opened.open_all()
    assert shown(opened)[-2:] == ['      1  "tw', "… cut off here"]


def test_hostile_words_are_only_words() -> None:
    opened = OpenTree(tree_of('{"\\u001b[2J[/b]": "\\u202e [@click=app.quit]x"}'))
    opened.fold_all()
    line = shown(opened)[1]
    assert line == '    \\u001b[2J[/b]  "\\u202e [@click=app.quit]x"'


@settings(max_examples=60, deadline=None)
@given(JSON, st.integers(20, 120), st.sampled_from([UNICODE, ASCII]))
def test_no_row_is_wider_than_the_page(value: object, width: int, glyphs: Any) -> None:
    tree = read_tree(json.dumps(value, ensure_ascii=False))
    if tree is None:  # half characters cannot be told apart from none here
        return
    opened = OpenTree(tree)
    opened.set_width(width)
    opened.open_all()
    for row in opened.rows:
        parts = drawn(opened, row, width, glyphs)
        values = [piece for piece in parts.left if piece.ink in ("str", "num", "kw")]
        assert all(cell_len(piece.text) <= width for piece in values)
        assert "\n" not in "".join(piece.text for piece in parts.left)


def test_five_hundred_levels_stay_on_the_page() -> None:
    opened = OpenTree(tree_of("[" * 500 + "7" + "]" * 500))
    opened.open_all()
    last = shown(opened, 60)[-1]
    assert last.endswith("0  7")
    assert cell_len(last) <= 60
