"""What a model takes, read from its request schema (contract section 10) or, for chat, from section 3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from oxen_tui.api.json_values import text
from oxen_tui.api.model import Model, ModelKind
from oxen_tui.services.schema.chat_parameters import chat_parameters
from oxen_tui.services.schema.fields import Field, read_fields
from oxen_tui.services.schema.keywords import is_mapping, strings
from oxen_tui.services.schema.references import Place

_UNDERSTOOD = ("properties", "required", "basic")
_SAY_NOTHING = {"type": "object", "title": "Input"}
"""What stands at the top of every schema of the service."""


@dataclass(frozen=True, eq=False)
class RequestSchema:
    """All fields of a request to one model, in the order of a form."""

    fields: tuple[Field, ...]
    """Required and basic first, then by `x-order`, hidden last."""
    additional: Mapping[str, object]
    """Words at the top that are not understood, or come in a shape that is not: to be shown as raw JSON."""
    raw: Mapping[str, object]
    """As it came."""

    @property
    def title(self) -> str:
        return text(self.raw.get("title"))

    @property
    def description(self) -> str:
        return text(self.raw.get("description"))

    @property
    def first(self) -> tuple[Field, ...]:
        """What a form shows at once: required and basic fields."""
        return tuple(field for field in self.fields if not field.hidden and (field.required or field.basic))

    @property
    def rest(self) -> tuple[Field, ...]:
        """What a form may fold."""
        return tuple(field for field in self.fields if not (field.hidden or field.required or field.basic))

    @property
    def visible(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if not field.hidden)

    @property
    def hidden(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.hidden)

    def field(self, name: str) -> Field | None:
        """The field of that name at the top."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}


def read_schema(schema: object) -> RequestSchema:
    """Reads any JSON; what is no object has no fields. Children are read when they are asked for."""
    raw = schema if is_mapping(schema) else {}
    properties = raw.get("properties")
    described = properties if is_mapping(properties) else {}
    basic = strings(raw.get("basic"))
    odd = {
        "properties": not is_mapping(raw.get("properties", {})),
        "required": not _names_only(raw.get("required", [])),
        "basic": not _names_only(raw.get("basic", [])) or not set(basic) <= set(described),
    }
    return RequestSchema(
        fields=read_fields(properties, strings(raw.get("required")), basic, Place(raw), ()),
        additional={
            key: value
            for key, value in raw.items()
            if (odd[key] if key in _UNDERSTOOD else _SAY_NOTHING.get(key) != value and key != "description")
        },
        raw=raw,
    )


def model_schema(model: Model) -> RequestSchema:
    """What this model takes. Chat models take the parameters every chat model knows, and their own beside them.

    The catalogue gives chat models no schema, or one with what is special about them (an effort that has one word).
    """
    own = model.request_schema
    if model.kind is not ModelKind.CHAT:
        return read_schema(own)
    usual = chat_parameters(model.max_output_tokens)
    if own is None:
        return read_schema(usual)
    properties, known = own.get("properties"), usual["properties"]
    if not is_mapping(properties) or not is_mapping(known) or "prompt" in properties or "messages" in properties:
        return read_schema(own)
    required = [*strings(usual["required"]), *strings(own.get("required"))]
    return read_schema({**own, "properties": {**known, **properties}, "required": required})


def _names_only(value: object) -> bool:
    return isinstance(value, list) and len(strings(value)) == len(value)
