"""The rows of a form with what is wrong in them, made again only where something changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from oxen_tui.services.form.check import ABOUT_THE_REQUEST, FormCheck, Found
from oxen_tui.services.form.entry import Entry, Path, Problem
from oxen_tui.services.form.rows import Choices, rows_of, unknown_field
from oxen_tui.services.form.typed_values import NoValue, typed_value
from oxen_tui.services.schema.fields import NOTHING, Field
from oxen_tui.services.schema.request_schema import RequestSchema


@dataclass(frozen=True, slots=True)
class _Block:
    """A field at the top."""

    bare: tuple[Entry, ...]
    """Its rows, and those of what is in it, without problems."""
    found: tuple[Found, ...]
    """What is wrong with its value."""
    about: tuple[Found, ...]
    """What is wrong with it among the others."""
    rows: tuple[Entry, ...]
    problems: tuple[Problem, ...]


class FormBlocks:
    """All rows and all problems of a form."""

    def __init__(self, schema: RequestSchema) -> None:
        self.check = FormCheck(schema)
        self._schema = schema
        self._positions = {field.name: index for index, field in enumerate(schema.fields)}
        self._unknown: dict[str, Field] = {}
        self._blocks: dict[str, _Block] = {}
        self._about: dict[str, tuple[Found, ...]] = {}
        self._stale: set[str] = set(self._positions)
        self._entries: tuple[Entry, ...] = ()
        self._problems: tuple[Problem, ...] = ()

    def forget(self, names: Collection[str]) -> None:
        """Has these fields looked at again."""
        self._stale.update(names)

    def field(self, name: str) -> Field:
        """The field at the top; one that takes anything for what the schema does not name."""
        if name in self._positions:
            return self._schema.fields[self._positions[name]]
        return self._unknown.setdefault(name, unknown_field(name))

    def ordered(self, names: Iterable[str]) -> list[str]:
        """In the order of the form, what it does not know last."""
        return sorted(names, key=lambda name: self._positions.get(name, len(self._positions)))

    def renew(self, values: Mapping[str, Any], body: Mapping[str, Any], choices: Choices) -> None:
        """Brings all up to date.

        Args:
            values: What is set.
            body: What would be sent.
        """
        about = _by_name(self.check.whole(body))
        changed = {name for name in {*about, *self._about} if about.get(name) != self._about.get(name)}
        self._about = about
        gone = [name for name in self._blocks if name not in self._positions and name not in values]
        stale = self._stale | changed | (self._blocks.keys() & set(gone))
        if not stale and self._entries:
            return
        for name in gone:
            del self._blocks[name]
        for name in stale:
            if name in self._positions or name in values:
                self._blocks[name] = self._block(name, values, body, choices)
        self._stale = set()
        self._join()

    def _join(self) -> None:
        names = (*self._positions, *(name for name in self._blocks if name not in self._positions))
        blocks = [self._blocks[name] for name in names]
        self._entries = tuple(chain.from_iterable([block.rows for block in blocks]))
        loose = [
            Problem(path, str(path[0]) if path else "The request", sentence)
            for name, found in self._about.items()
            if name not in self._blocks
            for path, sentence in found
        ]
        self._problems = (*chain.from_iterable([block.problems for block in blocks]), *loose)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self._entries

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self._problems

    def entry(self, path: Path) -> Entry | None:
        block = self._blocks.get(str(path[0])) if path else None
        return None if block is None else next((row for row in block.rows if row.path == path), None)

    def _block(self, name: str, values: Mapping[str, Any], body: Mapping[str, Any], choices: Choices) -> _Block:
        field, known = self.field(name), name in self._positions
        about = self._about.get(name, ())
        old = self._blocks.get(name)
        if old is not None and name not in self._stale:
            bare, found = old.bare, old.found
        else:
            shown = not field.hidden and (known or name not in ABOUT_THE_REQUEST)
            bare = tuple(rows_of(field, values, choices, unknown=not known)) if shown else ()
            found = tuple(self.check.value(field, body[name])) if known and name in body else ()
            found = (*found, *_unfinished(name, bare, choices))
        problems = _problems(bare, (*about, *found), choices)
        return _Block(bare, found, about, _with_problems(bare, problems), problems)


def _unfinished(name: str, rows: tuple[Entry, ...], choices: Choices) -> list[Found]:
    """Typed text that is no value."""
    found: list[Found] = []
    shown = {row.path: row for row in rows}
    for path, text in choices.typed.items():
        if path[0] == name and path in shown:
            row = shown[path]
            try:
                value = typed_value(row.field, row.shape, text)
            except NoValue as error:
                found.append((path, error.sentence))
            else:
                if value is NOTHING and row.value is not NOTHING:
                    found.append((path, "is required"))  # an emptied number in a list
    return found


def _problems(rows: tuple[Entry, ...], found: tuple[Found, ...], choices: Choices) -> tuple[Problem, ...]:
    labels = {row.path: row.label for row in rows}
    typed = {path for path, _ in found if path in choices.typed}
    problems: dict[Path, Problem] = {}
    for path, sentence in found:
        # Of what is half typed, only that is said; of everything else, the first.
        if path not in problems or path in typed:
            problems[path] = Problem(path, _name(path, labels), sentence)
    order = {row.path: index for index, row in enumerate(rows)}
    return tuple(sorted(problems.values(), key=lambda problem: _position(problem.path, order)))


def _position(path: Path, order: Mapping[Path, int]) -> int:
    for end in range(len(path), 0, -1):
        if path[:end] in order:
            return order[path[:end]]
    return 0


def _name(path: Path, labels: Mapping[Path, str]) -> str:
    """`camera, strength`; `elements 1, frontal_image_url`."""
    words: list[str] = []
    for end in range(1, len(path) + 1):
        step = path[end - 1]
        if isinstance(step, int):
            # An entry is called by the name of its list and its number.
            words[-1:] = [labels.get(path[:end], f"{words[-1]} {step + 1}")]
        else:
            words.append(labels.get(path[:end], step))
    return ", ".join(words) or "The request"


def _with_problems(rows: tuple[Entry, ...], problems: tuple[Problem, ...]) -> tuple[Entry, ...]:
    """Each problem at its row, or at the row that it is somewhere in."""
    if not problems:
        return rows
    there = {row.path for row in rows}
    said: dict[Path, str] = {}
    for problem in problems:
        for end in range(len(problem.path), 0, -1):
            path = problem.path[:end]
            if path in there:
                inner = problem.path[end:]
                part = ", ".join(str(step + 1 if isinstance(step, int) else step) for step in inner)
                said.setdefault(path, f"{part} {problem.sentence}".strip())
                break
    return tuple(replace(row, problem=said[row.path]) if row.path in said else row for row in rows)


def _by_name(found: Iterable[Found]) -> dict[str, tuple[Found, ...]]:
    groups: dict[str, list[Found]] = defaultdict(list)
    for path, sentence in found:
        groups[str(path[0]) if path else ""].append((path, sentence))
    return {name: tuple(entries) for name, entries in groups.items()}
