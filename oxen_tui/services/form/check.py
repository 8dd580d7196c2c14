"""What is wrong with a request, found before anything is sent, cheap enough to be asked with every key.

Each field at the top is checked alone, so that only what changed is checked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from oxen_tui.services.form.checkable import Checkable, TooInvolved
from oxen_tui.services.form.problem_words import worded
from oxen_tui.services.form.validator import broken, is_blank
from oxen_tui.services.schema.fields import Field
from oxen_tui.services.schema.keywords import is_mapping
from oxen_tui.services.schema.request_schema import RequestSchema

COUNT: Final = "num_generations"
NAMESPACE: Final = "target_namespace"
MOST_GENERATIONS: Final = 4
"""Of one request (contract section 6)."""

ABOUT_THE_REQUEST: Final = frozenset(
    {"model", COUNT, NAMESPACE, "target_repo", "target_directory", "response_format"}
)
"""What the service itself reads; the model's schema need not name it (contract sections 4 and 6)."""

_EITHER = ("prompt", "multi_prompt")
"""One of them, never both (contract section 5)."""

Found = tuple[tuple[str | int, ...], str]


class FormCheck:
    """Checks requests to one model."""

    def __init__(self, schema: RequestSchema) -> None:
        self._schema = schema
        self._checkable = Checkable(schema.raw)
        self._schemas: dict[str, dict[str, Any] | bool] = {}
        self._rest: dict[str, Any] | None = None
        self._uncheckable: set[str] = set()
        self._required = tuple(field for field in schema.fields if field.required)
        self._either = all(schema.field(name) is not None for name in _EITHER)

    def value(self, field: Field, value: object) -> list[Found]:
        """What is wrong with the value of a field at the top: paths in the body, and sentences."""
        if field.name in self._uncheckable:
            return []
        if field.name not in self._schemas:
            properties = self._schema.raw.get("properties")
            raw = properties.get(field.name, {}) if is_mapping(properties) else {}
            self._schemas[field.name] = self._checkable.schema(raw)
        try:
            errors = broken(self._checkable, self._schemas[field.name], value)
        except TooInvolved:
            # The service has the last word anyway; a form that refuses what nobody can check would be worse.
            self._uncheckable.add(field.name)
            return []
        return [found for error in errors for found in worded(error, (field.name,))]

    def whole(self, body: Mapping[str, Any]) -> list[Found]:
        """What is wrong beside the values: fields that are missing, or do not go together."""
        return [*self._missing(body), *self._together(body), *self._about_the_request(body), *self._else(body)]

    def _missing(self, body: Mapping[str, Any]) -> Iterator[Found]:
        for field in self._required:
            other = _EITHER[1 - _EITHER.index(field.name)] if self._either and field.name in _EITHER else ""
            if not _is_there(body, field.name) and not (other and _is_there(body, other)):
                yield (field.name,), "is required"

    def _together(self, body: Mapping[str, Any]) -> Iterator[Found]:
        if not self._either:
            return
        there = [name for name in _EITHER if _is_there(body, name)]
        if len(there) == 2:
            yield (_EITHER[1],), f"cannot be sent together with {_EITHER[0]}"
        if not there and not any(field.name in _EITHER for field in self._required):
            yield (_EITHER[0],), f"is required, or {_EITHER[1]} in its place"

    def _about_the_request(self, body: Mapping[str, Any]) -> Iterator[Found]:
        count = body.get(COUNT, 1)
        if type(count) is not int or not 1 <= count <= MOST_GENERATIONS:
            yield (COUNT,), f"must be 1 to {MOST_GENERATIONS}"
        if not isinstance(body.get(NAMESPACE, ""), str):
            yield (NAMESPACE,), "must be text"

    def _else(self, body: Mapping[str, Any]) -> Iterator[Found]:
        """The words of the schema that speak of several fields at once; most have none."""
        if self._rest is None:
            self._rest = self._checkable.rest_of_root()
        if not self._rest:
            return
        own = {field.name for field in self._schema.fields}
        asked = {name: value for name, value in body.items() if name in own or name not in ABOUT_THE_REQUEST}
        try:
            errors = broken(self._checkable, self._rest, asked)
        except TooInvolved:
            self._rest = {}
            return
        for error in errors:
            yield from worded(error)


def _is_there(body: Mapping[str, Any], name: str) -> bool:
    return name in body and not is_blank(body[name])
