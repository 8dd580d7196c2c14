"""What the pages about a model show, put together from the services that know it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from oxen_tui.api.model import Model
from oxen_tui.services.gallery.showcase import Showpiece, showpieces
from oxen_tui.services.json_text import json_lines
from oxen_tui.services.price.examples import worked_example
from oxen_tui.services.price.words import PricePage, price_page, short_price, value_prices
from oxen_tui.services.requests.code import Language
from oxen_tui.services.requests.examples import request_example
from oxen_tui.services.schema.request_schema import RequestSchema, model_schema
from oxen_tui.services.schema.text import schema_lines
from oxen_tui.widgets.models.schema_rows import SchemaSource
from oxen_tui.widgets.page.raw_json_view import JsonSource


class Pages:
    """Reads a model's schema once, however many pages are made of it."""

    def __init__(self, base_url: str, sent: Callable[[str], dict[str, Any] | None]) -> None:
        """
        Args:
            base_url: Where requests go, for the examples.
            sent: Gives what the server sent of the model with this id.
        """
        self._base_url = base_url
        self._sent = sent
        self._read: tuple[Model, RequestSchema] | None = None

    def price_line(self, model: Model) -> str:
        """The price in a few words."""
        return short_price(model.pricing)

    def examples(self, model: Model) -> int:
        """How many it shows of itself."""
        return len(self.showpieces(model))

    def showpieces(self, model: Model) -> tuple[Showpiece, ...]:
        """What it shows of itself."""
        return showpieces(model) if model.showcase else ()

    def schema(self, model: Model) -> SchemaSource | None:
        """The lines of what it takes; None where nothing is known."""
        schema = self._schema(model)
        if not schema.fields and not schema.additional:
            return None
        return partial(schema_lines, schema, prices=value_prices(model, schema))

    def prices(self, model: Model) -> PricePage:
        """All prices in words."""
        return price_page(model)

    def request(self, model: Model, full: bool, language: str) -> str:
        """An example request without any key."""
        return request_example(
            model, Language(language), full=full, base_url=self._base_url, schema=self._schema(model)
        )

    def raw(self, model: Model) -> JsonSource:
        """The lines of what the server sent of it; of what is known where that cannot be read any more."""
        return lambda: json_lines(self._sent(model.id) or model.to_json(), longest=None)

    def example(self, model: Model) -> tuple[str, str]:
        """What a plain request costs, and what it is: `~$0.60`, `6 s at 720p, no sound`."""
        example = worked_example(model)
        return (example.total, example.request) if example is not None else ("price unknown", "")

    def _schema(self, model: Model) -> RequestSchema:
        if self._read is None or self._read[0] is not model:
            self._read = model, model_schema(model)
        return self._read[1]
