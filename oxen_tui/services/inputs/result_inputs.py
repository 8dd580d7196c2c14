"""A result as the input of another request: which field takes it, and the body that a form begins with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from oxen_tui.api.model import Model
from oxen_tui.services.schema.fields import Field
from oxen_tui.services.schema.media import MediaKind
from oxen_tui.services.schema.request_schema import RequestSchema, model_schema

_KINDS = {"image": MediaKind.IMAGE, "video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}
_LATER = ("reference", "face", "style", "tail", "end", "last", "control", "elements")
"""Words in names of fields that take a picture for something else than to begin with."""


def input_field(model: Model, kind: str, schema: RequestSchema | None = None) -> Field | None:
    """The field of a model that takes a result of this kind to begin with; None if it takes none.

    Args:
        kind: "image", "video" or "audio".
        schema: The model's, where it has been read already.
    """
    medium = _KINDS.get(kind)
    if medium is None:
        return None
    visible = (schema if schema is not None else model_schema(model)).visible
    taking = [field for field in visible if field.media is not None and field.media.kind is medium]
    return min(taking, key=_rank, default=None)


def body_with(model: Model, kind: str, path: Path) -> dict[str, Any] | None:
    """A request to this model that holds nothing but the file; None if the model takes no such file."""
    field = input_field(model, kind)
    if field is None or field.media is None:
        return None
    address = path.absolute().as_uri()
    return {"model": model.id, field.name: [address] if field.media.many and not _takes_one(field) else address}


def _takes_one(field: Field) -> bool:
    """Whether the address may stand alone, beside a list of them."""
    kinds = field.raw.get("type") if isinstance(field.raw, Mapping) else None
    return kinds == "string" or (isinstance(kinds, list) and "string" in kinds)


def _rank(field: Field) -> tuple[bool, bool, bool]:
    """Needed ones first, then those not for something special, then the ones that the service shows first."""
    words = field.name.lower().split("_")
    return not field.required, any(word in _LATER for word in words), not field.basic
