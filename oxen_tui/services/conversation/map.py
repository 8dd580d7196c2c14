"""The tree of a conversation laid out in lines, one for each message, like a railway with sidings.

A chain of messages stays straight, however long. Where answers or questions have siblings, one of them goes straight
on and the others are sidings before it, one lane further in. What goes on is the branch that is shown, elsewhere the
one with most below it: so the branch that is shown is always the first lane, and lanes never grow beyond the
logarithm of the number of messages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


class Node(Protocol):
    """A message, as far as its place matters."""

    @property
    def id(self) -> int: ...
    @property
    def parent_id(self) -> int | None:
        """What it follows; None, or nothing that is there, for a first one."""
        ...


@dataclass(frozen=True, slots=True)
class MapLine:
    """Where a message stands."""

    id: int
    parent_id: int | None
    """None for a first one."""
    depth: int
    """Its lane: 0 is the branch that is shown."""
    head: int | None
    """The first message of the siding that it is in; None in the first lane."""
    shown: bool
    """Whether it is on the branch that is shown."""
    sibling: int
    """Which of its siblings it is, from 1, oldest first."""
    siblings: int
    sidings: tuple[int, ...]
    """First messages of the sidings that leave after it."""
    below: int
    """Messages that follow it, on all branches."""
    folded: bool = False
    """Whether the siding that begins with it is folded to this line."""


class ConversationMap:
    """The lines, and who is next to whom. Made anew when the messages are others."""

    def __init__(self, nodes: Iterable[Node], leaf_id: int | None) -> None:
        """
        Args:
            nodes: Parents before children.
            leaf_id: The last message of the branch that is shown.
        """
        self._parents: dict[int, int | None] = {}
        self._children: dict[int | None, list[int]] = {None: []}
        self._places: dict[int, int] = {}
        for node in nodes:
            parent = node.parent_id if node.parent_id in self._parents else None
            self._parents[node.id] = parent
            self._children[node.id] = []
            self._children[parent].append(node.id)
            self._places[node.id] = len(self._children[parent])
        self.shown = self._path_to(leaf_id)
        """Ids of the branch that is shown."""
        self._below = dict.fromkeys(self._parents, 0)
        for message_id in reversed(self._parents):
            if (above := self._parents[message_id]) is not None:
                self._below[above] += self._below[message_id] + 1

    def __len__(self) -> int:
        return len(self._parents)

    def __contains__(self, message_id: object) -> bool:
        return message_id in self._parents

    @property
    def branches(self) -> int:
        """Ways through the tree: messages that nothing follows."""
        return sum(not self._children[message_id] for message_id in self._parents)

    def lines(self, folded: Collection[int] = ()) -> list[MapLine]:
        """The lines from the top down; of a siding whose first message is `folded` only that one."""
        lines: list[MapLine] = []
        # Not by recursion: a conversation may be thousands of messages deep. Last in, first out.
        coming = self._onward(None, 0, None)[::-1]
        while coming:
            message_id, depth, head = coming.pop()
            onward = self._onward(message_id, depth, head)
            is_folded = head == message_id and message_id in folded
            parent = self._parents[message_id]
            lines.append(
                MapLine(
                    id=message_id,
                    parent_id=parent,
                    depth=depth,
                    head=head,
                    shown=message_id in self.shown,
                    sibling=self._places[message_id],
                    siblings=len(self._children[parent]),
                    sidings=tuple(child for child, _, first in onward if first == child),
                    below=self._below[message_id],
                    folded=is_folded,
                )
            )
            if not is_folded:
                coming += reversed(onward)
        return lines

    def heads(self) -> list[int]:
        """The first messages of all sidings."""
        return [line.id for line in self.lines() if line.head == line.id]

    def parent(self, message_id: int) -> int | None:
        """What a message follows."""
        return self._parents.get(message_id)

    def siblings(self, message_id: int) -> Sequence[int]:
        """It and all that follow the same message, oldest first; nothing where there is no such message."""
        return self._children[self._parents[message_id]] if message_id in self._parents else ()

    def line_above(self, message_id: int, folded: Collection[int]) -> int:
        """The message whose line stands for this one while these sidings are folded: itself where it is seen."""
        seen = message_id
        above: int | None = message_id
        while above is not None:
            if above in folded and self._main_child(self._parents[above]) != above:
                seen = above
            above = self._parents.get(above)
        return seen

    def _path_to(self, leaf_id: int | None) -> frozenset[int]:
        path: set[int] = set()
        above = leaf_id if leaf_id in self._parents else None
        while above is not None:
            path.add(above)
            above = self._parents[above]
        return frozenset(path)

    def _onward(self, message_id: int | None, depth: int, head: int | None) -> list[tuple[int, int, int | None]]:
        """What follows a message, from the top down: the sidings, then what goes straight on; each with its place."""
        children = self._children[message_id]
        if not children:
            return []
        main = self._main_child(message_id)
        sidings: list[tuple[int, int, int | None]] = [
            (child, depth + 1, child) for child in children if child != main
        ]
        return [*sidings, (main, depth, head)]

    def _main_child(self, message_id: int | None) -> int:
        """Which of its children goes straight on."""
        return max(self._children[message_id], key=lambda child: (child in self.shown, self._below[child], child))
