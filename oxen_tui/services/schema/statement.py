"""What the words of a schema say about one field, each read in its own shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from oxen_tui.api.json_values import text
from oxen_tui.services.schema.keywords import is_mapping, is_number, strings


class Nothing(Enum):
    """The value of a field that has none. "", false, 0 and null are values."""

    NOTHING = "nothing"


NOTHING: Final = Nothing.NOTHING


@dataclass(frozen=True, slots=True)
class MediaReference:
    """How a prompt names the media of another field: `@Image1` for the first of `input_image`."""

    field: str
    pattern: str
    """`Image {n}`."""


class Statement:
    """Reads single words. Whoever has a schema in `known` inherits it."""

    @property
    def known(self) -> Mapping[str, object]:
        """Words of a schema that are understood."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        return text(self.known.get("title"))

    @property
    def description(self) -> str:
        return text(self.known.get("description"))

    @property
    def types(self) -> tuple[str, ...]:
        """JSON types as declared, without null (see `nullable`); also words that are none."""
        declared = self.known.get("type")
        names = (declared,) if isinstance(declared, str) else strings(declared)
        return tuple(text(name) for name in names if name != "null") or tuple(names[:1])

    @property
    def nullable(self) -> bool:
        return self.known.get("nullable") is True or "null" in strings(self.known.get("type"))

    @property
    def hidden(self) -> bool:
        """Left out of forms, still valid in a request."""
        return self.known.get("x-hidden") is True

    @property
    def order(self) -> float | None:
        return self._number("x-order")

    @property
    def default(self) -> object | Literal[Nothing.NOTHING]:
        """What the service takes where nothing is sent; NOTHING where none is stated."""
        return self.known.get("default", NOTHING)

    @property
    def example(self) -> object | Literal[Nothing.NOTHING]:
        """What the service's own form starts with: no default."""
        return self.known.get("x-workbench-default", NOTHING)

    @property
    def const(self) -> object | Literal[Nothing.NOTHING]:
        """The only value there is."""
        return self.known.get("const", NOTHING)

    @property
    def enum(self) -> tuple[object, ...]:
        """The values there are, in the schema's order. Empty where it does not list them."""
        values = self.known.get("enum")
        return tuple(values) if isinstance(values, list) else ()

    @property
    def minimum(self) -> float | None:
        return None if self.known.get("exclusiveMinimum") is True else self._number("minimum")

    @property
    def maximum(self) -> float | None:
        return None if self.known.get("exclusiveMaximum") is True else self._number("maximum")

    @property
    def exclusive_minimum(self) -> float | None:
        return self._number("minimum" if self.known.get("exclusiveMinimum") is True else "exclusiveMinimum")

    @property
    def exclusive_maximum(self) -> float | None:
        return self._number("maximum" if self.known.get("exclusiveMaximum") is True else "exclusiveMaximum")

    @property
    def step(self) -> float | None:
        """What a number is a multiple of."""
        return self._number("multipleOf")

    @property
    def min_length(self) -> int | None:
        return self._count("minLength")

    @property
    def max_length(self) -> int | None:
        """Characters."""
        return self._count("maxLength")

    @property
    def min_items(self) -> int | None:
        return self._count("minItems")

    @property
    def max_items(self) -> int | None:
        return self._count("maxItems")

    @property
    def pattern(self) -> str:
        return text(self.known.get("pattern"))

    @property
    def format(self) -> str:
        return text(self.known.get("format"))

    @property
    def beside(self) -> str:
        """The field it stands beside in the service's own form."""
        return text(self.known.get("x-next-to"))

    @property
    def references(self) -> tuple[MediaReference, ...]:
        """How this text names the media of other fields."""
        group = self.known.get("x-media-references")
        entries = group["groups"] if is_mapping(group) else []
        assert isinstance(entries, list)
        return tuple(MediaReference(text(entry["field"]), text(entry["pattern"])) for entry in entries)

    def _number(self, key: str) -> float | None:
        value = self.known.get(key)
        return value if is_number(value) else None

    def _count(self, key: str) -> int | None:
        value = self._number(key)
        return None if value is None else int(value)
