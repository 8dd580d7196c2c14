"""Prompt templates as text: where their fields are, what those ask for, and the text with the fields filled in.

A field is written `{{name}}`, `{{name: what stands in it at first}}` or `{{name|one|another}}` for a choice, of which
the first holds at first. It has no braces and no line break within, and its name begins with a letter. All else is
the text itself, other braces too. `\\{{name}}` is no field but those very characters. A field that is named again is
the same field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

_FIELD: Final = re.compile(
    r"(?P<backslashes>\\*)\{\{[ \t]*(?P<name>[^\W\d_][^{}|:\n]*?)[ \t]*"
    r"(?::(?P<default>[^{}\n]*)|\|(?P<choices>[^{}\n]*))?\}\}"
)
_DESCRIPTION: Final = re.compile(r"description:[ \t]*(.*)", re.IGNORECASE)
_MOST_HEAD: Final = 40
"""Lines of a head; anything longer is taken for the text."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something to be filled in."""

    name: str
    default: str = ""
    """What it holds before it is filled in."""
    choices: tuple[str, ...] = ()
    """What it may hold; empty for any text."""


Piece: TypeAlias = str | Field


def parse(text: str) -> tuple[Piece, ...]:
    """The text and its fields, in their order; no text is empty."""
    pieces: list[str | Field] = []
    end = 0
    for found in _FIELD.finditer(text):
        before = text[end : found.start()]
        backslashes = len(found["backslashes"])
        before += "\\" * (backslashes // 2)
        if backslashes % 2:
            before += found[0][backslashes:]
        _add(pieces, before)
        if not backslashes % 2:
            pieces.append(_field(found))
        end = found.end()
    _add(pieces, text[end:])
    return tuple(pieces)


def fields_of(pieces: Sequence[Piece]) -> tuple[Field, ...]:
    """What is to be asked, each field once, in the order in which they come first.

    One that is written several times is asked as where it says most: with choices, else with a default.
    """
    asked: dict[str, Field] = {}
    for piece in pieces:
        if isinstance(piece, Field):
            known = asked.setdefault(piece.name, piece)
            if (bool(piece.choices), bool(piece.default)) > (bool(known.choices), bool(known.default)):
                asked[piece.name] = piece
    return tuple(asked.values())


def filled(pieces: Sequence[Piece], values: Mapping[str, str]) -> str:
    """The text with these values; a field without one has what it holds at first."""
    held = {field.name: field.default for field in fields_of(pieces)} | dict(values)
    return "".join(held[piece.name] if isinstance(piece, Field) else piece for piece in pieces)


def literal(text: str) -> str:
    """A text as a template that has no fields and means that text."""
    return _FIELD.sub(lambda found: "\\" * (len(found["backslashes"]) + 1) + found[0], text)


def parted(content: str) -> tuple[str, str]:
    """The description and the text of a file: a head between lines of `---` is no part of the text."""
    lines = content.split("\n")
    if lines[0].rstrip() != "---":
        return "", content
    end = next((place for place, line in enumerate(lines[1:_MOST_HEAD], 1) if line.rstrip() == "---"), None)
    if end is None:
        return "", content
    said = (found for line in lines[1:end] if (found := _DESCRIPTION.fullmatch(line.strip())) is not None)
    description = next((found[1].strip().strip("\"'") for found in said), "")
    return description, "\n".join(lines[end + 1 :]).lstrip("\n")


def _field(found: re.Match[str]) -> Field:
    name = found["name"].strip()
    if found["choices"] is None:
        return Field(name, (found["default"] or "").strip())
    choices = tuple(dict.fromkeys(choice.strip() for choice in found["choices"].split("|") if choice.strip()))
    return Field(name, choices[0] if choices else "", choices)


def _add(pieces: list[str | Field], text: str) -> None:
    if not text:
        return
    if pieces and isinstance(last := pieces[-1], str):
        pieces[-1] = last + text
    else:
        pieces.append(text)
