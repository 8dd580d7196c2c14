"""JSON is read into a tree whatever it holds and however it is cut; what is none is left."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oxen_tui.widgets.json_tree.nodes import JsonTree, Kind, decoded
from oxen_tui.widgets.json_tree.reading import DEEPEST, MOST_NODES, Reader, read_tree

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda few: st.lists(few, max_size=5) | st.dictionaries(st.text(max_size=6), few, max_size=5),
    max_leaves=20,
)


def tree_of(text: str) -> JsonTree:
    tree = read_tree(text)
    assert tree is not None
    return tree


def value_of(tree: JsonTree, number: int) -> object:
    """The value again, by what the tree says of its parts."""
    node = tree.nodes[number]
    match node.kind:
        case Kind.OBJECT:
            return {json.loads(f'"{tree.nodes[child].key}"'): value_of(tree, child) for child in node.children}
        case Kind.ARRAY:
            return [value_of(tree, child) for child in node.children]
    return json.loads(node.text)


@settings(max_examples=80, deadline=None)
@given(JSON, st.integers(1, 7), st.booleans())
def test_any_value_comes_back_in_whatever_pieces_it_came(value: object, size: int, spread: bool) -> None:
    text = json.dumps(value, indent=2 if spread else None, ensure_ascii=spread)
    reader = Reader()
    for start in range(0, len(text), size):
        reader.feed(text[start : start + size])
    reader.finish()
    assert not reader.broken
    assert not reader.tree.cut_off
    assert repr(value_of(reader.tree, reader.tree.roots[0])) == repr(json.loads(text))
    assert [reader.tree.source(root) for root in reader.tree.roots] == [text.strip()]


@settings(max_examples=80, deadline=None)
@given(JSON, st.data())
def test_what_is_cut_off_gives_what_came_of_it(value: object, data: st.DataObject) -> None:
    text = json.dumps([value])
    cut = data.draw(st.integers(1, len(text) - 1))
    reader = Reader()
    reader.feed(text[:cut])
    reader.finish()
    assert not reader.broken
    assert reader.tree.cut_off
    whole = tree_of(text)
    assert [node.kind for node in reader.tree.nodes] == [node.kind for node in whole.nodes[: len(reader.tree.nodes)]]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='{}[]",:01-e.tfn \n\\u`', max_size=50))
@example('{"a": \x1b[2J}')
def test_no_text_raises_and_json_is_told_from_what_is_none(text: str) -> None:
    tree = read_tree(text)
    try:
        json.loads(text)
    except ValueError:
        return
    assert tree is not None


@pytest.mark.parametrize(
    "text", ["", "Sorry, no.", '{"a" 1}', "[1,]", "{1: 2}", "01", "[1.]", "nul", "]", '{"a": 1]']
)
def test_what_is_no_json_is_left(text: str) -> None:
    assert read_tree(text) is None


def test_json_is_found_in_fences_and_among_prose() -> None:
    text = 'Here:\n```json\n{"a": 1}\n```\nand\n```sh\nls {}\n```\n~~~\n[2]\n~~~\n'
    tree = tree_of(text)
    assert [tree.source(root) for root in tree.roots] == ['{"a": 1}', "[2]"]
    tree = tree_of('It is\n{"a": [1]}\nas you see [1].')
    assert tree.source(0) == '{"a": [1]}'
    assert read_tree("See [this](there) and\n[x] that {}") is None


def test_what_json_does_not_have_is_shown_all_the_same() -> None:
    tree = tree_of('{"a": NaN, "b": -Infinity, "c": ' + "9" * 5000 + ', "a": 1}')
    assert [tree.nodes[child].text[:9] for child in tree.nodes[0].children] == [
        "NaN",
        "-Infinity",
        "999999999",
        "1",
    ]
    assert [node.repeated for node in tree.nodes] == [False, True, False, False, False]
    assert tree.find(("a",)) == (4, ())


def test_depth_and_size_have_ends() -> None:
    deep = tree_of("[" * 500 + "]" * 500)
    assert deep.nodes[-1].depth == 499
    assert deep.path(499) == "." + "[0]" * 499
    assert read_tree("[" * (DEEPEST + 1)) is None
    assert read_tree("[" + "1," * MOST_NODES + "1]") is None
    assert read_tree("1" * 5_000_000) is None


def test_strings_are_decoded_for_the_clipboard_and_cannot_act() -> None:
    tree = tree_of(r'["a\nb \u001b[2J\ud800 [/b]", "\q"]')
    assert tree.value_text(1) == "a\nb ␛[2J [/b]"
    assert tree.value_text(2) == r"\q"
    assert tree.value_text(0) == tree.text
    assert decoded('"plain"') == "plain"


def test_paths_are_as_jq_takes_them() -> None:
    tree = tree_of('{"items": [{"unit price": 1, "a-b": {"c": 2}}]}')
    assert [tree.path(number) for number in range(len(tree.nodes))] == [
        ".",
        ".items",
        ".items[0]",
        '.items[0]["unit price"]',
        '.items[0]["a-b"]',
        '.items[0]["a-b"].c',
    ]
    assert tree.find(("items", 0, "unit price")) == (3, ())
    assert tree.find(("items", 3, "x")) == (1, (3, "x"))
    assert tree_of("[[1]]").path(2) == ".[0][0]"
