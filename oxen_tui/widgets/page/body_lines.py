"""The body of a request as lines of JSON: each value in one line, and underlined where it would be refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import TypeAlias

from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper, cells_of, clipped

Path: TypeAlias = tuple[str | int, ...]
"""Names and numbers from the top to a value."""

_LONGEST = 400
"""Characters of a value that are looked at: a line holds fewer."""


def body_lines(body: Mapping[str, object], wrong: Set[Path], paper: Paper) -> Iterator[PageLine]:
    """The lines, made as far as they are taken.

    Args:
        body: Of what JSON has.
        wrong: Where the values stand that would be refused.
        paper: They are written on.
    """
    yield from _value(body, (), "", "", 0, wrong, paper)


def _value(
    value: object, path: Path, name: str, end: str, depth: int, wrong: Set[Path], paper: Paper
) -> Iterator[PageLine]:
    before = [Piece("  " * min(depth, 8), "text")]
    if name:
        before += [Piece(name, "fn"), Piece(": ", "muted")]
    mark = "+link" if path in wrong and path else ""
    entries: Sequence[tuple[str | int, object]] = ()
    if isinstance(value, Mapping):
        entries, brackets = [*value.items()], "{}"
    elif isinstance(value, list | tuple):
        entries, brackets = [*enumerate(value)], "[]"
    else:
        yield _line([*before, Piece(*_scalar(value, mark))], end, paper)
        return
    if not entries:
        yield _line([*before, Piece(brackets, f"err{mark}" if mark else "muted")], end, paper)
        return
    yield PageLine((*before, Piece(brackets[0], f"err{mark}" if mark else "muted")))
    for place, (key, entry) in enumerate(entries, 1):
        shown = json.dumps(key, ensure_ascii=False) if isinstance(key, str) else ""
        comma = "," if place < len(entries) else ""
        yield from _value(entry, (*path, key), shown, comma, depth + 1, wrong, paper)
    yield PageLine((before[0], Piece(f"{brackets[1]}{end}", "muted")))


def _scalar(value: object, mark: str) -> tuple[str, str]:
    if isinstance(value, str):
        text = json.dumps(value[:_LONGEST], ensure_ascii=False)
        ink = "str"
    else:
        text = json.dumps(value, default=str)
        ink = "kw" if value is None or isinstance(value, bool) else "num"
    return text, f"err{mark}" if mark else ink


def _line(pieces: list[Piece], end: str, paper: Paper) -> PageLine:
    """With its end in sight, however long the value is."""
    room = paper.inner - len(end)
    if cells_of(pieces) > room:
        quote = '"' if pieces[-1].text.endswith('"') else ""
        ink = pieces[-1].ink
        pieces = [*clipped(pieces, room - len(quote), paper.glyphs.ellipsis), Piece(quote, ink)]
    return PageLine((*pieces, Piece(end, "muted")) if end else tuple(pieces))
