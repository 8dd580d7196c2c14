"""A TOML file that a person wrote: where a key stands in it, and new values with the rest left as it is.

A leaf. Parsing is tomllib's; this only looks at lines, and `rewritten` proves its result by parsing it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

Document = dict[str, Any]

_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)\s*=""")
_COMMENT = re.compile(r"\s+#[^\"']*$")
_LINE_IN_MESSAGE = re.compile(r"at line (\d+)")


def line_in_error(error: tomllib.TOMLDecodeError) -> int | None:
    """The line that a parser's error names, counted from 1; None at the end of the file."""
    found = _LINE_IN_MESSAGE.search(str(error))
    return int(found[1]) if found else None


def line_of(text: str, *path: str) -> int | None:
    """The line of a key or of the table it is in, counted from 1, or None where the file has neither."""
    best, best_length = None, 0
    for number, keys in _keys_by_line(text):
        length = len(keys)
        if best_length < length <= len(path) and keys == path[:length]:
            best, best_length = number, length
    return best


def rewritten(text: str, wanted: Document) -> str:
    """The text changed so that it parses to `wanted`, comments and order kept where only single lines differ.

    Top-level values are changed in their line, new ones and new tables added; anything else (a key gone from a
    table, say) is written anew from the parsed document, without the comments.
    """
    import tomli_w

    changed = _edited(text, wanted)
    try:
        if changed is not None and tomllib.loads(changed) == wanted:
            return changed
    except tomllib.TOMLDecodeError:
        pass
    return tomli_w.dumps(wanted)


def _edited(text: str, wanted: Document) -> str | None:
    import tomli_w

    present = tomllib.loads(text)
    if present.keys() - wanted.keys():
        return None
    lines = text.splitlines()
    added: Document = {}
    for key, value in wanted.items():
        if key in present and present[key] == value:
            continue
        if isinstance(value, Mapping):
            before = present.get(key, {})
            if before.keys() - value.keys() or any(before[name] != value[name] for name in before):
                return None
            added[key] = {name: value[name] for name in value if name not in before}
            if before and not all(isinstance(inner, Mapping) for inner in added[key].values()):
                return None  # a plain value for a table that stands somewhere in the middle
            continue
        line = tomli_w.dumps({key: value}).rstrip("\n")
        place = line_of(text, key) if key in present else None
        if place is None:
            lines.insert(_end_of_top_level(lines), line)
        else:
            comment = _COMMENT.search(lines[place - 1])
            lines[place - 1] = line + (comment[0] if comment else "")
        text = "\n".join(lines)
    if added:
        lines += ["", tomli_w.dumps(added).rstrip("\n")]
    return "\n".join(lines).strip("\n") + "\n"


def _end_of_top_level(lines: list[str]) -> int:
    """The index before the first table and before the comment that belongs to it."""
    end = next((index for index, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    while end and end < len(lines) and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _keys_by_line(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("["):
            header = _path(line)
            if header is not None:
                table = header
                yield number, table
        elif found := _KEY.match(line):
            key = _path(f"{found[1]} = 0")
            if key is not None:
                yield number, table + key


def _path(line: str) -> tuple[str, ...] | None:
    """The keys of one line that alone is a TOML document."""
    try:
        document: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return None
    keys: list[str] = []
    while document:
        if isinstance(document, list):
            document = document[0]
        elif isinstance(document, dict):
            name = next(iter(document))
            keys.append(name)
            document = document[name]
    return tuple(keys)
