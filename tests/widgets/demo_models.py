"""The demo's models as the catalogue would hand them over, and pages made of what services know of them."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from oxen_tui.api.model import Model
from oxen_tui.demo.catalogue import load_models
from oxen_tui.services.json_text import json_lines
from oxen_tui.services.price.words import PricePage, price_page, value_prices
from oxen_tui.services.schema.request_schema import model_schema
from oxen_tui.services.schema.text import schema_lines
from oxen_tui.widgets.models.schema_rows import SchemaSource
from oxen_tui.widgets.page.raw_json_view import JsonSource


@cache
def demo_models() -> dict[str, Model]:
    """By id."""
    return {model.id: model for model in map(Model.from_json, load_models())}


def schema_source(model: Model) -> SchemaSource:
    schema = model_schema(model)
    return partial(schema_lines, schema, prices=value_prices(model, schema))


class FakePages:
    """Counts what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def price_line(self, model: Model) -> str:
        self.asked.append("price line")
        return "$0.10 / s"

    def examples(self, model: Model) -> int:
        return len((model.showcase or {}).get("gallery", ()))

    def schema(self, model: Model) -> SchemaSource:
        self.asked.append("schema")
        return schema_source(model)

    def prices(self, model: Model) -> PricePage:
        self.asked.append("prices")
        return price_page(model)

    def request(self, model: Model, full: bool, language: str) -> str:
        self.asked.append("request")
        return f"{language} {'full' if full else 'minimal'} {model.id}"

    def raw(self, model: Model) -> JsonSource:
        self.asked.append("raw")
        return lambda: json_lines(model.to_json())


def wide_model(properties: int) -> Model:
    """One with so many fields."""
    fields: dict[str, Any] = {
        f"field_{number}": {"type": "string", "enum": ["one", "two"], "description": "Words.", "x-order": number}
        for number in range(properties)
    }
    schema = {"type": "object", "title": "Input", "required": ["field_0"], "properties": fields}
    return Model.from_json({"id": "wide", "endpoint": "/images/generate", "request_schema": schema})


def model_of(properties: dict[str, Any], **more: Any) -> Model:
    """One with these fields."""
    return Model.from_json(
        {
            "id": "m",
            "endpoint": "/images/generate",
            "request_schema": {"type": "object", "properties": properties},
            **more,
        }
    )
