"""Reads JSON into a tree, also piece by piece while it comes. However deep, and without recursion.

It is more patient than JSON is: a key that is said twice, `NaN` and numbers of any size are shown, not refused. What
is no JSON at all is left, at the place where that is known.
"""

from __future__ import annotations

import itertools
import re
from enum import Enum, auto
from typing import Final

from oxen_tui.widgets.json_tree.nodes import JsonTree, Kind, Node, Pending

MOST_NODES: Final = 100_000
"""Of a tree. Beyond, a text is only shown as text."""
LONGEST: Final = 4_000_000
"""Characters, likewise."""
DEEPEST: Final = 2_000

_TOKEN = re.compile(
    r"""[ \t\r\n]*+(?:
        (?P<string>"[^"\\]*+(?:\\.[^"\\]*+)*+") | (?P<number>-?[0-9][0-9A-Za-z.+-]*+|-(?![A-Za-z]))
        | (?P<word>-?[A-Za-z][A-Za-z0-9]*+) | (?P<sign>[{}\[\],:]) | (?P<open>") | (?P<wrong>[^ \t\r\n]))""",
    re.VERBOSE | re.DOTALL,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(.*?)(?:^ {0,3}\1|\Z)", re.DOTALL | re.MULTILINE)
_BEGIN = re.compile(r"^[ \t]*[{\[]", re.MULTILINE)
_MOST_FENCES = 100
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORDS = frozenset({"true", "false", "null", "NaN", "Infinity", "-Infinity"})
_BRANCHES = {"{": Kind.OBJECT, "[": Kind.ARRAY}


class _Want(Enum):
    """What may come next."""

    VALUE = auto()
    VALUE_OR_END = auto()
    KEY = auto()
    KEY_OR_END = auto()
    COLON = auto()
    COMMA_OR_END = auto()
    NOTHING = auto()
    """A whole value has ended; another one may follow."""


_VALUE = (_Want.VALUE, _Want.VALUE_OR_END, _Want.NOTHING)
_KEYS = (_Want.KEY, _Want.KEY_OR_END)
_ENDS = (_Want.VALUE_OR_END, _Want.KEY_OR_END, _Want.COMMA_OR_END)


class Reader:
    """Takes a text in pieces; `tree` is what came so far."""

    def __init__(self, offset: int = 0, *, only_one: bool = False) -> None:
        """
        Args:
            offset: Where in the text of the tree it begins.
            only_one: What stands behind the first whole value is not read.
        """
        self.tree = JsonTree()
        self.broken = False
        """It is no JSON, or too much of it."""
        self._rest = ""
        self._at = offset
        self._only_one = only_one
        self._want = _Want.NOTHING
        self._open: list[int] = []
        self._keys: list[dict[str, int]] = []
        self._key: str | None = None

    def feed(self, text: str) -> None:
        """Take in some more."""
        self.tree.parts.append(text)
        self._read(text, last=False)

    def finish(self) -> None:
        """The text has ended, perhaps too early."""
        self._read("", last=True)
        tree = self.tree
        tree.cut_off = not self.broken and (bool(self._open) or tree.pending is not None)

    @property
    def is_whole(self) -> bool:
        """Whether a value has ended and no other began."""
        return not self.broken and not self._open and bool(self.tree.roots) and self.tree.pending is None

    def go_to(self, offset: int) -> None:
        """What comes next stands there in the text."""
        self._at, self._rest = offset, ""

    def _read(self, text: str, last: bool) -> None:
        if self.broken:
            return
        buffer, at = self._rest + text, 0
        while (found := _TOKEN.match(buffer, at)) is not None:
            kind = found.lastgroup or ""
            if kind == "open" or (found.end() == len(buffer) and self._may_go_on(kind, found[kind], last)):
                break
            if kind == "wrong" or not self._take(kind, found[kind], self._at + found.start(kind)):
                self.broken = True
                break
            at = found.end()
            if self._only_one and self._want is _Want.NOTHING:
                buffer = buffer[:at]
        self._at += at
        self._rest = buffer[at:]
        if self._at > LONGEST:
            self.broken = True
        self.tree.pending = self._pending()

    def _may_go_on(self, kind: str, token: str, last: bool) -> bool:
        """Whether what ends the text so far is the beginning of a number or word, and not all of it."""
        if kind not in ("number", "word") or self._want not in _VALUE:
            return False
        if last and (_is_known(kind, token) or not self._open):
            return False
        return kind == "number" or any(word.startswith(token) for word in _WORDS)

    def _pending(self) -> Pending | None:
        rest = self._rest.lstrip(" \t\r\n")
        if self.broken or self._want not in _VALUE or not (rest or self._key is not None):
            return None
        return Pending(self._open[-1] if self._open else -1, self._key, rest)

    def _take(self, kind: str, token: str, start: int) -> bool:
        """Whether it may stand here."""
        want = self._want
        if kind == "sign":
            return self._take_sign(token, start)
        if want in _KEYS:
            if kind != "string":
                return False
            self._key, self._want = token[1:-1], _Want.COLON
            return True
        if want not in _VALUE:
            return False
        if not _is_known(kind, token):
            return False
        self._add(Kind(kind), start, token)
        return self._ended()

    def _take_sign(self, sign: str, start: int) -> bool:
        want = self._want
        if sign in _BRANCHES:
            if want not in _VALUE or len(self._open) >= DEEPEST:
                return False
            self._open.append(self._add(_BRANCHES[sign], start, ""))
            self._keys.append({})
            self._want = _Want.KEY_OR_END if sign == "{" else _Want.VALUE_OR_END
            return len(self.tree.nodes) <= MOST_NODES
        if sign == ":":
            self._want = _Want.VALUE
            return want is _Want.COLON
        if sign == ",":
            if want is not _Want.COMMA_OR_END:
                return False
            within = self.tree.nodes[self._open[-1]]
            self._want = _Want.KEY if within.kind is Kind.OBJECT else _Want.VALUE
            return True
        if want not in _ENDS or not self._open:
            return False
        node = self.tree.nodes[self._open.pop()]
        self._keys.pop()
        node.end = start + 1
        return self._ended() and (sign == "}") == (node.kind is Kind.OBJECT)

    def _ended(self) -> bool:
        self._want = _Want.COMMA_OR_END if self._open else _Want.NOTHING
        return len(self.tree.nodes) <= MOST_NODES

    def _add(self, kind: Kind, start: int, text: str) -> int:
        tree, number = self.tree, len(self.tree.nodes)
        parent = self._open[-1] if self._open else -1
        siblings = tree.nodes[parent].children if self._open else tree.roots
        end = start + len(text) if text else -1
        tree.nodes.append(Node(kind, parent, len(self._open), len(siblings), start, self._key, end, text))
        siblings.append(number)
        if self._key is not None:
            before = self._keys[-1].get(self._key)
            if before is not None:
                tree.nodes[before].repeated = True
            self._keys[-1][self._key] = number
            self._key = None
        return number


def read_tree(text: str) -> JsonTree | None:
    """The JSON of an answer: all of it, or what stands in code fences, or in a line of its own among prose.

    A text that is cut off within JSON gives what came of it. None where there is no JSON.
    """
    if len(text) > LONGEST:
        return None
    reader = Reader()
    reader.feed(text)
    reader.finish()
    if not reader.broken and reader.tree.roots:
        return reader.tree
    reader = Reader()
    fences = [found.span(2) for found in itertools.islice(_FENCE.finditer(text), _MOST_FENCES)]
    for start, end in [span for span in fences if _is_json(text[span[0] : span[1]])]:
        reader.go_to(start)
        reader.feed(text[start:end])
        reader.finish()
    if not reader.tree.roots:
        reader = _in_prose(text)
    reader.tree.parts = [text]
    return None if reader.broken or not reader.tree.roots else reader.tree


def _is_json(text: str) -> bool:
    reader = Reader()
    reader.feed(text)
    reader.finish()
    return not reader.broken and bool(reader.tree.roots)


def _in_prose(text: str) -> Reader:
    """The first object or array that begins a line and ends."""
    reader = Reader()
    for found in itertools.islice(_BEGIN.finditer(text), _MOST_FENCES):
        start = found.end() - 1
        reader = Reader(start, only_one=True)
        reader.feed(text[start:])
        if reader.is_whole and len(reader.tree.nodes) > 1:
            return reader
    return Reader()


def _is_known(kind: str, token: str) -> bool:
    """Whether a number is one, and a word has a meaning."""
    if kind == "number":
        return _NUMBER.fullmatch(token) is not None
    return kind != "word" or token in _WORDS
