"""Forms to try things on."""

from __future__ import annotations

from typing import Any

from oxen_tui.api.model import Model
from oxen_tui.services.form.entry import Entry
from oxen_tui.services.form.request_form import RequestForm


def model(properties: dict[str, Any], name: str = "wren", **top: Any) -> Model:
    return Model.from_json(
        {
            "id": name,
            "endpoint": "/images/generate",
            "capabilities": {"input": ["text"], "output": ["image"]},
            "pricing": {"method": "per_image", "cost_per_image": 0.04},
            "request_schema": {"type": "object", "properties": properties, **top},
        }
    )


def form(properties: dict[str, Any], body: dict[str, Any] | None = None, **top: Any) -> RequestForm:
    return RequestForm(model(properties, **top), body)


def row(filled: RequestForm, *path: str | int) -> Entry:
    found = filled.entry(path)
    assert found is not None, path
    return found


def said(filled: RequestForm) -> list[str]:
    return [str(problem) for problem in filled.problems]


PICTURE = {"type": "string", "format": "uri", "title": "Image"}
SHOT = {
    "type": "object",
    "required": ["prompt"],
    "properties": {
        "prompt": {"type": "string", "maxLength": 10},
        "seconds": {"type": "integer", "minimum": 1, "maximum": 15, "default": 5},
    },
}
