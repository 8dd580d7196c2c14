"""The tree against a model of it in a few lines of Python, under random work."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.store.message_tree import Deletion
from oxen_tui.store.store import Store

from .conftest import FakeClock

_WORK = st.lists(
    st.tuples(st.sampled_from(["add", "add", "add", "root", "show", "delete", "undo"]), st.integers(0, 1000)),
    max_size=25,
)


@dataclass
class _Tree:
    """What should be there: parents by id, and the deletions that are not undone."""

    parents: dict[int, int | None] = field(default_factory=dict)
    deletions: dict[int, Deletion] = field(default_factory=dict)

    def chain(self, message: int) -> list[int]:
        parent = self.parents[message]
        return [*(self.chain(parent) if parent is not None else []), message]

    def alive(self, message: int) -> bool:
        return not self.deletions.keys() & set(self.chain(message))

    def children(self, parent: int | None) -> list[int]:
        return [message for message, above in self.parents.items() if above == parent and self.alive(message)]

    def below(self, message: int) -> list[int]:
        return [other for other in self.parents if message in self.chain(other) and self.alive(other)]


async def _check(store: Store, conversation: int, tree: _Tree) -> None:
    leaf = (await store.conversations.get(conversation)).leaf_id
    path = await store.messages.path(conversation)
    assert [message.id for message in path] == (tree.chain(leaf) if leaf is not None else [])
    for message in path:
        siblings = tree.children(message.parent_id)
        assert (message.sibling, message.siblings) == (siblings.index(message.id) + 1, len(siblings))
    if leaf is not None:
        assert tree.alive(leaf)
    for message_id in tree.parents:
        if tree.alive(message_id):
            found = [message.id for message in await store.messages.siblings(message_id)]
            assert found == tree.children(tree.parents[message_id])


async def _run(work: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(Path(folder) / "s.sqlite3", FakeClock())
        conversation = (await store.conversations.create("m")).id
        tree = _Tree()
        for name, number in work:
            alive = [message for message in tree.parents if tree.alive(message)]
            chosen = alive[number % len(alive)] if alive else None
            if name in ("add", "root"):
                parent = chosen if name == "add" else None
                added = await store.messages.add_question(conversation, "?", "m", parent)
                tree.parents[added.id] = parent
            elif name == "show" and chosen is not None:
                await store.messages.show(chosen)
                assert (await store.conversations.get(conversation)).leaf_id == max(tree.below(chosen))
            elif name == "delete" and chosen is not None:
                tree.deletions[chosen] = await store.messages.delete(chosen)
            elif name == "undo" and tree.deletions:
                key = list(tree.deletions)[number % len(tree.deletions)]
                await store.messages.undo(tree.deletions.pop(key))
            await _check(store, conversation, tree)
        await store.close()


@settings(max_examples=40, deadline=None)
@given(_WORK)
def test_paths_and_numbers_are_right_after_any_work(work: list[tuple[str, int]]) -> None:
    asyncio.run(_run(work))
