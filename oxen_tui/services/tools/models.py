"""The catalogue for a model: which models there are, what they cost, and what fields their requests have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from oxen_tui.api.model import ModelKind
from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.price.words import short_price
from oxen_tui.services.tools.tool import Finding, Tool, ToolFailed, Use, object_schema

_USUAL: Final = 20
_MOST: Final = 100
_LONGEST_SUMMARY: Final = 120


class ListModelsTool(Tool):
    """Reads the catalogue."""

    name: Final = "list_models"
    description = (
        "Lists the models that are available here with their prices, filtered by kind and words; or, with `model`, "
        "says all about one: what it takes, its price, and the fields of its requests."
    )
    about = "looks through the catalogue"

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @property
    def parameters(self) -> Mapping[str, Any]:
        kinds = [ModelKind.CHAT.value, ModelKind.IMAGE.value, ModelKind.VIDEO.value, ModelKind.AUDIO.value]
        return object_schema(
            kind={"type": "string", "enum": kinds, "description": "What they make."},
            words={"type": "string", "description": "Words in their names, makers or summaries; all of them."},
            takes={"type": "string", "enum": ["text", "image", "video", "audio"], "description": "What they take."},
            model={"type": "string", "description": "The id of one model, to be told all about it."},
            limit={"type": "integer", "minimum": 1, "maximum": _MOST, "description": f"{_USUAL} where left out."},
        )

    async def run(self, arguments: Mapping[str, Any], use: Use) -> Finding:
        await self._catalogue.load()
        if self._catalogue.trouble is not None and not len(self._catalogue.index):
            raise ToolFailed(f"The list of models is not there: {self._catalogue.trouble.title}.")
        if arguments.get("model"):
            return Finding(self._about(arguments["model"]))
        index, columns = self._catalogue.index, self._catalogue.index.columns
        words = [word.casefold() for word in arguments.get("words", "").split()]
        kind, takes = arguments.get("kind", ""), arguments.get("takes", "")
        found = [
            place
            for place in index.in_list_order
            if (not kind or columns.kind[place] == kind)
            and (not takes or takes in columns.inputs[place].split())
            and all(word in self._words_of(place) for word in words)
        ]
        limit = arguments.get("limit", _USUAL)
        lines = [f"{len(found)} found" + (f", the first {limit}:" if len(found) > limit else "")]
        for place in found[:limit]:
            price = short_price(index.short_model(place).pricing)
            about = " ".join(columns.summary[place].split())[:_LONGEST_SUMMARY]
            lines.append(f"- {columns.id[place]} ({columns.kind[place]}, {price}) {about}".rstrip())
        return Finding("\n".join(lines))

    def _words_of(self, place: int) -> str:
        columns = self._catalogue.index.columns
        parts = (columns.id[place], columns.name[place], columns.developer[place], columns.summary[place])
        return " ".join(parts).casefold()

    def _about(self, model_id: str) -> str:
        model = self._catalogue.get(model_id)
        if model is None:
            raise ToolFailed(f"There is no model {model_id}. Call without `model` to see which there are.")
        lines = [f"{model.id}: {model.kind.value}, {short_price(model.pricing)}"]
        lines.append(model.summary or " ".join(model.description.split())[:400])
        if model.inputs:
            lines.append(f"Takes {', '.join(sorted(model.inputs))}.")
        if model.request_schema:
            lines += ["Fields of a request:", *self._fields(model_id)]
        return "\n".join(line for line in lines if line)

    def _fields(self, model_id: str) -> list[str]:
        from oxen_tui.services.schema.request_schema import model_schema
        from oxen_tui.services.schema.words import limit_words, type_words, value_text

        model = self._catalogue.get(model_id)
        assert model is not None  # the caller has it
        lines = []
        for field in model_schema(model).visible:
            limits = ", ".join([type_words(field), *limit_words(field), *(["required"] if field.required else [])])
            values = f": {', '.join(value_text(each) for each in field.choices[:12])}" if field.choices else ""
            lines.append(f"- {field.name} ({limits}){values}")
        return lines
