"""The tree of a conversation in lines: every message once, and a straight way through."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.services.conversation.map import ConversationMap, MapLine


@dataclass(frozen=True)
class Node:
    id: int
    parent_id: int | None


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[Node], int | None]:
    """Messages with parents before children, and the last one that is shown (or none, or one that is gone)."""
    count = draw(st.integers(0, 40))
    nodes: list[Node] = []
    for number in range(1, count + 1):
        near = draw(st.booleans())
        parents: st.SearchStrategy[int | None] = (
            st.just(number - 1 or None) if near else st.sampled_from([None, *range(1, number)])
        )
        nodes.append(Node(number, draw(parents)))
    return nodes, draw(st.sampled_from([None, 999, *(node.id for node in nodes)]))


def path_to(nodes: Sequence[Node], leaf: int | None) -> list[int]:
    parents = {node.id: node.parent_id for node in nodes}
    path: list[int] = []
    while leaf in parents:
        path.append(leaf)
        leaf = parents[leaf]
    return path[::-1]


def chain(*ids: int, after: int | None = None) -> list[Node]:
    return [Node(each, before) for before, each in zip((after, *ids), ids, strict=False)]


def drawn(lines: Sequence[MapLine]) -> list[str]:
    return ["  " * line.depth + str(line.id) for line in lines]


@given(trees())
@settings(max_examples=60)
def test_every_message_has_one_line_below_that_of_what_it_follows(tree: tuple[list[Node], int | None]) -> None:
    nodes, leaf = tree
    lines = ConversationMap(nodes, leaf).lines()
    assert sorted(line.id for line in lines) == [node.id for node in nodes]
    place = {line.id: number for number, line in enumerate(lines)}
    assert all(place[node.parent_id] < place[node.id] for node in nodes if node.parent_id is not None)


@given(trees())
@settings(max_examples=60)
def test_what_is_shown_is_marked_and_straight_and_no_lane_is_far_in(tree: tuple[list[Node], int | None]) -> None:
    nodes, leaf = tree
    lines = ConversationMap(nodes, leaf).lines()
    assert [line.id for line in lines if line.shown] == path_to(nodes, leaf)
    assert all(line.depth == 0 for line in lines if line.shown)
    assert all(line.depth <= 1 + math.log2(len(nodes)) for line in lines)
    assert all((line.head is None) == (line.depth == 0) for line in lines)


@given(trees())
@settings(max_examples=60)
def test_only_sidings_are_further_in_than_what_they_leave(tree: tuple[list[Node], int | None]) -> None:
    nodes, leaf = tree
    lines = {line.id: line for line in ConversationMap(nodes, leaf).lines()}
    for line in lines.values():
        above = 0 if line.parent_id is None else lines[line.parent_id].depth
        assert line.depth - above == (line.head == line.id)
        straight_on = [each.id for each in lines.values() if each.parent_id == line.id and each.depth == line.depth]
        assert len(straight_on) == (line.below > 0)
        assert set(line.sidings) == {each.id for each in lines.values() if each.parent_id == line.id} - {*straight_on}


@given(trees(), st.data())
@settings(max_examples=60)
def test_folding_hides_what_is_in_a_siding_and_nothing_else(
    tree: tuple[list[Node], int | None], data: st.DataObject
) -> None:
    nodes, leaf = tree
    tree_map = ConversationMap(nodes, leaf)
    heads = tree_map.heads()
    folded = set(data.draw(st.lists(st.sampled_from(heads)))) if heads else set()
    lines = tree_map.lines(folded)
    seen = {line.id for line in lines}
    assert {line.id for line in lines if line.folded} == seen & folded
    for node in nodes:
        inside = any(above in folded for above in path_to(nodes, node.id)[:-1])
        assert (node.id in seen) == (not inside)
        assert tree_map.line_above(node.id, folded) in seen


def test_a_long_chain_stays_straight() -> None:
    lines = ConversationMap(chain(*range(1, 5_001)), 5_000).lines()
    assert len(lines) == 5_000
    assert not any(line.depth for line in lines)
    assert lines[0].below == 4_999


def test_the_branch_that_is_shown_goes_on_below_its_sidings() -> None:
    nodes = [*chain(1, 2, 3, 4), *chain(5, 6, 7, after=1), *chain(8, after=5)]
    assert drawn(ConversationMap(nodes, 4).lines()) == ["1", "  5", "    8", "  6", "  7", "2", "3", "4"]
    shown_other = ConversationMap(nodes, 8)
    assert drawn(shown_other.lines()) == ["1", "  2", "  3", "  4", "5", "  6", "  7", "8"]
    assert [(line.sibling, line.siblings) for line in shown_other.lines()][:2] == [(1, 1), (1, 2)]
    assert drawn(shown_other.lines({2, 6})) == ["1", "  2", "5", "  6", "8"]
    assert shown_other.branches == 3


def test_first_questions_may_be_several() -> None:
    assert drawn(ConversationMap([*chain(1, 2), *chain(3, 4)], 2).lines()) == ["  3", "  4", "1", "2"]


def test_who_is_next_to_whom() -> None:
    tree_map = ConversationMap([*chain(1, 2, 3), *chain(4, after=1)], 3)
    assert (tree_map.parent(1), tree_map.parent(4)) == (None, 1)
    assert tree_map.siblings(4) == [2, 4]
    assert tree_map.siblings(99) == ()
