"""What a row of the form stands for: a field, a form of its value, one of its media, something of the request."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import NamedTuple

from oxen_tui.services.form.entry import Path


class Part(StrEnum):
    """What of a field, or of the request, a row is about."""

    VALUE = "value"
    VARIANT = "variant"
    """Which form its value takes."""
    MEDIUM = "medium"
    """One of several media; the path ends with its number."""
    SLOT = "slot"
    """Where one more medium goes."""
    REST = "rest"
    """The heading of the fields that are folded away."""
    COUNT = "count"
    NAMESPACE = "namespace"


class Place(NamedTuple):
    """A part of a field."""

    part: Part
    path: Path = ()

    @property
    def key(self) -> str:
        """Names the row; `read` has the way back."""
        return f"{self.part} {json.dumps(self.path)}"

    @classmethod
    def read(cls, key: str) -> Place:
        """The place of a row."""
        part, _, path = key.partition(" ")
        return cls(Part(part), tuple(json.loads(path)))

    @property
    def entry_path(self) -> Path:
        """The innermost entry of a list that it is or lies in; () where there is none."""
        ends = [end for end, step in enumerate(self.path, 1) if isinstance(step, int)]
        return self.path[: ends[-1]] if ends else ()

    @property
    def list_path(self) -> Path:
        """The list or field for media that it lies in; its own path where it lies in none."""
        return self.entry_path[:-1] if self.entry_path else self.path

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry of a list itself."""
        return bool(self.path) and isinstance(self.path[-1], int)


COUNT_KEY = Place(Part.COUNT).key
NAMESPACE_KEY = Place(Part.NAMESPACE).key
REST_KEY = Place(Part.REST).key
