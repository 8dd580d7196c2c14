"""How a line of a schema is drawn: tree, name, type and words in columns, long texts broken below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol

from rich.cells import cell_len

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import Paper, cells_of
from oxen_tui.widgets.lines.wrapping import wrap
from oxen_tui.widgets.page.json_lines import JsonLine, ink_json
from oxen_tui.widgets.page.labelled import MEASURE

Path = tuple[str, ...]

_MEASURED = 80
"""Lines that set the width of the columns. Later ones are fitted in, so that nothing above them moves."""

_LEAST_RAW = 36
"""Cells that a line of raw JSON has, however deep it stands."""

_FOLD = 2
"""Cells before a name, for the sign of a fold."""


class Word(Protocol):
    """A piece of a line; see `services.schema_lines.Word`, whose names of tones are read here."""

    @property
    def tone(self) -> str: ...
    @property
    def text(self) -> str: ...


class SchemaRow(Protocol):
    """A line of a schema; `services.schema_lines.SchemaLine` is one."""

    @property
    def kind(self) -> str:
        """field, value, text, raw or note."""
        ...

    @property
    def path(self) -> Path: ...
    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def words(self) -> Sequence[Word]: ...
    @property
    def rails(self) -> Sequence[bool]: ...
    @property
    def branch(self) -> bool: ...
    @property
    def fold(self) -> bool | None: ...


class SchemaSource(Protocol):
    """Gives the lines of one schema. They are taken as far as somebody looks."""

    def __call__(
        self, *, toggled: frozenset[Path], hidden: bool, filter_words: str, open_all: bool
    ) -> Iterable[SchemaRow]:
        """
        Args:
            toggled: Paths whose folding the reader has changed.
            hidden: Whether fields that forms leave out are among them.
            filter_words: Only fields with all of these, and what they are in.
            open_all: Unfold everything.
        """
        ...


@dataclass(slots=True)
class Entry:
    """One line on the screen."""

    row: SchemaRow
    texts: list[SchemaRow]
    """What is said about it."""
    pieces: list[Piece] | None = None
    """What stands in it, where that is not the row itself: a part of a text below it."""
    number: int = 0
    """Of the lines that the row takes: 0 for its first."""

    @property
    def stops(self) -> bool:
        """Whether the cursor may stand on it."""
        return self.number == 0


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns begin, in cells from the left margin."""

    type: int
    words: int


def columns_of(rows: Iterable[SchemaRow], inner: int) -> Columns:
    """Columns that fit these lines, with room for the words."""
    name = kind = 4
    for row in rows:
        if row.kind in ("field", "value"):
            said = row.name or (row.words[0].text if row.words else "")
            name = max(name, _FOLD + 3 * len(row.rails) + cell_len(said))
            kind = max(kind, cell_len(row.type))
    name = min(name, inner * 2 // 5)
    kind = min(kind, max(7, inner // 5))
    return Columns(name + 2, name + 2 + kind + 2)


class SchemaDrawing:
    """The lines of one schema at one width."""

    def __init__(self, paper: Paper, rows: Iterable[SchemaRow], described: bool) -> None:
        """
        Args:
            described: Whether texts stand below their fields.
        """
        self._paper = paper
        self._described = described
        coming = iter(rows)
        first = list(islice(coming, _MEASURED))
        self._columns = columns_of(first, paper.inner)
        self._rows = chain(first, coming)

    def entries(self) -> Iterator[Entry]:
        """The lines, top to bottom."""
        head: Entry | None = None
        for row in self._rows:
            if row.kind == "text" and head is not None and head.row.path == row.path:
                head.texts.append(row)
                continue
            if head is not None:
                yield from self._lines(head)
            head = Entry(row, [])
        if head is not None:
            yield from self._lines(head)

    def _lines(self, entry: Entry) -> Iterator[Entry]:
        row, number = entry.row, 0
        if row.kind in ("field", "value"):
            yield entry
        else:
            long, room, indent = self._long(row), self._room(row), 0
            if row.kind == "raw" and not row.name and long:
                # Broken with its indentation, a line deep down would begin with an empty one, and end in a column.
                written = "".join(piece.text for piece in long)
                indent = min(len(written) - len(written.lstrip(" ")), max(0, room - _LEAST_RAW))
                long = ink_json(JsonLine(written.lstrip(" ")))
            before = [Piece(" " * indent, "text")] if indent else []
            for line in wrap(long, room - indent):
                yield Entry(row, entry.texts, [*self._tree(row, first=number == 0), *before, *line.pieces], number)
                number += 1
        for text in entry.texts if self._described else ():
            for line in wrap(_said([text]), self._room(text)):
                number += 1
                yield Entry(row, entry.texts, [*self._tree(text, first=False), *line.pieces], max(1, number))

    def pieces(self, entry: Entry) -> list[Piece]:
        """What stands in a line."""
        row = entry.row
        if entry.pieces is not None:
            return entry.pieces
        words = list(row.words)
        if row.kind == "value":
            pieces = [*self._tree(row), Piece(words[0].text if words else "", "muted")]
            # Prices stand below one another, whichever value is the default.
            about = sorted(words[1:], key=lambda word: word.tone != "price")
            return [*_padded(pieces, self._columns.words), *_said_words(about)]
        required = any(word.tone == "strong" for word in words)
        hidden = any(word.text == "hidden" for word in words)
        ink = "text+strong" if required else "muted" if hidden else "text"
        pieces = self._tree(row)
        if row.name:
            pieces = _padded([*pieces, Piece(row.name, ink)], self._columns.type)
        # One of several forms has no name: its type stands in that place.
        pieces = _padded([*pieces, Piece(row.type, "kw")], self._columns.words)
        return [*pieces, *_said_words(sorted(words, key=_lesser))]

    def about(self, entry: Entry) -> list[list[Piece]]:
        """All there is to say of a line, broken to the width: it may be cut off in its columns."""
        row = entry.row
        head = [Piece(row.name, "text+strong"), Piece("  ", "text")] if row.name else []
        if row.type:
            head += [Piece(row.type, "kw"), Piece("  ", "text")]
        width = min(MEASURE, self._paper.inner)
        lines = wrap([*head, *(self._long(row) if row.kind == "raw" else _said_words(row.words))], width)
        for text in entry.texts:
            lines += wrap(_said([text]), width)
        return [line.pieces for line in lines]

    def _long(self, row: SchemaRow) -> list[Piece]:
        """What may take several lines."""
        if row.kind != "raw":
            return _said([row])
        name = [Piece(f"{row.name}  ", "muted")] if row.name else []
        return name + [piece for word in row.words for piece in ink_json(JsonLine(word.text))]

    def _room(self, row: SchemaRow) -> int:
        return max(12, min(MEASURE, self._paper.inner - _FOLD - 3 * len(row.rails)))

    def _tree(self, row: SchemaRow, first: bool = True) -> list[Piece]:
        """The sign of the fold, and the lines of the tree before the text."""
        glyphs = self._paper.glyphs
        sign = "" if row.fold is None or not first else glyphs.folded if row.fold else glyphs.opened
        if not row.rails:
            return [Piece(f"{sign} " if sign else "  ", "faint")]
        runs = f"{glyphs.branch[:1]}  ".replace("├", "│")
        before = "  " + "".join(runs if on else "   " for on in row.rails[:-1])
        if row.kind == "raw" and not row.name:
            return [Piece(f"{before}  ", "line")]  # the lines of one value: its brackets are tree enough
        if not (row.branch and first):
            return [Piece(before + (runs if row.rails[-1] else "   "), "line")]
        twig = glyphs.branch if row.rails[-1] else glyphs.last_branch
        if not sign:
            return [Piece(f"{before}{twig} ", "line")]
        return [Piece(before + twig[:1], "line"), Piece(f"{sign} ", "faint")]


_TONES = {"value": "text", "note": "faint", "strong": "muted", "text": "muted", "price": "muted", "raw": "muted"}


_LESSER = ("nullable", "basic", "beside ")


def _lesser(word: Word) -> bool:
    """Whether a remark may be the first to be cut off where a line is short."""
    return word.tone == "note" and word.text.startswith(_LESSER)


def _said_words(words: Sequence[Word]) -> list[Piece]:
    """Words in a line: values stand by themselves, remarks are parted by dots."""
    pieces: list[Piece] = []
    before = ""
    for word in words:
        if before:
            dotted = before in ("note", "strong") and word.tone in ("note", "strong")
            pieces.append(Piece(" · " if dotted else "  ", "faint"))
        pieces.append(Piece(word.text, _TONES.get(word.tone, "faint")))
        before = word.tone
    return pieces


def _said(rows: Sequence[SchemaRow]) -> list[Piece]:
    return _said_words([word for row in rows for word in row.words])


def _padded(pieces: list[Piece], cells: int) -> list[Piece]:
    """Up to a column; what reaches into it already pushes it on."""
    return [*pieces, Piece(" " * max(2, cells - cells_of(pieces)), "text")]
