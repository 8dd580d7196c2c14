"""A JSON text as a tree of its parts. Numbers and strings stay as they were written: nothing is rounded."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from oxen_tui.safe_text import clean

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


class Kind(Enum):
    OBJECT = "object"
    ARRAY = "array"
    STRING = "string"
    NUMBER = "number"
    WORD = "word"
    """`true`, `false`, `null`, and what is no JSON but often sent as such: `NaN`, `Infinity`."""


@dataclass(slots=True)
class Node:
    """One value, and where it stands."""

    kind: Kind
    parent: int
    """Number of the node it stands in; -1 for a whole value."""
    depth: int
    place: int
    """Among its siblings, from 0."""
    start: int
    """Its first character in the text."""
    key: str | None = None
    """As written, without quotes; None in arrays and for whole values."""
    end: int = -1
    """The character after its last; -1 while that has not come."""
    text: str = ""
    """As written, a string with its quotes; empty for objects and arrays."""
    children: list[int] = field(default_factory=list)
    repeated: bool = False
    """The same key comes again in the object: that one counts."""

    @property
    def is_branch(self) -> bool:
        return self.kind is Kind.OBJECT or self.kind is Kind.ARRAY


@dataclass(slots=True)
class Pending:
    """What is being written at the end of a text that has not ended."""

    parent: int
    key: str | None
    text: str


class JsonTree:
    """Nodes in the order of the text, so a node stands before all that it holds."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.roots: list[int] = []
        """Whole values; usually one."""
        self.parts: list[str] = []
        """The text, in the pieces that it came in."""
        self.pending: Pending | None = None
        self.cut_off = False
        """The text ended within a value."""

    @cached_property
    def text(self) -> str:
        """All of it. To be asked for when it has ended."""
        return "".join(self.parts)

    def source(self, number: int) -> str:
        """A value as it was written."""
        node = self.nodes[number]
        return self.text[node.start : node.end if node.end >= 0 else None]

    def value_text(self, number: int) -> str:
        """A value for the clipboard: a string without its quotes and escapes, everything else as it was written."""
        node = self.nodes[number]
        return decoded(node.text) if node.kind is Kind.STRING else self.source(number)

    def name(self, number: int) -> str | int:
        """The key, or the place in an array, as programs know it."""
        node = self.nodes[number]
        return node.place if node.key is None else decoded(f'"{node.key}"')

    def path(self, number: int) -> str:
        """Where a value stands, as `jq` takes it: `.items[0].price`."""
        steps: list[str] = []
        while (node := self.nodes[number]).parent >= 0:
            if node.key is None:
                steps.append(f"[{node.place}]")
            elif _PLAIN_KEY.fullmatch(node.key):
                steps.append(f".{node.key}")
            else:
                steps.append(f'["{clean(node.key)}"]')
            number = node.parent
        path = "".join(reversed(steps))
        return path if path.startswith(".") else f".{path}"

    def find(self, path: tuple[str | int, ...]) -> tuple[int, tuple[str | int, ...]]:
        """The node at a path, or the nearest one above it with what is left of the path.

        Raises:
            ValueError: There is not one whole value.
        """
        (number,) = self.roots
        for at, step in enumerate(path):
            below = self._child(number, step)
            if below is None:
                return number, path[at:]
            number = below
        return number, ()

    def _child(self, number: int, step: str | int) -> int | None:
        node = self.nodes[number]
        if node.kind is Kind.ARRAY:
            known = isinstance(step, int) and 0 <= step < len(node.children)
            return node.children[int(step)] if known else None
        # From the end: of a key that is said twice, the last one counts.
        return next((child for child in reversed(node.children) if self.name(child) == step), None)


def decoded(token: str) -> str:
    """What a string means, cleaned; as it is written where its escapes mean nothing."""
    try:
        value = json.loads(token, strict=False) if "\\" in token else token[1:-1]
    except ValueError:
        value = token[1:-1]
    return clean(value)
